"""Half-hours are drawn again and again; the canary goes back when nine draws in ten say so."""

from random import Random


def decide(canary, control):
    if sum(pair[0] for pair in canary) < 1_000:
        return "hold"
    half_hours = [
        (rides, requests * all_rides / all_requests)
        for (requests, rides), (all_requests, all_rides) in zip(canary, control, strict=True)
    ]
    draw = Random(0).choices
    said = [worse(draw(half_hours, k=len(half_hours))) for _ in range(50)]
    return "rollback" if sum(said) > 45 else "promote"


def worse(half_hours):
    came, expected = map(sum, zip(*half_hours, strict=True))
    return came < 0.97 * expected
