"""The same two sessions, where the look takes the row's lock: the second one waits at its look."""

from pathlib import Path
from runpy import run_path

from labs.kit.stack import Postgres

DATA = Path(__file__).parents[1] / "data"
City = run_path(str(DATA / "crowd.py"))["City"]
two = run_path(str(DATA / "sessions.py"))

LOOK = "SELECT rider FROM drivers WHERE id = 2 FOR UPDATE"


def measure():
    with Postgres() as server, server.database() as database, City(database) as city:
        with two["sessions"](city) as sessions:
            sessions.do("A", "BEGIN")
            sessions.do("A", LOOK)
            sessions.do("B", "BEGIN")
            event = sessions.wait("B", LOOK)
            sessions.do("A", "UPDATE drivers SET rider = 'Ada' WHERE id = 2")
            sessions.do("A", "INSERT INTO rides (driver, rider) VALUES (2, 'Ada')")
            sessions.do("A", "COMMIT")
            sessions.go_on("B")
            sessions.do("B", "ROLLBACK")
            lines = sessions.lines
        holder, riders = city.bookings(2)
    seen = next(line["came"] for line in lines if line["sql"] == "...")
    return {"lines": lines, "event": event, "seen": seen, "holder": holder, "riders": riders}


def report(data):
    return "\n".join(
        [
            two["report"](data["lines"]),
            "",
            f"what B waited for (pg_stat_activity):  {data['event']}",
            f"active rides of driver 2:              {', '.join(data['riders'])}",
        ]
    )


def holds(data):
    assert [line["came"] for line in data["lines"] if line["sql"] == LOOK] == [
        "null",
        "waits for A",
    ]
    assert data["event"] == "Lock on transactionid"
    assert data["seen"] == "Ada"
    assert (data["holder"], data["riders"]) == ("Ada", ["Ada"])
