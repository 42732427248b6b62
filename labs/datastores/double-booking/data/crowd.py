"""Riders who ask at once, each on a connection of its own, and a hand that holds them back."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from linecache import getlines
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from psycopg.pq import TransactionStatus

DATA = Path(__file__).parent


class Told(NamedTuple):
    """What a rider was told, and how the connection was given back."""

    said: object
    left: str

    @property
    def kind(self):
        return str(self.said) if isinstance(self.said, bool) else type(self.said).__name__


class City:
    """An empty database filled from `city.sql` (and more), watched and held from outside.

    Deadlocks are found after 20 ms; PostgreSQL's own patience is a second.
    """

    def __init__(self, database, *more):
        self.database, self.watch = database, database.connect()
        self.watch.execute(f"ALTER DATABASE {database.name} SET deadlock_timeout = '20ms'")
        for file in ("city.sql", "watch.sql", *more):
            self.watch.execute((DATA / file).read_text())

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.watch.close()

    def ask(self, book, driver, rider):
        """One rider asks. The connection is closed after, so that nobody waits for its locks."""
        with closing(self.database.connect(autocommit=False)) as connection:
            try:
                said = book(connection, driver, rider)
            except Exception as raised:
                said = raised
            return Told(said, left(connection))

    def bookings(self, driver):
        """Whose the driver is, and the riders of the driver's active rides: what is committed."""
        return self.watch.execute("SELECT holder(%s), active(%s)", (driver, driver)).fetchone()

    def start(self, books, driver):
        """As many riders as books, all at once; a future for what each is told."""
        pool = ThreadPoolExecutor(len(books))
        # Stacks of 8 MB each, times 24, would crowd a process whose memory is limited.
        usual = threading.stack_size(1 << 20)
        try:
            return [
                pool.submit(self.ask, book, driver, f"rider {number}")
                for number, book in enumerate(books, 1)
            ]
        finally:
            threading.stack_size(usual)

    def rush(self, books, driver):
        """What each was told. Nobody writes, and then nobody commits, before all have come."""
        with self.commits_held(driver):
            with self.writes_held():
                asked = self.start(books, driver)
                self.settle(asked)
            self.settle(asked)
        return [rider.result() for rider in asked]

    @contextmanager
    def commits_held(self, driver):
        """No transaction that adds a ride of this driver ends inside the block."""
        self.watch.execute("SELECT pg_advisory_lock(718281, %s)", (driver,))
        try:
            yield
        finally:
            self.watch.execute("SELECT pg_advisory_unlock(718281, %s)", (driver,))

    @contextmanager
    def writes_held(self):
        """Nobody writes inside the block; reading, and locking what is read, goes on."""
        with closing(self.database.connect(autocommit=False)) as gate:
            gate.execute("LOCK TABLE drivers, rides IN SHARE MODE")
            yield
            # The locks are gone when this returns; after a close, some time later.
            gate.rollback()

    def settle(self, asked, patience=500):
        """How many wait in the database, once all others are done.

        A rider who waits elsewhere, asleep or for a lock in Python, is let go when nothing has
        changed for so many looks. Looks, not seconds: on a busy machine both take longer.
        """
        seen, looks = None, 0
        while looks < patience:
            waiting = self.watch.execute("SELECT sessions FROM waiting").fetchone()[0]
            busy = sum(not rider.done() for rider in asked)
            if waiting >= busy:
                break
            looks = looks + 1 if seen == (waiting, busy) else 0
            seen = waiting, busy
            time.sleep(0.002)
        return waiting


def left(connection):
    """How a connection was given back."""
    if connection.closed:
        return "closed"
    if connection.info.transaction_status != TransactionStatus.IDLE:
        return "in a transaction"
    locks = connection.execute("SELECT locks FROM held").fetchone()[0]
    return "with a lock held" if locks else "as it was lent"


def process(solution):
    """The answer loaded once more, as another process has it: nothing in memory is shared."""
    module = ModuleType("answer")
    code = compile("".join(getlines(solution.__file__)), solution.__file__, "exec")
    exec(code, vars(module))
    return module
