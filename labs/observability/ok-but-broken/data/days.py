"""Days of ride attempts, written down as counters: what an alert is tried on.

All is simulated. Of those who are not served a third sees an error, a third gives up without a
word, and a third gets a price too late.
"""

import json
import re
import time

import yaml

from labs.kit.stack import test_rules

CLEAN = (0.0005, 1000)
"""The share that fails on a good day, half of what is allowed, and the attempts in a minute."""

CALM = [CLEAN] * 370
PHASES = {
    "on a good day": CALM,
    "while the edge fails 5 % and the apps try again": [CLEAN] * 30,
    "while 7.5 % fail, 15 minutes of 30": [
        (0.075, 200) if minute % 30 < 15 else CLEAN for minute in range(240)
    ],
    "while 0.5 % still fail": [(0.005, 1000)] * 40,
    "after 7.5 % failed, 15 minutes of 30": CALM,
    "in a blip of 2 minutes": [(0.2, 1000)] * 2,
    "after a blip of 2 minutes": CALM[:70],
    "while 2.5 % fail": [(0.025, 300)] * 60,
    "while 1.4 % still fail": [(0.0135, 1500)] * 10,
    "after 2.5 % failed": CALM,
    "while 16 % fail, 2 minutes of 4": [
        (0.16, 500) if minute % 4 < 2 else (CLEAN[0], 2000) for minute in range(44)
    ],
    "after 16 % failed, 2 minutes of 4": CALM,
    "while 0.4 % fail": [(0.004, 1000)] * 300,
    "while nobody is served": [(1, 1000)] * 20,
}
"""By name: of each minute, the share that fails and the attempts."""

STEP = 2
"""Minutes between two samples, and between two evaluations."""

FIRING = 'ALERTS{alertname="RidersNotServed",severity="page",alertstate="firing"}'


def counters(minutes):
    """By outcome: the counter's value at the beginning, and after each minute."""
    values, failures = {"served": [0], "error": [0], "gave_up": [0], "too_late": [0]}, 0.0
    for share, attempts in minutes:
        before, failures = int(failures), failures + share * attempts
        lost = range(before, int(failures))
        outcomes = ["error", "gave_up", "too_late"]
        added = {name: sum(n % 3 == place for n in lost) for place, name in enumerate(outcomes)}
        added["served"] = attempts - len(lost)
        for outcome, value in values.items():
            value.append(value[-1] + added[outcome])
    return values


def edge():
    """The edge's counters, by code. It is well, but for half an hour that no rider noticed."""
    failed = [0]
    for name, phase in PHASES.items():
        failed += [failed[-1] + (50 if "edge" in name else 0) * (n + 1) for n in range(len(phase))]
    return {"200": [1000 * n - count for n, count in enumerate(failed)], "503": failed}


def moments():
    """The phase, and the minute of it, at the end of each minute."""
    return [(name, minute + 1) for name in PHASES for minute in range(len(PHASES[name]))]


def burns(values, end, window, rate):
    """Is the burn rate above `rate` in the `window` minutes until `end`? By the definition."""
    begin = -(-max(0, end - window) // STEP) * STEP  # The first sample in the window.
    lost = sum(v[end] - v[begin] for name, v in values.items() if name != "served")
    return lost > 0.001 * rate * sum(v[end] - v[begin] for v in values.values())


def due():
    """For each evaluation: must the page be firing (True), quiet (False), or is it open (None)?

    It is open for the 4 minutes after a change, because a rule may wait a little.
    """
    values = counters(minute for phase in PHASES.values() for minute in phase)
    exact = [
        any(
            all(burns(values, end, window, rate) for window in windows)
            for rate, windows in ((14.4, (60, 5)), (6, (360, 30)))
        )
        for end in range(STEP, len(moments()) + 1, STEP)
    ]
    found = []
    for place in range(len(exact)):
        fires = all(exact[max(0, place - 3) : place + 2])
        quiet = not any(exact[max(0, place - 2) : place + 2])
        found.append(True if fires else False if quiet else None)
    return found


def fires(rules):
    """At each evaluation: does promtool find the page firing?"""
    last = len(moments())
    series = counters(minute for phase in PHASES.values() for minute in phase)
    named = {f'ride_attempts_total{{outcome="{name}"}}': v for name, v in series.items()}
    named |= {f'edge_responses_total{{code="{code}"}}': v for code, v in edge().items()}
    times = range(STEP, last + 1, STEP)
    # Each is expected to be quiet, so that promtool names the moments in which it is not.
    quiet = {"expr": f"count({FIRING}) > 0", "exp_samples": []}
    test = {
        "interval": f"{STEP}m",
        "input_series": [
            {"series": name, "values": " ".join(map(str, values[::STEP]))}
            for name, values in named.items()
        ],
        "promql_expr_test": [quiet | {"eval_time": f"{time}m"} for time in times],
    }
    setup = {"rule_files": ["rules.yml"], "evaluation_interval": f"{STEP}m", "tests": [test]}
    said = re.findall(r"time: (\S+),", test_rules(rules, json.dumps(setup)) or "")
    firing = set(map(in_minutes, said))
    return [time in firing for time in times]


def in_minutes(duration):
    """promtool writes 1d2h3m."""
    worth = {"d": 1440, "h": 60, "m": 1, "s": 0}
    return sum(int(n) * worth[unit] for n, unit in re.findall(r"(\d+)([dhms])", duration))


def history(minutes, gateways):
    """OpenMetrics of what these gateways counted until now, one sample a minute."""
    now, lines = int(time.time()), ["# TYPE ride_attempts counter"]
    values = counters(minutes)
    for gateway in gateways:
        for outcome, counted in values.items():
            labels = f'job="reports",instance="{gateway}",outcome="{outcome}"'
            began = now - 60 * (len(counted) - 1)
            for minute, value in enumerate(counted):
                lines.append(f"ride_attempts_total{{{labels}}} {value} {began + 60 * minute}")
    return "\n".join([*lines, "# EOF", ""])


def pages(rules, prometheus):
    """What is active in a running Prometheus, 5 minutes into an outage that two gateways count."""
    past = history(CALM + [(0.3, 1000)] * 5, ["reports-1:9102", "reports-2:9102"])
    server = prometheus(rules=at_once(rules), history=past)
    evaluated_twice(server)
    return server.alerts()


def at_once(rules):
    """The same rules without intervals of their own, for which nobody wants to wait."""
    content = yaml.safe_load(rules)
    for group in content.get("groups") or []:
        group.pop("interval", None)
    return json.dumps(content)


def evaluated_twice(server):
    """An alert may build on recorded series, so each rule needs a second turn."""
    first = evaluated(server)
    while not all(new > old for old, new in zip(first, evaluated(server), strict=True)):
        time.sleep(0.02)


def evaluated(server):
    """When each of the rules was evaluated last; waits for the first time."""
    while True:
        groups = server.api("rules")["groups"]
        times = [rule["lastEvaluation"] for group in groups for rule in group["rules"]]
        if all(at > "0002" for at in times):
            return times
        time.sleep(0.02)
