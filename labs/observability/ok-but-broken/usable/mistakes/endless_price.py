"""Infinity counts as a price.

It is greater than 0, as was asked for, and Python's `json` reads it, though it is no JSON. A model
that divided by zero is then counted as a success. Let the number be finite.

NaN is caught by the comparison with 0, for it is never greater than anything.
"""

import json


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
    return type(price) in (int, float) and price > 0
