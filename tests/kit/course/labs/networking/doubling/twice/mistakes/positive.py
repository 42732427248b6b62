"""A refund is turned into a fare.

A negative number comes out positive, so riders pay for what they get back. Keep the sign.

`abs` has no place in it.
"""


def twice(number):
    return abs(number) * 2
