"""One attempt, and the rest of them after it."""

from contextlib import contextmanager

from psycopg.errors import DeadlockDetected, SerializationFailure


@contextmanager
def serializable(connection):
    connection.autocommit = True
    connection.execute("BEGIN ISOLATION LEVEL SERIALIZABLE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    finally:
        connection.autocommit = False


def run(connection, work, attempts, pause, failed=0):
    try:
        with serializable(connection):
            return work(connection)
    except (SerializationFailure, DeadlockDetected):
        if failed + 1 >= attempts:
            raise
    pause(failed + 1)
    return run(connection, work, attempts, pause, failed + 1)
