"""More rides are treated as harm, too.

A model that finds prices at which more riders go is rolled back for being better. Only a drop is
harm.

Too many rides may be worth a look, because a price can be too low. That is another number, and
another decision: this one is asked about lost rides.
"""


def decide(canary, control):
    if sum(requests for requests, _ in canary) < 1000:
        return "hold"
    pairs = zip(canary, control, strict=True)
    expected = sum(mine[0] * other[1] / other[0] for mine, other in pairs)
    came = sum(rides for _, rides in canary)
    return "rollback" if abs(came - expected) > 0.04 * expected else "promote"
