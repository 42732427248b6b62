"""Twenty riders ask for one driver at once, five times: what each way of booking comes to.

Nobody's transaction may end before all twenty have come, so the counts are those of the worst
case, and the same every time.
"""

from pathlib import Path
from runpy import run_path

from psycopg import IsolationLevel
from psycopg.errors import SerializationFailure, UniqueViolation

from labs.kit.stack import Postgres

City = run_path(str(Path(__file__).parents[1] / "data" / "crowd.py"))["City"]
RIDERS, DRIVERS = 20, (2, 3, 4, 5, 6)
INDEX = "CREATE UNIQUE INDEX ON rides (driver) WHERE status IN ('accepted', 'riding')"


class Way:
    """A way to book, and how many of its transactions were aborted."""

    name = "read, then write"
    look = "SELECT rider FROM drivers WHERE id = %s"
    take = "UPDATE drivers SET rider = %s WHERE id = %s"

    def __init__(self):
        self.aborted = []

    def prepare(self, city):
        pass

    def book(self, connection, driver, rider):
        with connection.transaction():
            if connection.execute(self.look, (driver,)).fetchone()[0] is not None:
                return False
            return self.write(connection, driver, rider)

    def write(self, connection, driver, rider):
        if connection.execute(self.take, (rider, driver)).rowcount == 0:
            return False
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
        return True


class RowLock(Way):
    name = "SELECT ... FOR UPDATE"
    look = Way.look + " FOR UPDATE"


class OneStatement(Way):
    name = "UPDATE ... WHERE free"
    take = Way.take + " AND rider IS NULL"

    def book(self, connection, driver, rider):
        with connection.transaction():
            return self.write(connection, driver, rider)


class Serializable(Way):
    name = "SERIALIZABLE, retried"

    def book(self, connection, driver, rider):
        connection.isolation_level = IsolationLevel.SERIALIZABLE
        while True:
            try:
                return super().book(connection, driver, rider)
            except SerializationFailure:
                self.aborted.append(rider)


class UniqueIndex(Way):
    name = "unique index"

    def prepare(self, city):
        city.watch.execute(INDEX)

    def book(self, connection, driver, rider):
        try:
            return super().book(connection, driver, rider)
        except UniqueViolation:
            self.aborted.append(rider)
            return False


WAYS = (Way, RowLock, OneStatement, Serializable, UniqueIndex)


def measure(riders=RIDERS):
    with Postgres() as server:
        return {"riders": riders, "ways": [tried(server, way(), riders) for way in WAYS]}


def tried(server, way, riders):
    with server.database() as database, City(database) as city:
        way.prepare(city)
        yes, waits = 0, 0
        for driver in DRIVERS:
            with city.commits_held(driver):
                asked = city.start([way.book] * riders, driver)
                # One of them waits to commit, held by the experiment.
                waits += city.settle(asked) - 1
            yes += sum(rider.result().said is True for rider in asked)
        rides = [len(city.bookings(driver)[1]) for driver in DRIVERS]
    return {
        "way": way.name,
        "yes": yes,
        "double": sum(count > 1 for count in rides),
        "waits": waits,
        "aborted": len(way.aborted),
    }


def report(data):
    asked = data["riders"] * len(DRIVERS)
    rows = [f"{asked} riders, {len(DRIVERS)} drivers", ""]
    rows.append(f"{'':24}{'told yes':>8}{'booked twice':>15}{'waits':>8}{'aborted':>10}")
    for way in data["ways"]:
        double = f"{way['double']} of {len(DRIVERS)}"
        rows.append(f"{way['way']:24}{way['yes']:8}{double:>15}{way['waits']:8}{way['aborted']:10}")
    return "\n".join(rows)


def draw(axes, data):
    ways = data["ways"][::-1]
    places = range(len(ways))
    for offset, key, label in (
        (0.2, "yes", "riders told yes"),
        (-0.2, "aborted", "transactions aborted"),
    ):
        bars = axes.barh([place + offset for place in places], [way[key] for way in ways], 0.36,
                         label=label)  # fmt: skip
        axes.bar_label(bars, padding=3)
    axes.set_yticks(places, [way["way"] for way in ways])
    axes.set_xlim(0, 1.15 * max(way["yes"] for way in ways))
    axes.set_xlabel("count")
    axes.grid(visible=False)
    axes.legend(loc="center right", bbox_to_anchor=(1, 0.62))


def describe(data):
    asked = data["riders"] * len(DRIVERS)
    said = [
        f"{way['way']}: {way['yes']} told yes, {way['aborted']} transactions aborted."
        for way in data["ways"]
    ]
    return f"Of {asked} riders who ask for {len(DRIVERS)} drivers. " + " ".join(said)


def holds(data):
    by_name = {way["way"]: way for way in data["ways"]}
    losers = (data["riders"] - 1) * len(DRIVERS)
    naive = by_name.pop(Way.name)
    assert naive["double"] == len(DRIVERS)
    assert naive["yes"] == data["riders"] * len(DRIVERS)
    assert naive["waits"] == losers
    for way in by_name.values():
        assert (way["yes"], way["double"]) == (len(DRIVERS), 0), way
        assert way["waits"] == losers, way
    assert by_name[RowLock.name]["aborted"] == by_name[OneStatement.name]["aborted"] == 0
    assert by_name[UniqueIndex.name]["aborted"] == losers
    assert by_name[Serializable.name]["aborted"] >= losers
