"""A cause that comes after the page cannot be named on it.

A symptom fires, and its cause a moment later. Once Alertmanager waits a second with the page; once
not at all, and the cause is posted when the page has arrived.
"""

from pathlib import Path

import yaml

from labs.kit.stack import Alertmanager, Webhook

CONFIG = (Path(__file__).parents[1] / "data" / "valkey.yaml").read_text()
CAUSE, SYMPTOM = "ValkeyOutOfMemory", "PricesMissing"


def measure(group_waits=("1s", "0s")):
    return {"waits": [pages(group_wait) for group_wait in group_waits]}


def pages(group_wait):
    """What the first notification names, and the one after it, if there is one."""
    with Webhook() as pager, Alertmanager(config(group_wait, pager.url)) as alertmanager:
        alertmanager.post([alert(SYMPTOM)])
        if group_wait == "0s":
            pager.wait(1)
        alertmanager.post([alert(CAUSE)])
        notifications = pager.wait(2 if group_wait == "0s" else 1)
        named = [", ".join(sorted(names(one))) for one in notifications]
        return {"group_wait": group_wait, "first": named[0], "next": (*named[1:], "none")[0]}


def config(group_wait, url):
    written = yaml.safe_load(CONFIG)
    written["route"]["group_wait"] = group_wait
    return written | {"receivers": [{"name": "pager", "webhook_configs": [{"url": url}]}]}


def alert(name):
    labels = {"cluster": "west", "depends_on": "valkey", "severity": "page"}
    return {"labels": {"alertname": name, **labels}}


def names(notification):
    return {alert["labels"]["alertname"] for alert in notification["alerts"]}


def report(data):
    lines = ["group_wait  the page names     the next notification names"]
    for wait in data["waits"]:
        lines.append(f"{wait['group_wait']:10}  {wait['first']:17}  {wait['next']}")
    return "\n".join(lines)


def holds(data):
    patient, hasty = data["waits"]
    assert (patient["first"], patient["next"]) == (CAUSE, "none")
    assert (hasty["first"], hasty["next"]) == (SYMPTOM, CAUSE)
