"""Of the pages at the ends of the trail, the one that started last is taken.

The newest page is on top of the list, and draws the eye. What started earlier had time to harm
the others. Take the earliest start; of two at the same second, the name that sorts first.

A smaller number of seconds is earlier. A pair compares by its first part, and by its
second only where the first parts are equal.
"""


def first(alerts, depends_on):
    pages = [alert for alert in alerts if alert["severity"] == "page"]
    paging = {alert["service"] for alert in pages}
    ends, trail = set(), ["edge"]
    while trail:
        service = trail.pop()
        below = [called for called in depends_on.get(service, []) if called in paging]
        trail += below
        if not below:
            ends.add(service)
    suspects = [alert for alert in pages if alert["service"] in ends]
    return max(suspects, key=lambda alert: (alert["start"], alert["name"]))["name"]
