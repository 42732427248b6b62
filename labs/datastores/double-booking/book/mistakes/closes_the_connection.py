"""The connection is closed when the booking ends.

It belongs to a pool. The next request gets a dead connection and fails, or the pool opens a new
one for every booking, which costs more than the booking. The transaction must end, and the
connection must stay open.

`with connection:` commits and then closes; `with connection.transaction():` commits, and closes
nothing.
"""


def book(connection, driver, rider):
    with connection:
        taken = connection.execute(
            "UPDATE drivers SET rider = %s WHERE id = %s AND rider IS NULL", (rider, driver)
        )
        if taken.rowcount == 0:
            return False
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
        return True
