"""An error leaves the transaction open.

The rider without an account is refused, nobody rolls back, and the pool lends a connection on which
every statement fails: the next riders, who did nothing wrong, see errors. Every way out has to end
the transaction, and an error is one of them.

`try` with `except` or `finally` and a `rollback()` does it; `with connection.transaction():` does
it without being asked.
"""


def book(connection, driver, rider):
    taken = connection.execute(
        "UPDATE drivers SET rider = %s WHERE id = %s AND rider IS NULL", (rider, driver)
    )
    if taken.rowcount == 1:
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
    connection.commit()
    return taken.rowcount == 1
