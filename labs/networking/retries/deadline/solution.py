"""One deadline for everything: every try is given what is left of it, and knows when to give up.

A wait that would end at the deadline is not worth its while: the rider would wait for nothing.
A timeout is no answer, so the next try decides; a status that is no 503 will not change.
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
        if status not in (503, None):
            return status
    return status
