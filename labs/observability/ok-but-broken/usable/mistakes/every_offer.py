"""One offer without a price spoils all.

Most nights some car has no price somewhere, and the rider takes another. Counted so, the measure is
red when all is well, and after a week nobody looks at it. Ask whether there is any.

A measure that is stricter than riders are is as wrong as one that is too kind.
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
    return isinstance(offers, list) and bool(offers) and all(map(can_be_shown, offers))


def can_be_shown(offer):
    price = offer.get("price") if isinstance(offer, dict) else None
    return type(price) in (int, float) and 0 < price < math.inf
