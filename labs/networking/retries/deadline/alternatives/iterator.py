"""A class with an iterator over the waits, and a `while` that ends by `return`."""


class Attempts:
    def __init__(self, clock, waits, deadline):
        self.clock, self.waits, self.deadline = clock, iter(waits), deadline

    def left(self):
        return self.deadline - self.clock.now()

    def pause(self):
        """Sleep if it is worth it; whether there is another try."""
        seconds = next(self.waits, None)
        if seconds is None or self.left() - seconds <= 0:
            return False
        self.clock.sleep(seconds)
        return True


def call(send, clock, waits, deadline):
    attempts = Attempts(clock, waits, deadline)
    answer = None
    while attempts.left() > 0:
        try:
            answer = send(timeout=min(attempts.left(), 2))
        except TimeoutError:
            answer = None
        if (answer is not None and answer != 503) or not attempts.pause():
            return answer
    return answer
