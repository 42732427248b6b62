"""What the work returned is lost.

The transaction commits, and the caller never learns what it decided: whether the rider got the
driver, and which ride it is. Asking the database again would be a second transaction, with another
answer. The value that `work` returned is what `run` returns.

Keep it until the commit has succeeded, or return from inside the `with` block, which commits on
the way out.
"""

from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, SerializationFailure


def run(connection, work, attempts, pause):
    connection.isolation_level = IsolationLevel.SERIALIZABLE
    for failed in range(1, attempts + 1):
        try:
            with connection.transaction():
                work(connection)
            return
        except (SerializationFailure, DeadlockDetected):
            if failed == attempts:
                raise
            pause(failed)
