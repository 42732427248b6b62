"""Every body that is JSON counts as an answer.

`{"error": "model"}` is JSON, and so is `null`; a service that catches its own failures writes such
bodies all day. Ask for what the app needs: an offer that has a price.

A parser knows grammar. It does not know what the words were to be.
"""

import json


def usable(status, body, seconds):
    try:
        json.loads(body)
    except ValueError:
        return False
    return status == 200 and seconds <= 5
