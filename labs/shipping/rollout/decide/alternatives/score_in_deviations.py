"""Mantel and Haenszel's test: how many standard deviations the strata together are apart."""

from math import sqrt


class Strata:
    def __init__(self):
        self.surplus = self.variance = self.requests = 0

    def add(self, mine, others):
        both, rides = mine[0] + others[0], mine[1] + others[1]
        self.requests += mine[0]
        self.surplus += mine[1] - mine[0] * rides / both
        self.variance += mine[0] * others[0] * rides * (both - rides) / both**2 / max(1, both - 1)

    @property
    def deviations(self):
        return self.surplus / sqrt(self.variance) if self.variance else 0


def decide(canary, control):
    strata = Strata()
    for mine, others in zip(canary, control, strict=True):
        strata.add(mine, others)
    if strata.requests < 1000:
        return "hold"
    return "rollback" if strata.deviations < -4 else "promote"
