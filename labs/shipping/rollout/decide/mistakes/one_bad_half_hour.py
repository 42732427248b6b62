"""One half-hour below the line is enough to go back.

In a day there are 48 chances of an unlucky half-hour, and a harmless canary takes one of them:
no model ever gets out. Judge all half-hours together.

A few hundred requests scatter by several percent, up and down. In the sum of a day the ups and
downs cancel, and what stays is the model's doing.
"""


def decide(canary, control):
    if sum(requests for requests, _ in canary) < 1000:
        return "hold"
    for (requests, rides), (others, their_rides) in zip(canary, control, strict=True):
        if requests and rides / requests < 0.96 * their_rides / others:
            return "rollback"
    return "promote"
