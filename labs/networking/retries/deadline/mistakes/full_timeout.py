"""Every try may take 2 s, however little is left.

A rider who gives up at 18:02:05 is still being charged at 18:02:06, and nobody is there to read
the answer. Give a try no more than the time until the deadline.

A deadline is one moment for all tries. A timeout is a length, and begins again with each.
"""


def call(send, clock, waits, deadline):
    status = None
    for pause in (0, *waits):
        if clock.now() + pause >= deadline:
            return status
        if pause:
            clock.sleep(pause)
        try:
            status = send(2)
        except TimeoutError:
            status = None
        if status not in (503, None):
            return status
    return status
