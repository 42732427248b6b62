"""24 processes ask for one driver: nobody writes, and then nobody commits, before all have come."""

from collections import Counter
from pathlib import Path
from runpy import run_path

from labs.kit.check import equal, fixture, needs, that

crowd = run_path(str(Path(__file__).parents[1] / "data" / "crowd.py"))


@fixture
def city(postgres):
    with crowd["City"](postgres) as city:
        yield city


@fixture
def rush(solution, city):
    return city.rush([crowd["process"](solution).book for _ in range(24)], 10)


def books_a_free_driver(solution, city):
    """A rider who asks alone is told True, and gets the driver and a ride."""
    told = city.ask(solution.book, 2, "rider 2")
    if isinstance(told.said, BaseException):
        raise told.said
    equal((told.kind, *city.bookings(2)), ("True", "rider 2", ["rider 2"]),
          what="told, drivers.rider, and riders in rides")  # fmt: skip


@needs("books_a_free_driver")
def refuses_a_taken_driver(solution, city):
    """A rider who asks for a taken driver is told False, and nothing changes."""
    told = city.ask(solution.book, 1, "rider 6")
    equal((told.kind, *city.bookings(1)), ("False", "rider 40", ["rider 40"]),
          what="rider 40's driver: told, drivers.rider, and riders in rides")  # fmt: skip


@needs("books_a_free_driver", "refuses_a_taken_driver")
def one_of_all_gets_the_driver(rush, city):
    """Of 24 riders who ask for one driver at once, one gets a ride and True, the others False."""
    holder, riders = city.bookings(10)
    told = Counter(one.kind for one in rush)
    winners = [f"rider {number}" for number, one in enumerate(rush, 1) if one.kind == "True"]
    that(riders == winners == [holder] and told == {"True": 1, "False": 23},
         "24 riders at once: rides, and what they were told", expected="1 ride; 1 True, 23 False",
         got=f"{len(riders)} rides; {', '.join(f'{told[said]} {said}' for said in sorted(told))}",
         symptom=[len(riders) > 1, len(winners) > 1, sorted(told)])  # fmt: skip


@needs("books_a_free_driver")
def gives_the_connection_back(solution, city, rush):
    """After True, False or an error a connection is open, with no transaction and no lock."""
    refused, failed = city.ask(solution.book, 1, "rider 6"), city.ask(solution.book, 5, "nobody")
    asked = {"one of 24": rush, "refused": [refused], "after an error": [failed]}
    left = {name: {one.left for one in told} - {"as it was lent"} for name, told in asked.items()}
    wrong = "; ".join(f"{name}: {', '.join(sorted(how))}" for name, how in left.items() if how)
    that(not wrong, "how connections came back", expected="as they were lent", got=wrong,
         symptom=wrong.partition(";")[0])  # fmt: skip


@needs("books_a_free_driver")
def books_both_or_neither(solution, city):
    """Where `rides` refuses the name, the driver stays free."""
    city.ask(solution.book, 4, "nobody")
    equal(city.bookings(4), (None, []), what="drivers.rider, and riders in rides, after an error")


@needs("books_a_free_driver")
def lets_others_book_others(solution, city):
    """While one booking is held at its commit, a booking of another driver ends."""
    with city.commits_held(3):
        asked = city.start([solution.book], 3)
        city.settle(asked)
        asked += city.start([solution.book], 7)
        city.settle(asked, patience=2000)
        that(asked[1].done(), "a booking of driver 7, while one of driver 3 has yet to commit",
             expected="it ends", got="it waits")  # fmt: skip
