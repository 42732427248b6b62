"""Writes what reads best, and starts over when PostgreSQL finds that somebody else was there."""

from psycopg import IsolationLevel
from psycopg.errors import SerializationFailure


def book(connection, driver, rider):
    connection.isolation_level = IsolationLevel.SERIALIZABLE
    while True:
        try:
            with connection.transaction():
                return attempt(connection, driver, rider)
        except SerializationFailure:
            continue


def attempt(connection, driver, rider):
    drivers = dict(connection.execute("SELECT id, rider FROM drivers WHERE id = %s", (driver,)))
    if drivers[driver] is None:
        connection.execute("UPDATE drivers SET rider = %s WHERE id = %s", (rider, driver))
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
    return drivers[driver] is None
