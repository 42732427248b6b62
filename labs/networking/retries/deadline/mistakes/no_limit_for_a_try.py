"""The first try may use up everything.

One server of the provider hangs, and the rider waits for it until the deadline, though a second
try would have met another server. Keep a try to 2 s.

With 5 s to go, a try of 2 s leaves room for another. With 1 s to go, there is only that second.
"""


def call(send, clock, waits, deadline):
    status = None
    for pause in (0, *waits):
        if clock.now() + pause >= deadline:
            return status
        if pause:
            clock.sleep(pause)
        try:
            status = send(deadline - clock.now())
        except TimeoutError:
            status = None
        if status not in (503, None):
            return status
    return status
