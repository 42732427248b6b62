"""Real conflicts, each arranged with a second session, and what `run` makes of them."""

from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

from labs.kit.check import equal, fixture, needs

DATA = Path(__file__).parents[1] / "data"
City = run_path(str(DATA / "crowd.py"))["City"]
conflicts = SimpleNamespace(**run_path(str(DATA / "conflicts.py")))


@fixture
def city(postgres):
    with City(postgres) as city:
        yield city


@fixture
def refused(solution, city):
    """Work that PostgreSQL refuses every time, by the number of attempts that it may have."""
    work = conflicts.stale(city)
    return {allowed: conflicts.Run(solution.run, city, work, allowed) for allowed in (1, 4)}


def returns_what_the_work_returned(solution, city):
    """The work is done once and committed, and what it returned comes back, None too."""

    for value in (7, None):
        run = conflicts.Run(solution.run, city, conflicts.returning(value))
        if isinstance(run.came, Exception):
            raise run.came
        seen = run.came, run.calls, run.pauses, run.left, city.bookings(2)[0]
        expected = value, 1, [], "IDLE", "rider 2"
        equal(seen, expected, what="returned, calls, pauses, connection, and the row")


@needs("returns_what_the_work_returned")
def notices_a_conflict_at_the_commit(solution, city):
    """Two drivers leave the airport, each because the other is there: the second one stays."""
    with conflicts.airport(city) as work:
        run = conflicts.Run(solution.run, city, work)
    equal((run.said, run.calls), ("stays", 2), what="what driver 1 did, and calls of work")


@needs("returns_what_the_work_returned")
def runs_again_after_a_deadlock(solution, city):
    """Where PostgreSQL ends a deadlock by failing this transaction, it is run again."""
    with conflicts.deadlock(city) as work:
        run = conflicts.Run(solution.run, city, work)
    equal((run.said, run.calls), ("done", 2), what="returned, and calls of work")


@needs("returns_what_the_work_returned")
def gives_up_after_the_last_attempt(refused):
    """Where every attempt is refused, the last error is raised, and nobody waits after it."""
    for allowed, run in refused.items():
        seen = run.said, run.calls, run.pauses, run.left
        expected = "SerializationFailure", allowed, [*range(1, allowed)], "IDLE"
        equal(seen, expected, what=f"attempts={allowed}: raised, calls, pauses, connection")


@needs("gives_up_after_the_last_attempt")
def pauses_outside_the_transaction(refused):
    """While `pause` is called, no transaction is open."""
    equal(sorted(refused[4].during), ["IDLE"], what="the connection during pauses")


@needs("returns_what_the_work_returned")
def raises_other_errors_at_once(solution, city):
    """An error that would come again is raised as it is, at the first attempt, and rolled back."""
    for fault, work in conflicts.FAULTS.items():
        run = conflicts.Run(solution.run, city, work)
        seen = run.said, run.calls, run.left, city.bookings(6)[0]
        equal(seen, (fault, 1, "IDLE", None), what="raised, calls, connection, and the row")
