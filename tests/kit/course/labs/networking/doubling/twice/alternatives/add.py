"""Adds, where the solution multiplies."""


def twice(number):
    return number + number
