"""Attempts that are still running count as failures.

There are always some that began a second ago, so the share is never 100 %, and the shorter the
window, the worse it looks. Leave them out until their 5 s are over.

Within 5 s the next measurement will know what became of them.
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
            verdicts.append(served)
    return sum(verdicts) / len(verdicts) if verdicts else None
