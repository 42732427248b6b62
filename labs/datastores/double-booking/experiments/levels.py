"""What each isolation level refuses: two writes to one row, and two writes to different rows.

One row: both sessions read driver 2, then both write it. Different rows: two drivers wait at the
airport, where one has to stay; each looks that the other is there, and leaves.
"""

from contextlib import closing
from pathlib import Path
from runpy import run_path

from psycopg.errors import SerializationFailure

from labs.kit.stack import Postgres

DATA = Path(__file__).parents[1] / "data"
City = run_path(str(DATA / "crowd.py"))["City"]
conflicts = run_path(str(DATA / "conflicts.py"))

LEVELS = ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")
LOOK = "SELECT rider FROM drivers WHERE id = 2"
WRITE = "UPDATE drivers SET rider = 'rider {n}' WHERE id = 2"
AIRPORT = "SELECT count(*) FROM airport"
BOTH, REFUSED = "both commit", "second refused, 40001"
LEAVE = "DELETE FROM airport WHERE driver = {n}"


def measure():
    with Postgres() as server:
        return {
            "levels": [
                {
                    "level": level,
                    "one_row": refused(server, level, LOOK, WRITE),
                    "two_rows": refused(server, level, AIRPORT, LEAVE),
                }
                for level in LEVELS
            ]
        }


def refused(server, level, look, write):
    """Both look; then one writes and commits, and then the other. Which statement is refused?"""
    with server.database() as database, City(database) as city:
        city.watch.execute(conflicts["AIRPORT"])
        first, second = database.connect(), database.connect()
        with closing(first), closing(second):
            for connection in (first, second):
                connection.execute(f"BEGIN ISOLATION LEVEL {level}")
                connection.execute(look)
            first.execute(write.format(n=1))
            first.execute("COMMIT")
            for statement in (write.format(n=2), "COMMIT"):
                try:
                    second.execute(statement)
                except SerializationFailure as error:
                    return f"second refused, {error.sqlstate}"
    return BOTH


def report(data):
    rows = [f"{'':18}{'both write one row':24}they write different rows"]
    rows += [f"{e['level']:18}{e['one_row']:24}{e['two_rows']}" for e in data["levels"]]
    return "\n".join(rows)


def holds(data):
    found = [(each["one_row"], each["two_rows"]) for each in data["levels"]]
    assert found == [(BOTH, BOTH), (REFUSED, BOTH), (REFUSED, REFUSED)]
