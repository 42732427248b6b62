"""Any service counts whose dependencies are quiet, whether riders need it or not.

A nightly report that fails looks like a cause, and nobody who waits for a car can tell.
The first minutes are for riders: begin at the edge, and take only what its trail leads to.

Ends are found here, and the walk to them is not: a service that nothing on the trail
calls can be an end of something else.
"""


def first(alerts, depends_on):
    pages = [alert for alert in alerts if alert["severity"] == "page"]
    paging = {alert["service"] for alert in pages}
    suspects = [
        alert for alert in pages if not paging.intersection(depends_on.get(alert["service"], []))
    ]
    return min(suspects, key=lambda alert: (alert["start"], alert["name"]))["name"]
