"""It decides before there is anything to decide on.

Of a few hundred requests a harmless model can lose a tenth of the rides by chance, and a harmful
one keep them all. A decision on them is a coin, thrown at the city's expense. Wait for enough.

"hold" is a decision as well: the canary stays as large as it is. 1,000 requests are the least.
"""


def decide(canary, control):
    pairs = zip(canary, control, strict=True)
    expected = sum(mine[0] * other[1] / other[0] for mine, other in pairs)
    return "rollback" if sum(rides for _, rides in canary) < 0.96 * expected else "promote"
