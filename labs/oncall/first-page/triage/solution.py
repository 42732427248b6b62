"""What riders feel is at the edge; what broke is where the trail of pages ends.

A service whose dependency pages has an excuse: it may be well itself. One that pages while
everything below it is quiet has none, so that is where to look. Pages that riders' requests do
not lead to can wait: they are somebody's problem, but not this one.
"""


def first(alerts, depends_on):
    pages = [alert for alert in alerts if alert["severity"] == "page"]
    paging = {alert["service"] for alert in pages}
    level, ends = {"edge"}, set()
    while level:
        below = {s: paging.intersection(depends_on.get(s, [])) for s in level}
        ends.update(service for service in level if not below[service])
        level = set().union(*below.values())
    suspects = [alert for alert in pages if alert["service"] in ends]
    return min(suspects, key=lambda alert: (alert["start"], alert["name"]))["name"]
