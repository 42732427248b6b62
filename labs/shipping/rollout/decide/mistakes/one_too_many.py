"""The thousandth request is still too few.

The canary waits at 1,000, and the plan, the dashboard and the person on call expect a decision
there. Fewer than 1,000 is where it waits.

The two sides of a limit are worth a test of their own: 999 and 1,000.
"""


def decide(canary, control):
    if sum(requests for requests, _ in canary) <= 1000:
        return "hold"
    pairs = zip(canary, control, strict=True)
    expected = sum(mine[0] * other[1] / other[0] for mine, other in pairs)
    return "rollback" if sum(rides for _, rides in canary) < 0.96 * expected else "promote"
