"""The same forty alerts in ten minutes, and what reaches the pager: three configurations.

Played a hundred times faster: group_wait is 0.3 s for 30 s, and group_interval 3 s for 5 minutes.
"""

import json
import time
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from labs.kit.stack import Alertmanager, Webhook, start

SPEED = 100
# Prometheus looks at its rules every 15 s here, and posts what fires.
EVALUATION = 15
TOGETHER = ["cluster", "depends_on"]
KNOWN_CAUSE = {
    "source_matchers": ['alertname="RidesDatabaseOutOfConnections"'],
    "target_matchers": ['depends_on="rides-db"'],
    "equal": ["cluster"],
}
WAYS = {
    "no grouping": {"group_by": ["..."], "rules": []},
    "grouping": {"group_by": TOGETHER, "rules": []},
    "grouping, inhibition": {"group_by": TOGETHER, "rules": [KNOWN_CAUSE]},
}


def measure(ways=WAYS, group_wait=30, group_interval=300, until=660):
    """Times are seconds of the incident. A way is what to group by, and rules of inhibition."""
    with ExitStack() as stack:
        hooks = [stack.enter_context(Webhook()) for _ in ways]
        timing = {"group_wait": group_wait, "group_interval": group_interval}
        timing = {name: f"{1000 * seconds // SPEED}ms" for name, seconds in timing.items()}
        pairs = zip(ways.values(), hooks, strict=True)
        servers = [Alertmanager(config(way, timing, hook.url)) for way, hook in pairs]
        stack.enter_context(start(*servers))
        times = play(servers, hooks, until)
        return {
            "alerts": len(alerts()),
            "ways": [
                seen(name, hook.notifications, at)
                for name, hook, at in zip(ways, hooks, times, strict=True)
            ],
        }


def config(way, timing, url):
    return {
        "route": {"receiver": "pager", "group_by": way["group_by"], **timing},
        "inhibit_rules": way["rules"],
        "receivers": [{"name": "pager", "webhook_configs": [{"url": url}]}],
    }


def alerts():
    return json.loads((Path(__file__).parents[1] / "data" / "alerts.json").read_text())["flood"]


def play(servers, hooks, until):
    """Post each alert to all at its time; when, in seconds, each notification arrived."""
    began, times = time.monotonic(), [[] for _ in hooks]
    batches = groupby(alerts(), key=lambda alert: -(-alert["after"] // EVALUATION) * EVALUATION)
    due = [(at, [{"labels": alert["labels"]} for alert in batch]) for at, batch in batches]
    while (now := (time.monotonic() - began) * SPEED) < until:
        while due and due[0][0] <= now:
            _, batch = due.pop(0)
            for server in servers:
                server.post(batch)
        for hook, at in zip(hooks, times, strict=True):
            at += [round(now)] * (len(hook.notifications) - len(at))
        time.sleep(0.01)
    return times


def seen(name, notifications, times):
    first = sorted({alert["labels"]["alertname"] for alert in notifications[0]["alerts"]})
    return {
        "name": name,
        "notifications": len(times),
        # A pager keeps one page for a group, by this key, and adds to it what comes later.
        "pages": len({notification["groupKey"] for notification in notifications}),
        "alerts": max(len(notification["alerts"]) for notification in notifications),
        "first": first,
        "times": times,
    }


def report(data):
    lines = [f"{data['alerts']} alerts               notified  pages  a page lists"]
    for way in data["ways"]:
        named = f"{way['alerts']} alert" + "s" * (way["alerts"] > 1)
        if (way["pages"], way["alerts"]) == (1, 1):
            named = way["first"][0]
        lines.append(f"{way['name']:20} {way['notifications']:12} {way['pages']:6}  {named}")
    return "\n".join(lines)


def draw(axes, data):
    for way, style in zip(data["ways"], ("-", "--", "-"), strict=False):
        minutes = [0, *(at / 60 for at in way["times"]), 11]
        counts = [0, *range(1, way["notifications"] + 1), way["notifications"]]
        axes.step(minutes, counts, style, where="post", label=way["name"])
    axes.set(xlabel="minutes of the incident", ylabel="notifications so far", xlim=(0, 11))
    axes.legend()


def describe(data):
    said = [
        f"With {way['name']}, {way['notifications']} notifications, the first after "
        f"{way['times'][0]} s and the last after {way['times'][-1] / 60:.0f} minutes."
        for way in data["ways"]
    ]
    return "Notifications that reach the pager within eleven minutes. " + " ".join(said)


def holds(data):
    alone, grouped, inhibited = data["ways"]
    assert alone["notifications"] == alone["pages"] == data["alerts"] == 40
    assert grouped["pages"] == inhibited["pages"] == 1
    assert 1 < grouped["notifications"] <= 5
    assert inhibited["notifications"] < grouped["notifications"]
    assert len(grouped["first"]) > 1
    assert inhibited["first"] == ["RidesDatabaseOutOfConnections"]
