"""One booking locks all drivers.

Nobody is booked twice, and the whole city books one ride at a time: a single slow transaction
stops everybody. Lock what is being decided about, which is one driver.

A row lock, an UPDATE of one row, or an advisory lock with the driver's number in it keeps riders
apart only where they want the same driver.
"""


def book(connection, driver, rider):
    with connection.transaction():
        connection.execute("LOCK TABLE drivers IN EXCLUSIVE MODE")
        row = connection.execute("SELECT rider FROM drivers WHERE id = %s", (driver,)).fetchone()
        if row[0] is not None:
            return False
        connection.execute("UPDATE drivers SET rider = %s WHERE id = %s", (rider, driver))
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
        return True
