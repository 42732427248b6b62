"""Every "asked" counts as an attempt of its own.

Riders who are not served tap again, and reports come twice on bad networks, so one failure counts
many times, and the share falls with the weather. Count each attempt once.

A unit that means something to riders is worth more than one that is at hand.
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
                verdicts += [served] * len(times["asked"])
    return sum(verdicts) / len(verdicts) if verdicts else None
