"""Real Envoy with the answer's routes; 3,000 riders, a few who ask again, and testers."""

from pathlib import Path
from runpy import run_path

from labs.kit.check import fixture, needs, that

edge = run_path(str(Path(__file__).parents[1] / "data" / "edge.py"))


@fixture
def ask(solution, envoy, folder):
    """A function that sends requests, given as headers, and says who answered each."""
    port = edge["started"](envoy, solution, folder).port("edge")
    return lambda requests: edge["ask"](port, requests)


@fixture
def riders(rng):
    return [edge["rider"](rng) for _ in range(3000)]


@fixture
def answers(ask, riders):
    return ask(riders)


@fixture
def testers(ask, rng):
    return ask([edge["rider"](rng, **{"x-tester": "canary"}) for _ in range(100)])


def a_tenth_of_the_riders_reach_the_canary(answers):
    """Of 3,000 riders about 300 reach the canary, and the others stable."""
    versions = [version for version, _ in answers]
    canary, stable = versions.count("canary"), versions.count("stable")
    nearest = min((0, 1, 5, 10, 20, 50, 90, 100), key=lambda share: abs(share - canary / 30))
    that(205 <= canary <= 395 and canary + stable == 3000, "of 3,000 riders, on canary and stable",
         expected="205 to 395, and the others", got=(canary, stable),
         symptom=[nearest, canary + stable == 3000])  # fmt: skip


def a_rider_stays_on_one_version(ask, riders, rng):
    """A rider who asks eight times gets one version, also from other addresses and paths."""
    still = riders[:40] * 8
    moving = [edge["rider"](rng, **{"x-rider": rider["x-rider"]}) for rider in still]
    asked = {"from one place": ask(still), "from eight": ask(moving)}
    seen = {where: [{version for version, _ in found[rider::40]} for rider in range(40)]
            for where, found in asked.items()}  # fmt: skip
    both = {where: sum(len(versions) > 1 for versions in seen[where]) for where in seen}
    that(not any(both.values()), "of 40 riders who ask eight times, those who see both versions",
         expected=0, got=both, symptom=[where for where in both if both[where]])  # fmt: skip


def testers_reach_the_canary(testers):
    """Every request with `x-tester: canary` reaches the canary."""
    found = [version for version, _ in testers]
    that(set(found) == {"canary"}, "of 100 testers, on the canary", expected=100,
         got=found.count("canary"), symptom=found.count("canary") // 50)  # fmt: skip


@needs("a_rider_stays_on_one_version")
def other_values_make_no_tester(ask, riders, answers):
    """With any other value of `x-tester` a rider gets the version that they have without."""
    moved = []
    for value in ("1", "stable", "canary-2", "no canary"):
        again = ask([rider | {"x-tester": value} for rider in riders[:80]])
        moved += [value] * any(a[0] != b[0] for a, b in zip(answers, again, strict=False))
    that(not moved, "values of `x-tester` that move riders", expected="none but canary", got=moved)


@needs("testers_reach_the_canary")
def every_answer_names_its_version(answers, testers):
    """Every answer has one `x-pricing-version`, and it is the version that it came from."""
    wrong = {f"{who} on {version}: {' and '.join(named) or 'no header'}"
             for who, found in (("rider", answers), ("tester", testers))
             for version, named in found if named != [version]}  # fmt: skip
    that(not wrong, "the header of some answers", expected="the version", got=sorted(wrong))
