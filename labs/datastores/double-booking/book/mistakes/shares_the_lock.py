"""The row is locked, and everybody may have the same lock.

FOR SHARE lets many read and none write. Each rider holds a share and waits for all others to let
go: a deadlock. PostgreSQL ends it by failing transactions, and riders see the errors. The lock has
to be one that a single transaction can hold.

A second rider must wait at the read, before holding anything. The row lock that a writer takes is
the one to ask for.
"""


def book(connection, driver, rider):
    with connection.transaction():
        row = connection.execute(
            "SELECT rider FROM drivers WHERE id = %s FOR SHARE", (driver,)
        ).fetchone()
        if row[0] is not None:
            return False
        connection.execute("UPDATE drivers SET rider = %s WHERE id = %s", (rider, driver))
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
        return True
