"""A try that gets no answer ends the call, with an error.

One slow server in twenty, and one rider in twenty sees an error that a second try would have
hidden. Catch the TimeoutError, and go on with the next wait.

`send` says "no answer in time" by raising. What is returned for it in the end is None.
"""


def call(send, clock, waits, deadline):
    status = None
    for pause in (0, *waits):
        if clock.now() + pause >= deadline:
            return status
        if pause:
            clock.sleep(pause)
        status = send(min(2, deadline - clock.now()))
        if status not in (503, None):
            return status
    return status
