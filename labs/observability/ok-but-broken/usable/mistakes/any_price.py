"""Whatever stands at `price` counts, if it is not null.

A price of 0 is a free ride, and "9.50" in quotation marks is a text that the app cannot add a tip
to. Ask for a number, and in which range.

In Python `true` is a kind of number, too. Apps in other languages think otherwise.
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
    return isinstance(offer, dict) and offer.get("price") is not None
