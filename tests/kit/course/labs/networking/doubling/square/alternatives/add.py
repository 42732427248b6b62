"""Raises, where the solution multiplies."""


def power(number):
    return number**2
