"""A deadlock is not tried again.

PostgreSQL ends a deadlock by failing one of the transactions in it, which has done nothing wrong:
the same work, a moment later, succeeds. The caller sees an error page instead. Deadlocks belong to
what is run again.

Its SQLSTATE is 40P01, and psycopg has an exception for it of its own.
"""

from psycopg import IsolationLevel
from psycopg.errors import SerializationFailure


def run(connection, work, attempts, pause):
    connection.isolation_level = IsolationLevel.SERIALIZABLE
    for failed in range(1, attempts):
        try:
            with connection.transaction():
                return work(connection)
        except SerializationFailure:
            pause(failed)
    with connection.transaction():
        return work(connection)
