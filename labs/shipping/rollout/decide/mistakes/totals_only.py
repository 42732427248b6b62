"""The totals are compared, and the canary's come from other hours than the control's.

A canary that grew before the evening has most of its requests from the hours in which few become
rides: it looks harmful and is not. One that grew before the night hides its harm. Compare within
each half-hour, and add up then.

This is Simpson's paradox: canary and control can be equal in every half-hour and differ in the
sum. Ask of each half-hour what the control's rate would have made of the canary's requests.
"""


def decide(canary, control):
    requests, rides = map(sum, zip(*canary, strict=True))
    if requests < 1000:
        return "hold"
    others, their_rides = map(sum, zip(*control, strict=True))
    return "rollback" if rides / requests < 0.96 * their_rides / others else "promote"
