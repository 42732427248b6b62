"""Every half-hour's ratio against the control's, weighed by the canary's requests."""

from statistics import fmean


def decide(canary, control):
    seen = [(mine, other) for mine, other in zip(canary, control, strict=True) if mine[0]]
    weights = [mine[0] for mine, _ in seen]
    if sum(weights) < 1000:
        return "hold"
    ratios = [mine[1] / mine[0] / (other[1] / other[0]) for mine, other in seen]
    match round(fmean(ratios, weights), 2):
        case low if low <= 0.95:
            return "rollback"
        case _:
            return "promote"
