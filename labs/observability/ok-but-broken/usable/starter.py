"""Can the app show a price, given this answer of the pricing service?

`usable(status, body, seconds)` returns True or False. `status` is the
HTTP status, a whole number; `body` is the text that came, whatever it
is; `seconds` is how long the rider has waited for it.

True needs all of these: the status is 200; it took 5 s at most; the
body is a JSON object with a list `offers`; and at least one offer in
it is an object whose `price` is a number, greater than 0 and finite.
Such a body: `{"offers": [{"car": "city", "price": 9.5}]}`

Everything else is False, and no body makes `usable` raise. A price in
quotation marks is text, `true` is no number, and Python's `json` also
reads NaN and Infinity, which nobody can pay.
"""


def usable(status, body, seconds):
    return status == 200  # TODO: what does the rider see?
