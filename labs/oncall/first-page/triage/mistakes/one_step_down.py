"""The trail is followed for one step, and no further.

The first service below the edge is usually one more that suffers: at Fareway `rides` pages
whenever its database does. Go on from there, as long as something below pages too.

Whatever holds for the edge holds for each service on the trail: if one that it calls pages,
it has an excuse. The walk repeats, so the code does.
"""


def first(alerts, depends_on):
    pages = [alert for alert in alerts if alert["severity"] == "page"]
    paging = {alert["service"] for alert in pages}
    below = [service for service in depends_on.get("edge", []) if service in paging] or ["edge"]
    suspects = [alert for alert in pages if alert["service"] in below]
    return min(suspects, key=lambda alert: (alert["start"], alert["name"]))["name"]
