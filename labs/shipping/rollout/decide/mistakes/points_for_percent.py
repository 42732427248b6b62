"""Percentage points are taken for percent.

Where half of the requests become rides, a drop by 8 % is a drop by 4 points: a limit of 5 points
lets it pass, and the city loses one ride in twelve. Set the difference against the rate itself.

From 0.50 to 0.46 are four points, and 8 % of 0.50. A limit in points means another harm at each
time of the day, because the rate is another.
"""


def decide(canary, control):
    asked = sum(requests for requests, _ in canary)
    if asked < 1000:
        return "hold"
    pairs = zip(canary, control, strict=True)
    expected = sum(mine[0] * other[1] / other[0] for mine, other in pairs)
    came = sum(rides for _, rides in canary)
    return "rollback" if (expected - came) / asked > 0.05 else "promote"
