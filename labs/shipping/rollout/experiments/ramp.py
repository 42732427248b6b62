"""A harmless canary that grows from 1 % to 10 % before the evening, and two ways to add it up."""

import random
from datetime import timedelta
from pathlib import Path
from runpy import run_path

rollouts = run_path(str(Path(__file__).parents[1] / "data" / "rollouts.py"))
START, GROWS, END = "2014-10-07 02:00", 32, 44


def measure(seed=1, drop=0.0):
    rng = random.Random(seed)
    start = rollouts["moment"](START)
    percents = [1] * GROWS + [10] * (END - GROWS)
    canary, control = rollouts["arms"](rollouts["demand"](), start, percents, drop, rng)
    parts = {"1 % to 18:00": slice(GROWS), "10 % to 24:00": slice(GROWS, END)}
    rows = [row(name, canary[part], control[part]) for name, part in parts.items()]
    ends = (start + timedelta(minutes=30 * END)).isoformat(sep=" ", timespec="minutes")
    return {
        "ends": ends,
        "parts": [*rows, row("whole day", canary, control)],
        "totals": 100 * rollouts["change_of_totals"](canary, control),
        "half_hours": 100 * rollouts["change"](canary, control),
    }


def row(name, canary, control):
    totals = [[sum(column) for column in zip(*arm, strict=True)] for arm in (canary, control)]
    rates = [100 * rides / requests for requests, rides in totals]
    return {"part": name, "requests": totals[0][0], "canary": rates[0], "control": rates[1]}


def report(data):
    rows = [f"{'':13}{'canary':>9}{'rides of 100:':>17}"]
    rows.append(f"{'':13}{'requests':>9}{'canary':>8}{'control':>9}")
    for each in data["parts"]:
        rates = f"{each['canary']:8.1f}{each['control']:9.1f}"
        rows.append(f"{each['part']:13}{each['requests']:9,}{rates}")
    rows += ["", f"change, from the totals:        {data['totals']:+5.1f} %"]
    rows.append(f"change, half-hour by half-hour: {data['half_hours']:+5.1f} %")
    return "\n".join(rows)


def holds(data):
    assert data["totals"] < -8
    assert abs(data["half_hours"]) < 2.5
