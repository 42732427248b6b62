"""Keeps the earliest time of each event, and divides at the end."""


def earliest(reports, event):
    times = {}
    for report in reports:
        if report["event"] == event and not report["probe"]:
            name = report["attempt"]
            times[name] = min(report["at"], times.get(name, float("inf")))
    return times


def share(reports, now):
    asked, shown = earliest(reports, "asked"), earliest(reports, "shown")
    counted = {name for name in asked if name in shown or asked[name] + 5 <= now}
    if not counted:
        return None
    served = {name for name in counted & set(shown) if shown[name] <= asked[name] + 5}
    return len(served) / len(counted)
