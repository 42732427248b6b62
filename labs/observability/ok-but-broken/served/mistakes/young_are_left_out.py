"""Whatever began in the last 5 s is left out, even what was served.

Quick answers are then missing, and the slow ones and the failures of the same seconds are not: the
share of a good minute is too low. Leave out only what may still go either way.

An attempt is known as soon as the price is shown.
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
            if limit <= now:
                verdicts.append(served)
    return sum(verdicts) / len(verdicts) if verdicts else None
