"""A price counts however late it was shown.

The rider walked off after 10 s, and counts as served. An outage that makes all things slow stays
out of sight. More than 5 s after "asked" is a failure.

A limit belongs into the definition, or slow and broken cannot be told apart.
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
            served = bool(times["shown"])
            if served or times["shown"] or limit <= now:
                verdicts.append(served)
    return sum(verdicts) / len(verdicts) if verdicts else None
