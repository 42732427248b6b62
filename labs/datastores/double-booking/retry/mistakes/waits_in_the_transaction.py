"""The pause comes before the rollback.

A session that sits in a transaction, even a failed one, is what a server with
`idle_in_transaction_session_timeout` ends: the connection is gone when the pause is over, and no
attempt follows. First end the transaction, and then wait.

Inside the `with` block of a transaction, and before a `rollback()`, the transaction is open.
"""

from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, SerializationFailure


def run(connection, work, attempts, pause):
    connection.isolation_level = IsolationLevel.SERIALIZABLE
    failed = 0
    while True:
        try:
            result = work(connection)
            connection.commit()
            return result
        except (SerializationFailure, DeadlockDetected):
            failed += 1
            if failed == attempts:
                raise
            pause(failed)
        finally:
            connection.rollback()
