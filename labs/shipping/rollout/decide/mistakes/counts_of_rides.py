"""Numbers of rides are compared, from arms of different size.

The canary has a tenth of the riders, so it has fewer rides with any model: every rollout goes
back, and after a week nobody asks the check any more. Compare rides for each request.

What the canary's own requests would have become at the control's rate is a number of rides too,
and one that its rides can be compared with.
"""


def decide(canary, control):
    if sum(requests for requests, _ in canary) < 1000:
        return "hold"
    rides, their_rides = (sum(rides for _, rides in arm) for arm in (canary, control))
    return "rollback" if rides < 0.96 * their_rides else "promote"
