"""Every attempt is a savepoint of one long transaction.

A savepoint goes back to a place in the transaction, and not to another moment: the next attempt
sees the same old rows, and fails in the same way, every time. The transaction itself has to be
rolled back, and a new one begun.

psycopg makes a savepoint where one `with connection.transaction():` stands inside another.
"""

from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, SerializationFailure


def run(connection, work, attempts, pause):
    connection.isolation_level = IsolationLevel.SERIALIZABLE
    with connection.transaction():
        for failed in range(1, attempts):
            try:
                with connection.transaction():
                    return work(connection)
            except (SerializationFailure, DeadlockDetected):
                pause(failed)
        return work(connection)
