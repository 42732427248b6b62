"""Decide about a canary: more riders, wait, or back to the old model.

`decide(canary, control)` returns "promote", "hold" or "rollback".
Each is a list with a pair (requests, rides) for every half-hour since
the rollout began; both have the same half-hours, in order.
The control is the riders on the old model. It is larger, and never
without requests or rides; a half-hour of the canary may be (0, 0).
The canary's share of the riders changes on the way: 1 %, then 10 %.
How many requests become rides changes too, for everybody alike:
by the time of day, and on a holiday.

Fewer than 1,000 requests to the canary so far: "hold".
Otherwise what counts is the rides that the canary got from its
requests, against what the control's rate in the same half-hour gives:
"rollback" where it got clearly fewer, "promote" where it did not.
You are asked about drops of 8 % and more, and about canaries that do
no harm; single half-hours scatter by more than that in both.
"""


def decide(canary, control):
    return "hold"  # TODO: compare like with like
