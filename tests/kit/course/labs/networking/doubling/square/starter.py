"""Say what a number times itself is. `power(number)` returns a number."""


def power(number):
    return number  # TODO: times itself
