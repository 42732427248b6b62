"""Numbers of three kinds."""

from labs.kit.check import equal, within


def squares_whole_numbers(solution):
    """A whole number is multiplied by itself."""
    equal(solution.power(3), 9, what="power(3)")


def squares_halves(solution):
    """A number with a fraction is multiplied by itself."""
    within(solution.power(1.5), 2.25, 2.25, what="power(1.5)")


def loses_the_sign(solution):
    """The square of a negative number is positive."""
    equal(solution.power(-4), 16, what="power(-4)")
