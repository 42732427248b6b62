"""An answer after exactly 5 s is refused.

The task says 5 s at most. With clocks that count whole seconds this is one answer in many, and two
teams that count differently argue about numbers that never agree. Let 5 s be in time.

Where a limit itself belongs is a decision: write it down once, and test it.
"""

import json
import math


def usable(status, body, seconds):
    if status != 200 or seconds >= 5:
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
