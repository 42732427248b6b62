"""What a harmless canary looks like around Thanksgiving, against three things to compare with.

Demand is New York's, real; what share of requests becomes a ride is simulated, and so is the harm.
Spans of four hours, half a year of them; the alarm goes off at 2.5 % fewer rides, half of the harm.
"""

import random
from datetime import timedelta
from pathlib import Path
from runpy import run_path

rollouts = run_path(str(Path(__file__).parents[1] / "data" / "rollouts.py"))
LIMIT, SPAN, WEEK = -0.025, 8, 336
RULES = {
    "before": "four hours before",
    "week": "same hours last week",
    "control": "control, same hours",
}


def measure(drop=0.05, percent=10, seed=1):
    """With `drop` and without; `percent` of the riders are on the canary."""
    rng = random.Random(seed)
    city = rollouts["demand"]()
    start, percents = next(iter(city)), [percent] * len(city)
    well, control = rollouts["arms"](city, start, percents, 0, rng)
    ill, _ = rollouts["arms"](city, start, percents, drop, rng)
    moments = list(city)
    harmless = changes(moments, well, well, control)
    harmful = changes(moments, ill, well, control)
    return {
        "drop": drop,
        "spans": {kind: len(of_kind(harmless, kind)) for kind in (False, True)},
        "rules": {rule: tried(rule, harmless, harmful) for rule in RULES},
        "around": [
            {name: each[name] for name in RULES} | {"day": each["day"]}
            for each in harmless
            if "2014-11-17" <= each["day"] < "2014-12-01"
        ],
    }


def changes(moments, now, past, control):
    """Each span's rides against each rule's baseline; `past` is the arm before the rollout."""
    found = []
    for end in range(WEEK + SPAN, len(now) + 1, SPAN):
        week, before = (rides(past, end - back) for back in (WEEK, SPAN))
        if min(week, before) < 30:
            continue  # Two nights of the blizzard: next to nobody asked.
        when, earlier = moments[end - SPAN], moments[end - SPAN - WEEK]
        here = slice(end - SPAN, end)
        found.append(
            {
                "day": when.isoformat(sep=" ", timespec="minutes"),
                "unusual": any(
                    map(rollouts["unusual"], (when, earlier, when + timedelta(hours=4)))
                ),
                "before": rides(now, end) / before - 1,
                "week": rides(now, end) / week - 1,
                "control": rollouts["change"](now[here], control[here]),
            }
        )
    return found


def rides(arm, end):
    return sum(rides for _, rides in arm[end - SPAN : end])


def of_kind(spans, unusual):
    return [each for each in spans if each["unusual"] == unusual]


def tried(rule, harmless, harmful):
    return {
        "ordinary": alarms(rule, of_kind(harmless, False)),
        "unusual": alarms(rule, of_kind(harmless, True)),
        "seen": alarms(rule, harmful),
        "limit": -100 * sorted(each[rule] for each in harmless)[len(harmless) // 100],
    }


def alarms(rule, spans):
    """Percent of the spans in which the rule calls harm."""
    return 100 * sum(each[rule] < LIMIT for each in spans) / len(spans)


def report(data):
    drop = f"{100 * data['drop']:g} %"
    rows = [f"{'':20}{'false alarms:':>13}{drop:>7}"]
    rows.append(f"{'':20}{'usual':>5}{'unusual':>8}{'drop':>7}")
    rows.append(f"{'compared with':20}{'spans':>5}{'spans':>8}{'seen':>7}")
    for rule, name in RULES.items():
        found = data["rules"][rule]
        usual, unusual, seen = (found[key] for key in ("ordinary", "unusual", "seen"))
        rows.append(f"{name:20}{usual:3.0f} %{unusual:6.0f} %{seen:5.0f} %")
    return "\n".join(rows)


def draw(axes, data):
    days = [place * SPAN / 48 for place in range(len(data["around"]))]
    for rule, width in (("before", 1.0), ("week", 1.6), ("control", 2.2)):
        axes.plot(days, [100 * each[rule] for each in data["around"]], lw=width, label=RULES[rule])
    axes.set_ylim(-80, 270)
    axes.set_yticks(range(-50, 200, 50))
    axes.set_xticks(range(0, 14, 3), [f"{17 + day} Nov" for day in range(0, 14, 3)])
    axes.set_ylabel("change of rides, %")
    # The room above the lines is the legend's: it would lie on them anywhere else.
    axes.legend(loc="upper left", fontsize=8)


def describe(data):
    said = []
    for rule, name in RULES.items():
        values = [100 * each[rule] for each in data["around"]]
        said.append(f"Against {name}: from {min(values):.0f} % to {max(values):+.0f} %.")
    return "The canary does no harm. Its rides, 17 to 30 November 2014. " + " ".join(said)


def holds(data):
    before, week, control = (data["rules"][rule] for rule in RULES)
    for rule in (before, week):
        assert rule["ordinary"] > 15, rule
        assert rule["unusual"] > 25, rule
        assert rule["limit"] > 10, rule
    assert week["unusual"] > week["ordinary"] + 10
    assert control["ordinary"] < 3
    assert control["unusual"] < 5
    assert control["seen"] > 95 > week["seen"]
    assert control["limit"] < 5
