"""The transactions are not serializable.

At READ COMMITTED, PostgreSQL's default, nothing fails that could be tried again: both transactions
decide on what the other is about to change, and both commit. The retry is there, and never runs.
Every attempt has to be made at the level that compares what was read.

psycopg sends BEGIN without a level unless the connection has one; a `SET TRANSACTION` lasts for
one transaction, so the second attempt needs it again.
"""

from psycopg.errors import DeadlockDetected, SerializationFailure


def run(connection, work, attempts, pause):
    for failed in range(1, attempts):
        try:
            with connection.transaction():
                return work(connection)
        except (SerializationFailure, DeadlockDetected):
            pause(failed)
    with connection.transaction():
        return work(connection)
