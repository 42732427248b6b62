"""The booking is written, and never committed.

Inside this transaction all looks well; nobody else sees the ride, and when the connection goes
back to its pool, the booking is gone. The driver's row stays locked until then. A transaction that
has done its work must be committed.

psycopg begins a transaction with the first statement, and leaves its end to the caller: `commit()`,
or a `with connection.transaction():` block around the work.
"""


def book(connection, driver, rider):
    taken = connection.execute(
        "UPDATE drivers SET rider = %s WHERE id = %s AND rider IS NULL", (rider, driver)
    )
    if taken.rowcount == 0:
        return False
    connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
    return True
