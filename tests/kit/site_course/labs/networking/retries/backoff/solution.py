"""The ceiling doubles."""


def wait(attempt):
    return 0.1 * 2**attempt
