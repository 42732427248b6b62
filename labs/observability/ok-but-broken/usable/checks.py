"""Bodies that services have sent, each with what a rider makes of it."""

import json

from labs.kit.check import that


def _judge(solution, expected, *cases):
    """The shortest case that is judged wrongly is shown; which ones are tells mistakes apart."""
    judged = [(case, solution.usable(*case)) for case in cases]
    wrong = [number for number, (_, got) in enumerate(judged) if got is not expected]
    if wrong:
        (status, body, seconds), got = min((judged[n] for n in wrong), key=lambda it: len(it[0][1]))
        that(False, f"usable({status}, {body!r}, {seconds})", expected=str(expected), got=repr(got),
             symptom=[wrong, type(got).__name__])  # fmt: skip


def _refuse(solution, *bodies):
    _judge(solution, False, *((200, body, 0.2) for body in bodies))


def _offers(*prices):
    return json.dumps({"offers": [{"car": "city", "price": price} for price in prices]})


def takes_what_the_app_can_show(solution, rng):
    """An answer with a price is usable, whole or not, and in 5 s at most."""
    price = round(rng.uniform(1, 90), 2)
    cases = [(200, _offers(given), 0.2) for given in (price, 7, 0.5, 0.01, 250)]
    cases += [(200, _offers(price), seconds) for seconds in (0, 4.9, 5, 5.0)]
    _judge(solution, True, *cases, (200, '{"model": 7, "offers": [{"price": 8}], "more": null}', 1))


def is_content_with_one_price(solution, rng):
    """One offer with a price is enough, wherever it stands."""
    price = round(rng.uniform(1, 90), 2)
    places = [(price, None), (None, price), (0, "9.50", price, None), (None, price, -1)]
    _judge(solution, True, *((200, _offers(*prices), 0.2) for prices in places),
           (200, '{"offers": [null, 3, "x", [], {}, {"price": 8}]}', 1))  # fmt: skip


def refuses_failures_that_say_so(solution):
    """Without status 200 there is no price, whatever the body says."""
    statuses = (201, 204, 302, 404, 429, 500, 503)
    _judge(solution, False, *((status, _offers(8), 0.2) for status in statuses))


def refuses_what_comes_too_late(solution):
    """After 5 s the rider has put the phone away."""
    _judge(solution, False, *((200, _offers(8), late) for late in (5.1, 6, 30)))


def refuses_an_error_with_status_200(solution):
    """A body without an offer is no answer, whatever else it is, and nothing raises."""
    _refuse(
        solution, "", "<html>busy</html>", '{"offers": [', "null", "[]", "7", '"offers"', "{}",
        '{"error": "model"}', '{"offers": null}', '{"offers": {"price": 8}}', '{"offers": 8}',
        '{"offers": "none"}', '[{"price": 8}]', '{"price": 8}', _offers(), _offers(None),
        '{"offers": [null, [], 3, "x", {}]}',
    )  # fmt: skip


def refuses_prices_that_are_no_amount(solution):
    """Text, true, zero, less than zero, NaN and Infinity are no price."""
    endless = float("inf")
    amounts = ("9.50", "", True, False, 0, -3, [8], {"amount": 8}, endless, -endless, endless * 0)
    _refuse(solution, *map(_offers, amounts))
