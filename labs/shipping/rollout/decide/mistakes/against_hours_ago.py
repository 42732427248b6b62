"""The canary is compared with itself, some hours ago.

The share of requests that become rides falls every evening and rises every night: a harmless model
is blamed for the evening, and a harmful one, harmful from the start, is never seen. Compare with
the control, which has had the same hours.

A change in time needs something that did not change, over the same time, to be measured against.
That is what a control group is kept for.
"""


def decide(canary, control):
    if sum(requests for requests, _ in canary) < 1000:
        return "hold"
    middle = len(canary) // 2
    before, after = canary[:middle], canary[middle:]
    was, now = (
        sum(r for _, r in part) / max(1, sum(q for q, _ in part)) for part in (before, after)
    )
    return "rollback" if now < 0.96 * was else "promote"
