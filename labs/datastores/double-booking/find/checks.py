"""PostgreSQL runs the query over small evenings; each is a list of rides: driver, status, rider."""

from pathlib import Path

from labs.kit.check import Failed, equal, first_failing, fixture
from labs.kit.session import Refused

CITY = Path(__file__).parents[1] / "data" / "city.sql"
EMPTY = "DELETE FROM rides"
ADD = "INSERT INTO rides (driver, status, rider) VALUES"


@fixture
def city(session):
    session.run(CITY.read_text(encoding="utf-8"))
    return session


def finds_who_is_booked_twice(city, solution):
    """A driver with two active rides is found, accepted or riding."""
    _hold(city, solution, [
        ([(1, "accepted"), (1, "riding")], [(1, 2)]),
        ([(7, "accepted"), (7, "accepted"), (7, "riding")], [(7, 3)]),
    ])  # fmt: skip


def counts_active_rides_alone(city, solution):
    """Rides that have ended count for nothing."""
    rides = [(1, "riding"), (1, "riding"), (1, "finished"), (1, "cancelled")]
    _hold(city, solution, [(rides, [(1, 2)])])


def leaves_out_rides_without_a_driver(city, solution):
    """Riders who still wait for a driver are not booked twice."""
    _hold(city, solution, [([(None, "requested"), (None, "requested")], [])])


def leaves_out_everybody_else(city, solution):
    """A driver with one active ride is at work, and no driver is an empty list."""
    _hold(city, solution, [([(2, "riding"), (3, "riding")], []), ([(4, "finished")], [])])


def counts_rides_of_one_rider(city, solution):
    """A rider who holds two rides with one driver is a double booking too."""
    _hold(city, solution, [([(1, "riding", "rider 1"), (1, "riding", "rider 1")], [(1, 2)])])


def begins_with_the_worst(city, solution):
    """Most rides first; with equally many, the lower number first."""
    worst = [(2, "riding")] * 3 + [(5, "riding")] * 4 + [(9, "riding")] * 2
    equally = [(6, "riding"), (3, "riding"), (4, "riding")] * 2
    _hold(city, solution, [(worst, [(5, 4), (2, 3), (9, 2)]), (equally, [(3, 2), (4, 2), (6, 2)])])


def _hold(city, solution, cases):
    first_failing(cases, lambda case: _ask(city, solution, *case))


def _ask(city, solution, rides, expected):
    rows = [(*ride, f"rider {place}")[:3] for place, ride in enumerate(rides, 1)]
    written = ", ".join(f"({driver or 'NULL'}, '{s}', '{rider}')" for driver, s, rider in rows)
    city.run(f"{EMPTY}; {ADD} {written}")
    try:
        # It is a question: what changes anything is refused.
        answer = city.run(f"BEGIN READ ONLY;\n{solution}\n;COMMIT")[-1]
    except Refused as refused:
        city.run("ROLLBACK")
        raise Failed("PostgreSQL", "rows", refused.message, symptom=refused.code) from None
    except IndexError:
        raise Failed("the answer", "a query", "no rows at all", symptom="none") from None
    equal(answer.columns, ["driver", "rides"], what="columns")
    equal(answer.rows, expected, what="driver, rides")
