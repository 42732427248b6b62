"""Twice is the number, added to itself."""


def twice(number):
    return number * 2
