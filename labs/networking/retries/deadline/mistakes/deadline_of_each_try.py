"""The deadline moves with the clock.

With every try it begins again from the time that was left at the start, so the rider waits for
a multiple of it. The deadline is a moment: compare it with the clock each time.

A length is right only at the moment in which it is worked out.
"""


def call(send, clock, waits, deadline):
    status, left = None, deadline - clock.now()
    for pause in (0, *waits):
        if left <= pause:
            return status
        if pause:
            clock.sleep(pause)
        try:
            status = send(min(2, left))
        except TimeoutError:
            status = None
        if status not in (503, None):
            return status
    return status
