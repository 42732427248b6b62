"""There is no try after the last wait.

The rider waits, and then nothing is sent: the longest wait of all was for nothing. With two waits
there are three tries.

The first try has no wait before it, and every wait has a try after it.
"""


def call(send, clock, waits, deadline):
    status = None
    for pause in (0, *waits[:-1]):
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
