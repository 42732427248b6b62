"""The page that started first wins, wherever it is.

Alerts wait for different times before they fire, so the first to fire is seldom the cause: the
edge notices within seconds, a database alert may wait minutes. Follow what calls what instead.

The start decides between pages that the trail leaves equal, and between no others.
"""


def first(alerts, depends_on):
    pages = [alert for alert in alerts if alert["severity"] == "page"]
    return min(pages, key=lambda alert: (alert["start"], alert["name"]))["name"]
