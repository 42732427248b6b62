"""The trail passes through services that do not page.

A service that is well shields what calls it from what is below: it has a cache, or does not need
that answer now. Somebody would then mend a thing that riders do not feel. Stop where pages stop.

The edge calls `eta`, `eta` is quiet, and what `eta` calls pages. The edge does not fail for
that reason, or `eta` would page as well.
"""


def first(alerts, depends_on):
    pages = [alert for alert in alerts if alert["severity"] == "page"]
    paging = {alert["service"] for alert in pages}
    reached, trail = set(), ["edge"]
    while trail:
        service = trail.pop()
        reached.add(service)
        trail += set(depends_on.get(service, [])) - reached
    ends = {s for s in reached if not paging.intersection(depends_on.get(s, []))}
    suspects = [alert for alert in pages if alert["service"] in ends]
    return min(suspects, key=lambda alert: (alert["start"], alert["name"]))["name"]
