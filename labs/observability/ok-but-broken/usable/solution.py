"""It is judged as the app would use it, so what the app cannot show is a failure with status 200.

The body is taken apart step by step, and each step asks for the type that the next one needs.
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
    return isinstance(offers, list) and any(map(can_be_shown, offers))


def can_be_shown(offer):
    price = offer.get("price") if isinstance(offer, dict) else None
    return type(price) in (int, float) and 0 < price < math.inf
