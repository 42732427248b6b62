"""Attempts without an end are left out.

An app that shows nothing reports nothing, so this divides those who were served by those who were
served: 100 %, all night. Count from what riders began, once their 5 s are over.

The worse the outage, the more reports are missing. A measure must get worse with it.
"""

from collections import defaultdict


def share(reports, now):
    attempts = defaultdict(lambda: {"asked": [], "shown": []})
    for report in reports:
        if not report["probe"]:
            attempts[report["attempt"]][report["event"]].append(report["at"])
    verdicts = []
    for times in attempts.values():
        if times["asked"]:
            limit = min(times["asked"]) + 5
            served = any(at <= limit for at in times["shown"])
            if times["shown"]:
                verdicts.append(served)
    return sum(verdicts) / len(verdicts) if verdicts else None
