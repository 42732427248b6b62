"""Asks each service on the trail for the best page at or below it."""


def first(alerts, depends_on):
    pages = {}
    for alert in alerts:
        if alert["severity"] != "warning":
            when = (alert["start"], alert["name"])
            pages[alert["service"]] = min(when, pages.get(alert["service"], when))

    def earliest(service):
        below = [earliest(s) for s in depends_on.get(service, ()) if s in pages]
        return min(below) if below else pages[service]

    return earliest("edge")[1]
