"""No attempts at all count as 100 %.

At 4 in the morning that looks kind; after a release that broke the button for everybody it is the
last thing you see. Where nothing was measured, nothing is known: None.

A graph with a hole in it is a question. A graph at 100 % is an answer, and here a wrong one.
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
            if served or times["shown"] or limit <= now:
                verdicts.append(served)
    return sum(verdicts) / len(verdicts) if verdicts else 1.0
