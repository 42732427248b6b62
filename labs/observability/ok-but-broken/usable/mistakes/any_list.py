"""A list of offers is enough, even an empty one.

A model that knows no price for a street sends `{"offers": []}`: right in every type, and the rider
sees a white page. Look at what is in the list.

The shape of an answer can be perfect when there is nothing in it.
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
    return isinstance(offers, list)
