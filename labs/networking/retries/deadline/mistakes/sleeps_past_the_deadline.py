"""It sleeps though there is no time for a try after it.

The rider looks at a spinner, and then at the error that was known before: a failure that comes at
once leaves time to pay in cash. Look at the deadline before a wait, not after.

A wait that ends at the deadline is of no use either: nothing can be sent then.
"""


def call(send, clock, waits, deadline):
    status = None
    for pause in (0, *waits):
        if pause:
            clock.sleep(pause)
        if clock.now() >= deadline:
            return status
        try:
            status = send(min(2, deadline - clock.now()))
        except TimeoutError:
            status = None
        if status not in (503, None):
            return status
    return status
