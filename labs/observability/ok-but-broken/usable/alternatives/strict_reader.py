"""Has `json` refuse what is not JSON, and looks for one good price."""

import json


def refuse(word):
    raise ValueError(word)


class Answer:
    def __init__(self, body):
        try:
            self.content = json.loads(body, parse_constant=refuse)
        except ValueError:
            # NaN in one offer may stand beside a good price in another.
            try:
                self.content = json.loads(body, parse_constant=lambda word: None)
            except ValueError:
                self.content = None

    def prices(self):
        if isinstance(self.content, dict) and isinstance(self.content.get("offers"), list):
            for offer in self.content["offers"]:
                if isinstance(offer, dict):
                    yield offer.get("price")


def usable(status, body, seconds):
    if status != 200:
        return False
    if not seconds <= 5:
        return False
    for price in Answer(body).prices():
        if isinstance(price, (int, float)) and price is not True and price > 0:
            if price != price or price == float("inf"):
                continue
            return True
    return False
