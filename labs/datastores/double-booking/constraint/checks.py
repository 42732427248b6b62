"""psql runs the migration on a table with a history; then real inserts and updates try it."""

import re
from pathlib import Path
from runpy import run_path

import psycopg

from labs.kit.check import Failed, equal, fixture, needs, that
from labs.kit.trouble import Trouble

City = run_path(str(Path(__file__).parents[1] / "data" / "crowd.py"))["City"]
ROWS = "SELECT id, driver, rider, status FROM rides ORDER BY id"
ADD = "INSERT INTO rides (driver, rider, status) VALUES"
# Driver 1 has accepted ride 1, driver 2 is riding and has finished ride 5, driver 6 is free.
REFUSED = (
    *(f"{ADD} ({driver}, 'rider 9', '{s}')" for driver in (1, 2) for s in ("accepted", "riding")),
    f"{ADD} (7, 'rider 8', 'riding'), (7, 'rider 9', 'accepted')",
    "UPDATE rides SET driver = 2, status = 'accepted' WHERE status = 'requested'",
    "UPDATE rides SET status = 'riding' WHERE id = 5",
    "UPDATE rides SET driver = 2 WHERE id = 1",
)
ALLOWED = (
    f"{ADD} (6, 'rider 9', 'accepted')",
    f"{ADD} (2, 'rider 9', 'finished'), (2, 'rider 9', 'cancelled')",
    f"{ADD} (NULL, 'rider 9', 'requested'), (NULL, 'rider 9', 'requested')",
    "UPDATE rides SET status = 'riding' WHERE id = 1",
    f"UPDATE rides SET status = 'finished' WHERE driver = 2; {ADD} (2, 'rider 9', 'accepted')",
)


@fixture
def city(postgres, solution):
    with City(postgres, "history.sql") as city:
        city.before = city.watch.execute(ROWS).fetchall()
        try:
            postgres.psql(solution)
        except Trouble as refused:
            key = re.search(r"Key \((.*?)\)=\((.*?)\)", str(refused))
            symptom = key.groups() if key else "another error"
            raise Failed("psql", "no error", str(refused), symptom=symptom) from None
        yield city


def _refuses(city, statement):
    """Does PostgreSQL refuse it, at once or at the commit? It is undone."""
    try:
        with city.watch.transaction(force_rollback=True):
            city.watch.execute(f"{statement}; SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.Error:
        return True


def mends_what_is_there(city):
    """Of a driver's active rides the first stays and the others are cancelled; no other changes."""
    expected = {(*row[:3], "cancelled") if row[0] in (10, 13, 14) else row for row in city.before}
    rows = set(city.watch.execute(ROWS))
    missing, found = sorted(expected - rows), sorted(rows - expected)
    that(rows == expected, "rides", expected=missing, got=found, symptom=[missing, found])


@needs("mends_what_is_there")
def refuses_second_rides_alone(city):
    """A second active ride of a driver is refused, however it is written, and nothing else is."""
    written = [each for each in REFUSED if not _refuses(city, each)]
    refused = [each for each in ALLOWED if _refuses(city, each)]
    that(not written, "a second ride", expected="refused", got=written[:1], symptom=written)
    that(not refused, "a harmless change", expected="allowed", got=refused[:1], symptom=refused)


@needs("mends_what_is_there")
def holds_between_sessions(city):
    """Of two sessions that give one driver a ride at once, one is refused."""
    city.rush([_ride] * 2, 8)
    equal(len(city.bookings(8)[1]), 1, what="active rides of one driver, from two sessions")


def _ride(connection, driver, rider):
    connection.execute(f"{ADD} (%s, %s, 'riding')", (driver, rider))
    connection.commit()
