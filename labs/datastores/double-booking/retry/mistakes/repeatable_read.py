"""REPEATABLE READ does not see that two transactions decided on each other's data.

It refuses to write over a newer version of the same row. Where each reads what the other changes,
and they write different rows, both commit: two drivers go home, each because the other is there.
Only one isolation level compares what was read, too.

The default level, READ COMMITTED, refuses even less. The level is set per transaction, or on the
psycopg connection.
"""

from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, SerializationFailure


def run(connection, work, attempts, pause):
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    for failed in range(1, attempts):
        try:
            with connection.transaction():
                return work(connection)
        except (SerializationFailure, DeadlockDetected):
            pause(failed)
    with connection.transaction():
        return work(connection)
