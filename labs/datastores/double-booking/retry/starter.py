"""Run a transaction again when PostgreSQL asks for it.

`run(connection, work, attempts, pause)` calls `work(connection)` in
one SERIALIZABLE transaction, commits, and returns what it returned.

A serialization failure (SQLSTATE 40001) or a deadlock (40P01) may
come from any statement, and from the COMMIT. Then roll back and
start anew: a new transaction, and `work` called again. It is called
`attempts` times at most (1 or more); then the last error is raised.
Any other error is raised at once, as it is.

Between two attempts, while no transaction is open, call
`pause(failed)`: how many attempts have failed so far, 1, 2, 3, ...
It waits. After the last attempt nobody waits.

`connection` is an open psycopg connection with its defaults (not
autocommit). Give it back open and with no transaction, after an
error too. `work` never commits or rolls back.
"""


def run(connection, work, attempts, pause):
    with connection.transaction():
        return work(connection)  # TODO: serializable, and again
