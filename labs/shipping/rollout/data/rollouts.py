"""Rollouts on real demand: New York taxis, half-hourly. What riders make of a price is simulated.

A passenger counts as a request. The busier the half-hour, the fewer requests become rides, because
drivers are scarce; on the days that the benchmark labels as unusual, a seventh fewer. Both are the
same for everybody; a harmful model takes rides from its own riders only.
"""

import csv
from datetime import datetime, timedelta
from pathlib import Path

WINDOWS = {
    "marathon": ("2014-10-30 15:30", "2014-11-03 22:30"),
    "Thanksgiving": ("2014-11-25 12:00", "2014-11-29 19:00"),
    "Christmas": ("2014-12-23 11:30", "2014-12-27 18:30"),
    "New Year": ("2014-12-29 21:30", "2015-01-03 04:30"),
    "blizzard": ("2015-01-24 20:30", "2015-01-29 03:30"),
}
HALF_HOUR = timedelta(minutes=30)


def demand():
    """Requests by half-hour: real, and without a gap."""
    with (Path(__file__).parent / "nyc_taxi.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {moment(text): int(value) for text, value in rows}


def moment(text):
    return datetime.fromisoformat(text)


def unusual(when):
    """The label of the window that a half-hour is in, or None."""
    for label, (start, end) in WINDOWS.items():
        if moment(start) <= when <= moment(end):
            return label
    return None


def rate(when, requests):
    """How many of the requests become rides: simulated, 0.72 of 2,000, and 0.35 of 24,000."""
    return max(0.2, 0.75 - requests / 60_000) * (6 / 7 if unusual(when) else 1)


def some(rng, count, chance):
    """How many of so many, each with this chance; the bell curve is near enough, and fast."""
    drawn = rng.gauss(count * chance, (count * chance * (1 - chance)) ** 0.5)
    return min(count, max(0, round(drawn)))


def arms(city, start, percents, drop, rng):
    """Canary and control, as pairs of requests and rides, one for each of `percents`."""
    canary, control = [], []
    for place, percent in enumerate(percents):
        when = start + place * HALF_HOUR
        requests = city[when]
        mine, chance = some(rng, requests, percent / 100), rate(when, requests)
        canary.append((mine, some(rng, mine, chance * (1 - drop))))
        control.append((requests - mine, max(1, some(rng, requests - mine, chance))))
    return canary, control


def change(canary, control):
    """The canary's rides against those at the control's rate, half-hour by half-hour."""
    pairs = list(zip(canary, control, strict=True))
    expected = sum(mine * rides / requests for (mine, _), (requests, rides) in pairs)
    return sum(rides for _, rides in canary) / expected - 1


def change_of_means(canary, control):
    """The same with every half-hour counting alike, however few requests it had."""
    pairs = [(c, k) for c, k in zip(canary, control, strict=True) if c[0]]
    mine = sum(rides / requests for (requests, rides), _ in pairs)
    return mine / sum(rides / requests for _, (requests, rides) in pairs) - 1


def change_of_totals(canary, control):
    """The same from the totals alone, which mixes quiet half-hours with busy ones."""
    totals = [[sum(column) for column in zip(*arm, strict=True)] for arm in (canary, control)]
    mine, others = (rides / requests for requests, rides in totals)
    return mine / others - 1


def clear(city, start, percents, drop, rng):
    """Arms whose noise misleads nobody: every sound way to compare them sees nearly `drop`."""
    while True:
        drawn = arms(city, start, percents, drop, rng)
        close = max(abs(look(*drawn) + drop) for look in (change, change_of_means)) < 0.01
        deviation = 1.1 / sum(requests for requests, _ in drawn[0]) ** 0.5
        if close and abs(change(*drawn) + drop) < deviation:
            return drawn
