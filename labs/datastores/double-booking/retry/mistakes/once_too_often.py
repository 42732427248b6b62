"""The first attempt is not counted.

With `attempts` at 4 the work is called five times. On a database that is in trouble every extra
attempt is load at the worst moment, and whoever set the limit has counted on it. The first call
is an attempt, too.

With `attempts` at 1 there is one call, and no pause.
"""

from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, SerializationFailure


def run(connection, work, attempts, pause):
    connection.isolation_level = IsolationLevel.SERIALIZABLE
    for failed in range(1, attempts + 1):
        try:
            with connection.transaction():
                return work(connection)
        except (SerializationFailure, DeadlockDetected):
            pause(failed)
    with connection.transaction():
        return work(connection)
