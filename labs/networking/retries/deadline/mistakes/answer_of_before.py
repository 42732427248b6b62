"""A try without an answer reports the one of the try before it.

The last try may have charged the rider, and the app is told 503, "refused": it offers to pay
again. None says what is true, that nobody knows.

What counts is the last try alone.
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
            continue
        if status not in (503, None):
            return status
    return status
