"""Only the first offer is looked at.

The first car has no price tonight, the second one has, and the rider took it. Counted as a failure,
that ride pages somebody for nothing. One offer with a price is enough, wherever it stands.

What counts is whether this rider could go on.
"""

import json
import math


def usable(status, body, seconds):
    if status != 200 or seconds > 5:
        return False
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    offers = answer.get("offers") if isinstance(answer, dict) else None
    return isinstance(offers, list) and any(map(can_be_shown, offers[:1]))


def can_be_shown(offer):
    price = offer.get("price") if isinstance(offer, dict) else None
    return type(price) in (int, float) and 0 < price < math.inf
