"""Our own probes count as riders.

A probe asks for the same street every second, and is served, so it covers up for riders who are
not. In a small city it is most of the traffic. Leave out what has `probe` set.

Probes are worth having at night. They need a measure of their own.
"""

from collections import defaultdict


def share(reports, now):
    attempts = defaultdict(lambda: {"asked": [], "shown": []})
    for report in reports:
        attempts[report["attempt"]][report["event"]].append(report["at"])
    verdicts = []
    for times in attempts.values():
        if times["asked"]:
            limit = min(times["asked"]) + 5
            served = any(at <= limit for at in times["shown"])
            if served or times["shown"] or limit <= now:
                verdicts.append(served)
    return sum(verdicts) / len(verdicts) if verdicts else None
