"""`true` and Infinity count as prices.

Both pass for a number above 0: in Python `isinstance(True, int)` holds, and `json` reads Infinity,
though it is no JSON. A release that writes `"price": true` would look like a success to you, and
like a free ride to the app. Ask for a number that is finite and no truth value.

What reads other people's data is best strict: to allow a thing later is easier than to forbid it.
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
    return isinstance(price, int | float) and price > 0
