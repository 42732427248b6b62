"""PostgreSQL with two sessions in each other's way, full, starting, ending, and read-only."""

import contextlib
import os
import signal
import threading

import psycopg

from labs.kit.stack import Postgres
from symptoms.services import until

SMALL = {"max_connections": "6", "superuser_reserved_connections": "2"}


@contextlib.contextmanager
def running():
    with Postgres(SMALL) as db:
        db.psql(
            "create table rides (id int primary key, rider text);"
            "insert into rides values (1, 'Ada'), (2, 'Ben');"
            "create role app login password 'app'"
        )
        yield db


def refused(act):
    """The words of the error that an act ends in."""
    try:
        act()
    except psycopg.Error as error:
        return str(error)
    return "no error"


def one(*statements):
    """The error that the last of these statements ends in, in one session."""

    def run(db):
        with db.connect() as session:
            for statement in statements[:-1]:
                with contextlib.suppress(psycopg.Error):
                    session.execute(statement)
            return refused(lambda: session.execute(statements[-1]))

    return run


def two(*steps):
    """The same in sessions `a` and `b`: each step names its own."""

    def run(db):
        with db.connect() as a, db.connect() as b:
            sessions = {"a": a, "b": b}
            for step in steps[:-1]:
                sessions[step[0]].execute(step[3:])
            return refused(lambda: sessions[steps[-1][0]].execute(steps[-1][3:]))

    return run


def full(**options):
    """One connection more than there are."""

    def run(db):
        with contextlib.ExitStack() as held:
            return refused(
                lambda: [held.enter_context(db.connect(**options)) for _ in range(10)],
            )

    return run


def deadlock(db):
    said = []
    with db.connect() as a, db.connect() as b:
        for session, ride in ((a, 1), (b, 2)):
            session.execute("set deadlock_timeout = '20ms'")
            session.execute("begin")
            session.execute("update rides set rider = 'x' where id = %s", [ride])

        def take(session, ride):
            update = "update rides set rider = 'y' where id = %s"
            said.append(refused(lambda: session.execute(update, [ride])))
            session.rollback()

        other = threading.Thread(target=take, args=[a, 2])
        other.start()
        take(b, 1)
        other.join()
    return " ".join(said)


def told_while_idle(statement):
    """What a session reads that was ended while it did nothing."""

    def run(db):
        with db.connect() as session, db.connect() as other:
            pid = session.info.backend_pid
            session.execute("set idle_in_transaction_session_timeout = '10ms'")
            session.execute("begin")
            other.execute(statement.format(pid=pid))
            gone = "select not exists (select from pg_stat_activity where pid = %s)"
            until(lambda: other.execute(gone, [pid]).fetchone()[0])
            return refused(lambda: session.execute("select 1"))

    return run


def replica(statement):
    def run(db):
        # Its options are those of its primary, and must not be fewer.
        with db.replica() as standby, standby.connect() as session:
            return refused(lambda: session.execute(statement))

    return run


def cancelled_on_a_replica(_):
    """A query on a standby that still needs a row which the primary has removed."""
    quick = {"max_standby_streaming_delay": "0", "hot_standby_feedback": "off"}
    with Postgres(quick) as db:
        db.psql("create table rides as select 1 as id")
        with db.replica() as standby, standby.connect() as reader:

            def remove():
                running = "select 1 from pg_stat_activity where query like 'select pg_sleep%'"
                until(lambda: standby.psql(running, "-At").strip())
                db.psql("delete from rides")
                db.psql("vacuum rides")

            threading.Thread(target=remove).start()
            return refused(lambda: reader.execute("select pg_sleep(60) from rides"))


def ending(_):
    """A new connection while the server waits for the old ones to leave."""
    with Postgres() as db, db.connect():
        os.kill(db.pid, signal.SIGTERM)
        return until(lambda: asked(db, "shutting down"))


def asked(db, words):
    said = refused(lambda: db.connect().close())
    return said if words in said else None


class Starting(Postgres):
    """It waits for a part of its log that never comes."""

    def filling(self):
        shell, flag, script, *rest = super().filling()
        return [shell, flag, script.replace("&&", '&& touch "$2/recovery.signal" &&', 1), *rest]

    def answers(self):
        self.said = asked(self, "starting up")
        return bool(self.said)


def starting(_):
    with Starting({"restore_command": "sleep 60; false"}) as db:
        return db.said


def crashed(_):
    """A session whose process is killed, as the kernel does when memory is short."""
    with Postgres() as db, db.connect() as session:
        os.kill(session.info.backend_pid, signal.SIGKILL)
        return refused(lambda: session.execute("select 1"))


def gone(_):
    with Postgres() as db:
        dsn = db.dsn
    return refused(lambda: psycopg.connect(dsn))


REPEATABLE = "begin isolation level repeatable read"
SERIALIZABLE = "begin isolation level serializable"
SAID = {
    "sorry, too many clients already": full(),
    "remaining connection slots are reserved": full(user="app", password="app"),
    "could not serialize access due to concurrent update": two(
        f"a: {REPEATABLE}",
        f"b: {REPEATABLE}",
        "b: select * from rides",
        "a: update rides set rider = 'Cleo' where id = 1",
        "a: commit",
        "b: update rides set rider = 'Dan' where id = 1",
    ),
    "could not serialize access due to read/write dependencies among transactions": two(
        f"a: {SERIALIZABLE}",
        f"b: {SERIALIZABLE}",
        "a: select * from rides",
        "b: select * from rides",
        "a: update rides set rider = 'Cleo' where id = 1",
        "b: update rides set rider = 'Dan' where id = 2",
        "a: commit",
        "b: commit",
    ),
    "deadlock detected": deadlock,
    "canceling statement due to lock timeout": two(
        "a: begin",
        "a: lock table rides",
        "b: set lock_timeout = '10ms'",
        "b: select * from rides",
    ),
    "canceling statement due to statement timeout": one(
        "set statement_timeout = '10ms'", "select pg_sleep(60)"
    ),
    "terminating connection due to idle-in-transaction timeout": told_while_idle("select {pid}"),
    "terminating connection due to administrator command": told_while_idle(
        "select pg_terminate_backend({pid})"
    ),
    "current transaction is aborted, commands ignored until end of transaction block": one(
        "begin", "select 1 / 0", "select 1"
    ),
    "duplicate key value violates unique constraint": one("insert into rides values (1, 'Eve')"),
    "cannot execute INSERT in a read-only transaction": replica("insert into rides values (3)"),
    "canceling statement due to conflict with recovery": cancelled_on_a_replica,
    "the database system is starting up": starting,
    "the database system is shutting down": ending,
    "server closed the connection unexpectedly": crashed,
    "Is the server running on that host and accepting TCP/IP connections?": gone,
}
