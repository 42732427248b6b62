"""Two sessions read that driver 2 is free, and both of them book.

The order of the statements is fixed; nothing else is arranged.
"""

from pathlib import Path
from runpy import run_path

from labs.kit.stack import Postgres

DATA = Path(__file__).parents[1] / "data"
City = run_path(str(DATA / "crowd.py"))["City"]
two = run_path(str(DATA / "sessions.py"))

LOOK = "SELECT rider FROM drivers WHERE id = 2"
NAMES = {"A": "Ada", "B": "Ben"}


def measure():
    with Postgres() as server, server.database() as database, City(database) as city:
        with two["sessions"](city) as sessions:
            for who in NAMES:
                sessions.do(who, "BEGIN")
                sessions.do(who, LOOK)
            for who, rider in NAMES.items():
                sessions.do(who, f"UPDATE drivers SET rider = '{rider}' WHERE id = 2")
                sessions.do(who, f"INSERT INTO rides (driver, rider) VALUES (2, '{rider}')")
                sessions.do(who, "COMMIT")
            lines = sessions.lines
        holder, riders = city.bookings(2)
    return {"lines": lines, "holder": holder, "riders": riders, "rides": len(riders)}


def report(data):
    return "\n".join(
        [
            two["report"](data["lines"]),
            "",
            f"drivers.rider of driver 2:     {data['holder']}",
            f"active rides of driver 2:      {', '.join(data['riders'])}",
        ]
    )


def holds(data):
    looks = [line["came"] for line in data["lines"] if line["sql"] == LOOK]
    assert looks == ["null", "null"]
    assert data["riders"] == ["Ada", "Ben"]
    assert data["holder"] == "Ben"
