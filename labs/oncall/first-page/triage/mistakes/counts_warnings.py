"""Warnings are followed as if they were pages.

Somewhere a disk is always filling slowly. Followed like a page, such a warning takes the blame
for every outage above it. Leave warnings out before the walk begins.

A service that has only warnings is quiet here: the trail does not go onto it.
A warning on a service that pages as well is no answer either, however early it started.
"""


def first(alerts, depends_on):
    alerting = {alert["service"] for alert in alerts}
    ends, trail = set(), ["edge"]
    while trail:
        service = trail.pop()
        below = [called for called in depends_on.get(service, []) if called in alerting]
        trail += below
        if not below:
            ends.add(service)
    suspects = [alert for alert in alerts if alert["service"] in ends]
    return min(suspects, key=lambda alert: (alert["start"], alert["name"]))["name"]
