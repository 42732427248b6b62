"""The answer was true when it was read, and is old when it is acted on.

A SELECT at READ COMMITTED holds nothing: a second rider reads the same "free" before the first has
written, both are told yes, and two riders wait for one driver. The row must be kept from others
between the look and the write, or one statement must do both.

A transaction alone does not help: it makes the writes appear together, and lets others read and
write in the meantime. Nor does a lock in Python: the other process has another one.
"""


def book(connection, driver, rider):
    with connection.transaction():
        row = connection.execute("SELECT rider FROM drivers WHERE id = %s", (driver,)).fetchone()
        if row[0] is not None:
            return False
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
        connection.execute("UPDATE drivers SET rider = %s WHERE id = %s", (rider, driver))
        return True
