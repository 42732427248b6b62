"""Every attempt is a whole transaction: begun, worked, committed or rolled back, inside the `try`.

The COMMIT belongs inside because PostgreSQL may find the conflict only there. Nothing of a failed
attempt is kept, not even what was read: that is what was wrong with it. The last attempt stands
outside, so that its error is the caller's. Other errors would come again, and pass.
"""

from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, SerializationFailure


def run(connection, work, attempts, pause):
    connection.isolation_level = IsolationLevel.SERIALIZABLE
    for failed in range(1, attempts):
        try:
            with connection.transaction():
                return work(connection)
        except (SerializationFailure, DeadlockDetected):
            pause(failed)
    with connection.transaction():
        return work(connection)
