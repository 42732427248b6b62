"""The alerts of one night, and what arrives of them when Alertmanager has a given configuration."""

import json
import time
from contextlib import ExitStack
from pathlib import Path

from labs.kit.stack import Webhook

NIGHT = json.loads((Path(__file__).parent / "alerts.json").read_text())
FLOOD = [{"labels": alert["labels"]} for alert in NIGHT["flood"]]
OTHERS = [{"labels": alert["labels"]} for alert in NIGHT["others"]]
PLACES = ("http://pager.fareway.test/", "http://tickets.fareway.test/", "elsewhere")


def deliver(config, alerts, alertmanager):
    """Post alerts at once; the notifications for pager, tickets and elsewhere, once all are there.

    A notification is a list of its alerts' labels.
    """
    # A machine that stalls may split a group in two: then once more, with more patience.
    for wait in ("100ms", "1s", "5s"):
        with ExitStack() as stack:
            hooks = {place: stack.enter_context(Webhook()) for place in PLACES}
            server = alertmanager(local(config, hooks, wait))
            server.post(alerts)
            came = [hook.notifications for hook in hooks.values()]
            if settled(server, came, len(alerts)):
                break
    return [[[alert["labels"] for alert in one["alerts"]] for one in place] for place in came]


def local(config, hooks, wait):
    """The same routes and rules, sooner, and to no place but here."""
    routes = [config["route"]]
    for route in routes:
        routes += route.get("routes") or []
        route.update(group_wait=wait, group_interval="1h", repeat_interval="1d")
    receivers = []
    for receiver in config["receivers"]:
        places = [hook.get("url") for hook in receiver.get("webhook_configs") or [{}]]
        here = [{"url": hooks.get(place, hooks["elsewhere"]).url} for place in places]
        receivers.append({"name": receiver["name"], "webhook_configs": here})
    # What is global may name a proxy, and a template a file.
    return config | {"receivers": receivers, "global": {}, "templates": []}


def settled(server, came, posted):
    """Has all arrived that Alertmanager itself holds to be due, and nothing else?"""
    deadline = time.monotonic() + 8
    while time.monotonic() < deadline:
        groups = [group["alerts"] for group in server.groups()]
        active = [[a for a in group if a["status"]["state"] == "active"] for group in groups]
        arrived = fingerprints(one["alerts"] for place in came for one in place)
        if sum(map(len, groups)) >= posted and fingerprints(filter(None, active)) == arrived:
            return True
        time.sleep(0.01)
    return False


def fingerprints(groups):
    return {frozenset(alert["fingerprint"] for alert in group) for group in groups}
