"""The end that is the most steps away wins, not the one that started first.

How many services a request passes says how the company grew, not what broke. Two ends are two
suspects, near or far. Compare them by the start of their pages.

The edge may call a payments provider itself, and reach a database in three steps.
Either can be the cause, so the number of steps stays out of the comparison.
"""


def first(alerts, depends_on):
    pages = [alert for alert in alerts if alert["severity"] == "page"]
    paging = {alert["service"] for alert in pages}
    level = {"edge"}
    while level:
        last = level
        level = {called for s in level for called in depends_on.get(s, []) if called in paging}
    suspects = [alert for alert in pages if alert["service"] in last]
    return min(suspects, key=lambda alert: (alert["start"], alert["name"]))["name"]
