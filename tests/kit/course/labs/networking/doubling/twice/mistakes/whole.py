"""The half is lost.

A fare of 2.50 becomes 4, and riders pay too little. Keep what follows the point.

`int` drops the fraction before anything is doubled.
"""


def twice(number):
    return int(number) * 2
