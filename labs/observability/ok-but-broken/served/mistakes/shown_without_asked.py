"""A "shown" without an "asked" counts as served.

The report of the beginning was lost, so nobody can say how long it took; and an app that shows old
prices by itself sends thousands of these. Count what began with "asked".

What cannot be judged is left out, and is best counted somewhere else.
"""

from collections import defaultdict


def share(reports, now):
    attempts = defaultdict(lambda: {"asked": [], "shown": []})
    for report in reports:
        if not report["probe"]:
            attempts[report["attempt"]][report["event"]].append(report["at"])
    verdicts = []
    for times in attempts.values():
        if times["asked"] or times["shown"]:
            limit = min(times["asked"] or times["shown"]) + 5
            served = any(at <= limit for at in times["shown"])
            if served or times["shown"] or limit <= now:
                verdicts.append(served)
    return sum(verdicts) / len(verdicts) if verdicts else None
