"""Takes the body for right, and catches what a wrong one raises."""

import json
from numbers import Real


def usable(status, body, seconds):
    try:
        prices = [
            offer.get("price") for offer in json.loads(body)["offers"] if hasattr(offer, "get")
        ]
    except (ValueError, KeyError, TypeError):
        return False
    good = [p for p in prices if isinstance(p, Real) and not isinstance(p, bool) and p > 0]
    return status == 200 and seconds <= 5 and any(p != float("inf") for p in good)
