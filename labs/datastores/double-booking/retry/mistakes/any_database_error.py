"""Errors are tried again that will come again.

A duplicate key, a lock that is not available: no second attempt changes them. Five attempts make
one fault into five times the load, and the caller hears of it late. Only two failures say that the
transaction may succeed if it is run again.

The classes above both of them, such as OperationalError, hold much that is not like them.
"""

import psycopg


def run(connection, work, attempts, pause):
    connection.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
    for failed in range(1, attempts):
        try:
            with connection.transaction():
                return work(connection)
        except psycopg.Error:
            pause(failed)
    with connection.transaction():
        return work(connection)
