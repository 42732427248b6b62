"""An error of another kind leaves its transaction open.

It is rightly not tried again, and nobody rolls it back either. The connection goes back to its
pool broken: every statement of the next request fails, until somebody ends the transaction. Every
way out has to end it.

In this state psycopg raises InFailedSqlTransaction for whatever comes next.
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
            connection.rollback()
            failed += 1
            if failed == attempts:
                raise
            pause(failed)
