"""The status is not looked at.

A cache in between kept an old body, and sends it with a 503 of its own: the app shows an error, and
this counts a success. Both have to be right, the status and the body.

That the status is not enough does not make it worthless.
"""

import json
import math


def usable(status, body, seconds):
    if seconds > 5:
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
