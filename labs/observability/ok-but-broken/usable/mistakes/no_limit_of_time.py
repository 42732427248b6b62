"""An answer counts however late it comes.

After 30 s the price is right, and the rider is in somebody else's car. A service that hangs would
look as good as one that answers. More than 5 s is a failure.

Slow is what most outages look like at first, long before anything says 500.
"""

import json
import math


def usable(status, body, seconds):
    if status != 200:
        return False
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    offers = answer.get("offers") if isinstance(answer, dict) else None
    return isinstance(offers, list) and any(map(can_be_shown, offers))


def can_be_shown(offer):
    price = offer.get("price") if isinstance(offer, dict) else None
    return type(price) in (int, float) and 0 < price < math.inf
