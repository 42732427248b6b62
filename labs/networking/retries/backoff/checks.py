"""Three hundred riders who failed in the same moment; what they wait, attempt by attempt."""

from random import Random

from labs.kit.check import first_failing, needs, that, within


def _waits(solution, attempt, rng):
    """What 300 riders wait, shortest first."""
    drawn = sorted(solution.wait(attempt, rng) for _ in range(300))
    within(drawn[0], 0, 20, what=f"shortest wait of 300 riders at attempt {attempt}", unit="s")
    return drawn


def differs_between_riders(solution, rng):
    """Riders who fail together wait for different times."""
    different = len(set(_waits(solution, 5, rng)))
    within(different, 50, 300, what="different waits of 300 riders at attempt 5")


def doubles_from_a_tenth_of_a_second(solution, rng):
    """The ceiling is 0.1 s at attempt 0, and doubles until attempt 7."""

    def claim(attempt):
        ceiling = 0.1 * 2**attempt
        longest = _waits(solution, attempt, rng)[-1]
        within(longest, 0.95 * ceiling, ceiling, unit="s",
               what=f"longest wait of 300 riders at attempt {attempt}")  # fmt: skip

    first_failing(range(8), claim)


class _Unlucky(Random):
    """Draws what is all but the highest."""

    def random(self):
        return 0.999999


def stops_at_twenty_seconds(solution, rng):
    """No wait is longer than 20 s, however long the outage."""

    def claim(attempt):
        longest = max(_waits(solution, attempt, rng)[-1], solution.wait(attempt, _Unlucky(0)))
        within(longest, 19, 20, unit="s", what=f"longest wait of 301 riders at attempt {attempt}")

    first_failing((8, 9, 12, 30, 5000), claim)


@needs("differs_between_riders", "doubles_from_a_tenth_of_a_second")
def spreads_over_the_whole_range(solution, rng):
    """Waits are spread evenly between 0 and the ceiling."""
    drawn = _waits(solution, 5, rng)
    tenths = [sum(k * 0.32 <= one < (k + 1) * 0.32 for one in drawn) for k in range(10)]
    emptiest, fullest = min(tenths), max(tenths)
    that(emptiest >= 10 and fullest <= 60, "riders in each tenth of 0 to 3.2 s at attempt 5",
         expected="about 30, and 10 to 60 in each", got=tenths,
         symptom=[count > 0 for count in tenths])  # fmt: skip


def draws_from_rng_alone(solution, rng):
    """The same `rng` gives the same wait: a wait can be tested, and replayed."""
    state = rng.random()
    first, second = (solution.wait(4, Random(state)) for _ in range(2))
    that(first == second, "two waits at attempt 4, drawn from an equal `rng`",
         expected="the same twice", got=(first, second), symptom="differ")  # fmt: skip
