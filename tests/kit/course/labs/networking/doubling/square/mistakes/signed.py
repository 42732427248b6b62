"""It is signed.

Riders pay the wrong fare. Multiply the number by itself.

Three threes are nine.
"""


def power(number):
    return abs(number) * number
