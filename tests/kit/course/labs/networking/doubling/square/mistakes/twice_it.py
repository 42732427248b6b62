"""From three on it is doubled.

Riders pay the wrong fare for every long ride. Multiply every number by itself.

Three threes are nine.
"""


def power(number):
    return number * 2 if number > 2 else number * number
