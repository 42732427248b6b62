"""Numbers of three kinds."""

from labs.kit.check import equal, first_failing, within


def doubles_whole_numbers(solution, rng):
    """A whole number is doubled."""
    first_failing(
        [rng.randint(3, 99) for _ in range(20)],
        lambda number: equal(solution.twice(number), 2 * number, what=f"twice({number})"),
    )


def doubles_halves(solution):
    """A number with a fraction is doubled."""
    within(solution.twice(2.5), 5, 5, what="twice(2.5)")


def keeps_the_sign(solution):
    """A negative number stays negative."""
    equal(solution.twice(-4), -8, what="twice(-4)")
