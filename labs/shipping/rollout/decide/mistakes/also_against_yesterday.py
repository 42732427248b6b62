"""Beside the control it asks yesterday, and yesterday was no holiday.

On Thanksgiving fewer requests become rides for everybody, so a harmless model is rolled back on a
day when nobody is there to try again. A second comparison adds its own false alarms to the first.
The control has the holiday as well: it is enough.

Where there is no control, as after 100 %, the same half-hour of a week before is the next best,
and it needs a list of the days on which it says nothing.
"""


def decide(canary, control):
    if sum(requests for requests, _ in canary) < 1000:
        return "hold"
    pairs = zip(canary, control, strict=True)
    expected = sum(mine[0] * other[1] / other[0] for mine, other in pairs)
    came = sum(rides for _, rides in canary)
    today, yesterday = (rate(canary[-48:]), rate(canary[-96:-48]))
    return "rollback" if came < 0.96 * expected or today < 0.96 * yesterday else "promote"


def rate(half_hours):
    return sum(rides for _, rides in half_hours) / max(1, sum(asked for asked, _ in half_hours))
