"""Small cities, each with riders whose evening is known."""

from copy import deepcopy

from labs.kit.check import that
from labs.kit.check.claims import plain

NOW = 1000.0


def _rider(name, asked=(), shown=(), probe=False):
    """The reports of one attempt, from the times of its events."""
    events = [("asked", at) for at in asked] + [("shown", at) for at in shown]
    return [{"attempt": name, "event": kind, "at": at, "probe": probe} for kind, at in events]


def _city(served=0, late=0, silent=0, probes=0):
    """Riders who are shown a price after 1.5 s, after 9 s or never; and probes, after 0.1 s."""
    kinds = [[1.5]] * served + [[9]] * late + [[]] * silent + [[0.1]] * probes
    return [report for n, took in enumerate(kinds) for report in
            _rider(f"r{n}", [600 + n], [600 + n + t for t in took], took == [0.1])]  # fmt: skip


def _judge(solution, *cases):
    """Cases are words, reports and the share, which halves and eighths make exact."""
    came = [solution.share(deepcopy(reports), NOW) for _, reports, _ in cases]
    wrong = [n for n, (_, _, share) in enumerate(cases) if came[n] != share]
    for number in wrong[:1]:
        (words, _, share), got = cases[number], came[number]
        that(False, f"share with {words}", expected=repr(share), got=got,
             symptom=plain([wrong, got]))  # fmt: skip


def counts_a_price_within_five_seconds(solution):
    """Served is who saw a price within 5 s, the fifth included."""
    edge = _rider("e", [70], [75]) + _rider("f", [70], [75.25])
    _judge(solution, ("2 late", _city(0, 2), 0.0), ("3 served, 1 late", _city(3, 1), 0.75),
           ("one at 5 s, one at 5.25 s", edge, 0.5))  # fmt: skip


def counts_riders_who_saw_nothing(solution):
    """An attempt whose 5 s are over without a price is a failure, though nothing was reported."""
    edge = _city(1) + _rider("e", [NOW - 5])
    _judge(solution, ("3 served, 5 that saw nothing", _city(3, silent=5), 0.375),
           ("1 served, 1 that saw nothing since now - 5", edge, 0.5))  # fmt: skip


def leaves_out_what_is_not_known_yet(solution):
    """An attempt of the last 5 s without a price does not count yet; one with a price does."""
    young, done = _rider("y", [NOW - 4.75]), _rider("z", [NOW - 3], [NOW - 1])
    _judge(solution, ("1 served, 1 since now - 4.75", _city(1) + young, 1.0),
           ("1 late, 1 served within the last 3 s", _city(0, 1) + done, 0.5))  # fmt: skip


def counts_an_attempt_once(solution):
    """Impatient taps, and reports that come twice, neither add attempts nor give more time."""
    taps = _city(1) + _rider("t", [500, 504, 508], [509])
    twice = _city(0, 1) + _rider("u", [500, 500], [502, 502, 507])
    _judge(solution, ("1 served; 1 who taps at 0, 4 and 8 s, served at 9 s", taps, 0.5),
           ("1 late, 1 served whose reports came twice", twice, 0.5))  # fmt: skip


def takes_reports_in_any_order(solution, rng):
    """The order of the reports does not matter, and they are left as they are."""
    mixed = rng.sample(_city(2, 1, 1), 7)
    _judge(solution, ("2 served, 2 not, last report first", _city(2, 1, 1)[::-1], 0.5),
           ("2 served, 2 not, in mixed order", mixed, 0.5))  # fmt: skip
    solution.share(given := list(mixed), NOW)
    that(given == mixed, "`reports` after the call", expected="as before", got="changed")


def counts_riders_alone(solution):
    """Neither our probes count, nor a price that nobody asked for."""
    _judge(solution, ("1 served, 1 late, 8 probes", _city(1, 1, probes=8), 0.5),
           ("1 late, 1 shown without asked", _city(0, 1) + _rider("x", (), [650]), 0))  # fmt: skip


def knows_when_it_knows_nothing(solution):
    """Without an attempt to count there is no share, and the answer is None."""
    _judge(solution, ("no reports", [], None), ("1 since now - 1", _rider("y", [NOW - 1]), None))
