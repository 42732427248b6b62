"""Say how long to wait.

`wait(attempt)` returns **seconds**.
"""


def wait(attempt):
    return 0.1  # TODO: double it
