"""The COMMIT fails, and nobody tries again.

A serializable transaction may hear of a conflict as late as its COMMIT, when all its statements
have succeeded. Here only the work is tried again, so the caller sees those errors. An attempt ends
when it is committed, and not before.

The commit has to happen where its error is still caught: inside the `try`.
"""

from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, SerializationFailure


def run(connection, work, attempts, pause):
    connection.isolation_level = IsolationLevel.SERIALIZABLE
    try:
        for failed in range(1, attempts + 1):
            try:
                result = work(connection)
                break
            except (SerializationFailure, DeadlockDetected):
                connection.rollback()
                if failed == attempts:
                    raise
                pause(failed)
        connection.commit()
        return result
    finally:
        connection.rollback()
