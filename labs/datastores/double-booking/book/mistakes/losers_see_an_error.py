"""Riders who lose see a serialization failure.

No driver is booked twice: PostgreSQL refuses every transaction that acted on an old answer. But 23
riders get an error page for what is an everyday event. A refused transaction has to be run again,
whole; the second time it reads that the driver is taken.

SQLSTATE 40001 asks for exactly this. Locking the row, or an UPDATE with a condition, needs no
second attempt.
"""

from psycopg import IsolationLevel


def book(connection, driver, rider):
    connection.isolation_level = IsolationLevel.SERIALIZABLE
    with connection.transaction():
        row = connection.execute("SELECT rider FROM drivers WHERE id = %s", (driver,)).fetchone()
        if row[0] is not None:
            return False
        connection.execute("UPDATE drivers SET rider = %s WHERE id = %s", (rider, driver))
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
        return True
