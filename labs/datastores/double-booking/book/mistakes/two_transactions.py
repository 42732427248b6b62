"""The driver is taken in one transaction, and the ride is written in another.

Where the second fails, the driver stays taken by a ride that does not exist: no rider gets that
driver again, and no rider knows why. Both writes have to share one transaction.

An error between the two must undo the first. It can only undo what is not committed yet.
"""


def book(connection, driver, rider):
    with connection.transaction():
        taken = connection.execute(
            "UPDATE drivers SET rider = %s WHERE id = %s AND rider IS NULL", (rider, driver)
        )
    if taken.rowcount == 0:
        return False
    with connection.transaction():
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
    return True
