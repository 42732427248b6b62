"""After the last attempt nothing is raised.

The caller gets None, takes it for a result, and tells the rider that all is well: nothing was
written. Whoever gives up has to say so. The last error is the one that the caller needs.

A loop that runs out falls through to the end of the function, and that returns None.
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
            if failed < attempts:
                pause(failed)
    return None
