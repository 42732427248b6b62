"""Conflicts that PostgreSQL has to refuse, each arranged with a second session."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

AIRPORT = "CREATE TABLE airport AS SELECT n AS driver FROM generate_series(1, 2) AS n"
# At least one driver is to stay at the airport.
LEAVE = "DELETE FROM airport WHERE driver = %s AND (SELECT count(*) FROM airport) > 1"
TAKE = "UPDATE drivers SET rider = 'rider 2' WHERE id = %s"


class Run:
    """One call of `run`: what came of it, how often it called `work`, and how it paused."""

    def __init__(self, run, city, work, attempts=3):
        self.calls, self.pauses, self.during = 0, [], set()

        def counted(connection):
            self.calls += 1
            return work(connection, self.calls)

        def pause(failed):
            self.pauses.append(failed)
            self.during.add(connection.info.transaction_status.name)

        with closing(city.database.connect(autocommit=False)) as connection:
            try:
                self.came = run(connection, counted, attempts, pause)
            except Exception as raised:
                self.came = raised
            self.left = connection.info.transaction_status.name

    @property
    def said(self):
        """What was returned, or the class of what was raised."""
        return type(self.came).__name__ if isinstance(self.came, Exception) else self.came


def returning(value):
    """Work that meets nobody."""

    def work(connection, call):
        connection.execute(TAKE, (2,))
        return value

    return work


def stale(city):
    """Work that is refused every time: somebody writes the row between its look and its write."""

    def work(connection, call):
        connection.execute("SELECT FROM drivers")
        city.watch.execute(TAKE, (5,))
        connection.execute(TAKE, (5,))

    return work


@contextmanager
def airport(city):
    """Work in which driver 1 leaves, while driver 2 does; no row is written by both.

    The first attempt is refused, at its COMMIT: both looked before either had left.
    """
    city.watch.execute(AIRPORT)
    with closing(city.database.connect()) as other:
        other.execute("BEGIN ISOLATION LEVEL SERIALIZABLE")
        other.execute(LEAVE, (2,))

        def work(connection, call):
            left = connection.execute(LEAVE, (1,)).rowcount
            if call == 1:
                other.execute("COMMIT")
            return "leaves" if left else "stays"

        yield work


@contextmanager
def deadlock(city):
    """Work whose first attempt ends a deadlock: the other session would wait for a minute."""
    with closing(city.database.connect(autocommit=False)) as other, ThreadPoolExecutor(1) as pool:
        other.execute("SET deadlock_timeout = '1min'")
        other.execute(TAKE, (4,))

        def work(connection, call):
            if call == 1:
                connection.execute(TAKE, (3,))
                asked = pool.submit(other.execute, TAKE, (3,))
                while not city.settle([asked]):
                    continue
                connection.execute(TAKE, (4,))
            return "done"

        yield work


def duplicate(connection, call):
    connection.execute(TAKE, (6,))
    connection.execute("INSERT INTO drivers VALUES (1)")


def too_slow(connection, call):
    connection.execute(TAKE, (6,))
    connection.execute("SET LOCAL statement_timeout = 5")
    connection.execute("SELECT pg_sleep(60)")


def no_such_key(connection, call):
    connection.execute(TAKE, (6,))
    return {}["rider"]


FAULTS = {"QueryCanceled": too_slow, "UniqueViolation": duplicate, "KeyError": no_such_key}
