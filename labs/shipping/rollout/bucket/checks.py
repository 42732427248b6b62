"""Six thousand riders in a few experiments, in this process and in another one."""

from pathlib import Path
from runpy import run_path

from labs.kit.check import first_failing, fixture, needs, that, within

elsewhere = run_path(str(Path(__file__).parents[1] / "data" / "elsewhere.py"))["buckets"]


@fixture
def riders(rng):
    """Ids as a city deals them out, all ending alike. Half are texts, as an app sends them."""
    first = rng.randrange(10_000, 90_000)
    return [f"r-{each:x}" if each % 2 else 1000 * each for each in range(first, first + 6000)]


@fixture
def salts(rng):
    return [f"pricing-{rng.randrange(10**6):06}" for _ in range(7)]


def fills_a_thousand_buckets_evenly(solution, riders, salts):
    """6,000 riders fill the buckets 0 to 999, evenly."""
    counts = [0] * 1000
    for rider in riders:
        number = solution.bucket(rider, salts[0])
        within(number, 0, 999, what=f"bucket({rider!r}, {salts[0]!r})")
        counts[number] += 1
    used, fullest, low = sum(count > 0 for count in counts), max(counts), sum(counts[:500])
    even = [used > 970, fullest < 30, 2750 < low < 3250]
    that(all(even), "buckets used, riders in the fullest, riders in 0 to 499", symptom=even,
         expected="over 970, under 30, about 3000", got=(used, fullest, low))  # fmt: skip


def is_the_same_in_every_process(solution, riders, salts):
    """A rider's bucket is the same in another process: tomorrow, and after a restart."""
    calls = [(rider, salts[0]) for rider in riders[:20]]
    here, there = [solution.bucket(*call) for call in calls], elsewhere(solution, calls)
    that(here == there, "buckets of 20 riders here, and there", expected="the same",
         got=f"{here[:3]}… and {there[:3]}…", symptom="differ")  # fmt: skip


def takes_a_number_for_its_digits(solution, salts):
    """42 and "42" are one rider, with one bucket."""
    found = [solution.bucket(rider, salts[0]) for rider in (42, "42")]
    that(found[0] == found[1], "buckets of 42 and '42'", expected="equal", got=found, symptom="no")


@needs("fills_a_thousand_buckets_evenly", "is_the_same_in_every_process")
def deals_anew_for_every_salt(solution, riders, salts):
    """Of the riders in half of one experiment, half are in half of any other."""
    halves = [[solution.bucket(r, salt) < 500 for r in riders[:1600]] for salt in salts]
    both = [sum(map(all, zip(halves[0], other, strict=True))) for other in halves[1:]]
    that(min(both) > 295 and max(both) < 505, "of 1,600, riders in the lower half twice", got=both,
         expected="about 400 under each two salts", symptom=min(both) > 600)  # fmt: skip


def keeps_its_riders_as_it_grows(solution, riders, salts):
    """Growing from 1 % to 10 % and on adds riders, and takes none out."""
    before = set()
    for percent in (0, 0.5, 1, 10, 50, 100):
        now = {rider for rider in riders[:1000] if solution.in_rollout(rider, percent, salts[2])}
        that(before <= now, f"riders who are out again at {percent} %, of 1,000", expected=0,
             got=len(before - now), symptom="some")  # fmt: skip
        before = now


@needs("keeps_its_riders_as_it_grows")
def takes_the_lowest_buckets(solution, riders, salts):
    """At 0 % nobody is in, at 1 % the buckets 0 to 9, at 100 % everybody."""
    places = {solution.bucket(rider, salts[1]): rider for rider in riders}

    def claim(percent):
        taken = {b for b, r in places.items() if solution.in_rollout(r, percent, salts[1])}
        wrong = taken ^ {bucket for bucket in places if bucket < percent * 10}
        that(not wrong, f"buckets on the wrong side at {percent} %", expected="none",
             got=sorted(wrong)[:5], symptom=percent)  # fmt: skip

    first_failing((0, 0.5, 1, 10, 50, 100), claim)
