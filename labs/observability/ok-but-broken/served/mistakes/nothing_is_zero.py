"""No attempts at all count as 0 %.

A quiet hour then pages somebody, and the third time nobody gets up. Where nothing was measured,
nothing is known: None.

That riders stopped coming is worth an alert of its own, on the number of attempts.
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
    return sum(verdicts) / len(verdicts) if verdicts else 0.0
