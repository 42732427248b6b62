"""Failures that will not change are tried again.

A card that was refused is refused three times, and each is a request that the provider has to
work on. Only a 503 and a missing answer are worth another try.

A 4xx says that the request is wrong, and a 500 that the provider failed in the middle of it.
"""


def call(send, clock, waits, deadline):
    status = None
    for pause in (0, *waits):
        if clock.now() + pause >= deadline:
            return status
        if pause:
            clock.sleep(pause)
        try:
            status = send(min(2, deadline - clock.now()))
        except TimeoutError:
            status = None
        if status is not None and status < 400:
            return status
    return status
