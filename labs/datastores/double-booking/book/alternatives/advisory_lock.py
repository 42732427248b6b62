"""Everybody who books a driver holds the same number, which means nothing to PostgreSQL."""

from psycopg.rows import scalar_row

DRIVERS = 1


class Booking:
    def __init__(self, connection):
        self.ask = connection.cursor(row_factory=scalar_row).execute

    def free(self, driver):
        self.ask("SELECT pg_advisory_xact_lock(%s, %s)", (DRIVERS, driver))
        return self.ask("SELECT rider FROM drivers WHERE id = %s", (driver,)).fetchone() is None

    def take(self, driver, rider):
        self.ask("UPDATE drivers SET rider = %s WHERE id = %s", (rider, driver))
        self.ask("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))


def book(connection, driver, rider):
    with connection.transaction():
        booking = Booking(connection)
        if free := booking.free(driver):
            booking.take(driver, rider)
    return free
