"""It is whole_only.

Riders pay the wrong fare. Multiply the number by itself.

Three threes are nine.
"""


def power(number):
    return int(number) ** 2
