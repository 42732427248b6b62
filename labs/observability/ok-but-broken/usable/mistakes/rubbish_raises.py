"""A body that is no JSON raises.

The proxy's own error page is HTML. The first one of them ends the program that measures, and from
then on there is no number at all, on the night on which it is needed. Answer False.

What watches others has to be the last thing to fall over.
"""

import json
import math


def usable(status, body, seconds):
    if status != 200 or seconds > 5:
        return False
    answer = json.loads(body)
    offers = answer.get("offers") if isinstance(answer, dict) else None
    return isinstance(offers, list) and any(map(can_be_shown, offers))


def can_be_shown(offer):
    price = offer.get("price") if isinstance(offer, dict) else None
    return type(price) in (int, float) and 0 < price < math.inf
