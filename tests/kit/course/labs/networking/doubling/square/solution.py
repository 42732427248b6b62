"""A square is the number times itself."""


def power(number):
    return number * number
