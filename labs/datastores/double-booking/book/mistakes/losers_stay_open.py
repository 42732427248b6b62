"""The rider who is refused leaves a transaction open, and perhaps a lock with it.

The pool lends that connection to the next request, which then works inside a stranger's
transaction; meanwhile everybody who wants the same driver waits. Every way out of the function has
to end the transaction, the early return and the error too.

`with connection.transaction():` ends it on every way out: it commits on a return, and rolls back
on an error.
"""


def book(connection, driver, rider):
    row = connection.execute(
        "SELECT rider FROM drivers WHERE id = %s FOR UPDATE", (driver,)
    ).fetchone()
    if row[0] is not None:
        return False
    connection.execute("UPDATE drivers SET rider = %s WHERE id = %s", (rider, driver))
    connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
    connection.commit()
    return True
