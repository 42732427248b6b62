"""Recursive: each call makes one try, and hands on the waits that are left."""


def call(send, clock, waits, deadline, last=None):
    left = deadline - clock.now()
    if left <= 0:
        return last
    try:
        last = send(min(left, 2.0))
        if last != 503:
            return last
    except TimeoutError:
        last = None
    pause, *rest = [*waits, float("inf")]
    if clock.now() + pause >= deadline:
        return last
    clock.sleep(pause)
    return call(send, clock, rest, deadline, last)
