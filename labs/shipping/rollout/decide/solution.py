"""The control says what the canary's requests would have become, at that moment, without it.

Summed half-hour by half-hour, neither the morning nor a holiday nor the growth of the canary can
pass for an effect of the model: each changes both sides of the comparison. Quiet half-hours weigh
as little as they know. 4 % lies between the noise of a thousand requests or more and the harm.
"""


def decide(canary, control):
    if sum(requests for requests, _ in canary) < 1000:
        return "hold"
    expected = sum(map(with_the_old_model, canary, control))
    came = sum(rides for _, rides in canary)
    return "promote" if came == max(came, 0.96 * expected) else "rollback"


def with_the_old_model(mine, others):
    """What the canary's requests of a half-hour would have become at the control's rate."""
    return mine[0] * others[1] / others[0]
