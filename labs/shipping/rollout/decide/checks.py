"""Rollouts on New York's demand of 2014: with a harmful model, and with a harmless one."""

from datetime import timedelta
from pathlib import Path
from runpy import run_path

from labs.kit.check import fixture, needs, that

rollouts = run_path(str(Path(__file__).parents[1] / "data" / "rollouts.py"))
moment, change = rollouts["moment"], rollouts["change"]
DAY = [10] * 48
INTO_THE_EVENING = [1] * 31 + [0] + [10] * 12
INTO_THE_NIGHT = [1] * 11 + [0] + [10] * 20
HALF = [(18_000, 9_000)] * 24
MOST = [(18_000, 16_200)] * 24


@fixture
def draw(rng):
    """A function that draws a rollout on real demand: its name, and its two arms."""
    city = rollouts["demand"]()

    def draw(start, percents, drop):
        name = f"{len(percents) / 2:g} h from {start:%A, %d %B %Y, %H:%M}"
        return name, *rollouts["clear"](city, start, percents, drop, rng)

    return draw


def rolls_back_what_costs_rides(solution, draw, rng):
    """A day at 10 % with a drop of 8 % or more in rides is rolled back."""
    days = [draw(_tuesday(rng, 18), DAY, drop) for drop in (0.08, 0.12, 0.3)]
    steady = ("12 h, and 90 % at the control", [(2_000, 1_656)] * 24, MOST)
    _decides(solution, "rollback", [*days, steady])


def promotes_what_costs_none(solution, draw, rng):
    """A day at 10 % without a drop, or with more rides than before, is promoted."""
    days = [draw(_tuesday(rng, 18), DAY, drop) for drop in (0, 0, -0.08)]
    even = ("12 h, and 50 % in both", [(2_000, 1_000)] * 24, HALF)
    unlucky = ("12 h, the last half-hour unlucky", [(2_000, 1_000)] * 23 + [(60, 20)], HALF)
    _decides(solution, "promote", [*days, even, unlucky])


def waits_for_a_thousand_requests(solution):
    """With 999 requests to the canary it waits; with 1,000, half of their rides gone, it acts."""
    few = {last: ("10 h", [(50, 12)] * 19 + [(last, 12)], HALF[:20]) for last in (49, 50, 250)}
    _decides(solution, "hold", [few[49]])
    _decides(solution, "rollback", [few[50], few[250]])


@needs("promotes_what_costs_none", "rolls_back_what_costs_rides")
def compares_the_same_half_hours(solution, draw, rng):
    """A canary that grew before the busy evening, or before the quiet night, is judged as well."""
    _decides(solution, "promote", [draw(_tuesday(rng, 2), INTO_THE_EVENING, 0)])
    _decides(solution, "rollback", [draw(_tuesday(rng, 17), INTO_THE_NIGHT, 0.1)])


@needs("promotes_what_costs_none")
def takes_no_holiday_for_harm(solution, draw):
    """Into marathon, holiday or blizzard, when both arms have fewer rides, it promotes."""
    begin = [moment(start) - timedelta(days=1) for start, _ in rollouts["WINDOWS"].values()]
    _decides(solution, "promote", [draw(start, DAY * 2, 0) for start in begin])


def _decides(solution, expected, cases):
    """Of the rollouts that are decided wrongly, the one with the fewest requests is reported."""
    said = [solution.decide([*canary], [*control]) for _, canary, control in cases]
    sizes = [sum(requests for requests, _ in canary) for _, canary, _ in cases]
    wrong = [place for place, word in enumerate(said) if word != expected]
    place = min(wrong, key=sizes.__getitem__, default=0)
    name, *arms = cases[place]
    that(not wrong, f"{name}: {sizes[place]:,} requests to the canary, {change(*arms):+.1%} rides",
         expected=expected, got=said[place],
         symptom=[str(word) if isinstance(word, str) else "?" for word in said])  # fmt: skip


def _tuesday(rng, hour):
    return moment("2014-09-09") + timedelta(weeks=rng.randrange(7), hours=hour)
