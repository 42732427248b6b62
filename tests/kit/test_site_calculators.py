"""What the calculators compute, against other ways to the same number, and what they show."""

import inspect
import itertools
import json
import logging
import math
import re
from html import unescape
from random import Random

import pytest
from test_site_fences import fence, page, text_of  # noqa: F401

from labs.kit.course import Course
from labs.kit.site import calculators, formulas
from labs.kit.site.calculations import CALCULATIONS

ROOT = Course().root
every_calculation = pytest.mark.parametrize("asked", CALCULATIONS.values(), ids=lambda c: c.name)


def defaults(asked):
    return {each.name: each.default for each in asked.inputs}


def ends(asked):
    """Every input at its least, its default and its most, in every combination."""
    choices = [(each.least, each.default, each.most) for each in asked.inputs]
    names = [each.name for each in asked.inputs]
    return [dict(zip(names, chosen, strict=True)) for chosen in itertools.product(*choices)]


def somewhere(asked, count):
    """Sliders that somebody has moved about."""
    rng = Random(asked.name)
    return [{each.name: slid(rng, each) for each in asked.inputs} for _ in range(count)]


def slid(rng, each):
    steps = round((each.most - each.least) / each.step)
    return round(each.least + rng.randint(0, steps) * each.step, 6)


def recorded(path):
    return json.loads((ROOT / "labs" / path).read_text(encoding="utf-8"))["data"]


def test_retries_are_what_a_real_proxy_sent():
    rows = recorded("networking/retries/experiments/layers.json")["rows"]

    for layers, row in enumerate(rows):
        found = formulas.retries(layers or 1, 3 if layers else 1, 100, 1)
        assert found["sends"] == found["most"] == row["sent"]


def sent(rng, layers, attempts, chance):
    """How often one request is sent, and whether the last layer is left with an error."""
    if layers == 0:
        return 1, rng.random() < chance
    count = 0
    for _ in range(attempts):
        below, failed = sent(rng, layers - 1, attempts, chance)
        count += below
        if not failed:
            break
    return count, failed


@pytest.mark.parametrize("failing", [20, 60, 90])
def test_retries_are_what_layers_that_call_each_other_send(failing):
    rng = Random(failing)
    tried = [sent(rng, 2, 3, failing / 100) for _ in range(20_000)]

    found = formulas.retries(2, 3, failing, 1)

    assert sum(count for count, _ in tried) / 20_000 == pytest.approx(found["sends"], rel=0.03)
    assert sum(failed for _, failed in tried) / 20_000 == pytest.approx(found["errors"], abs=0.02)


def test_nobody_tries_again_when_nothing_fails():
    assert formulas.retries(5, 6, 0, 400)["load"] == 400


def waited(hop, given):
    """How long the caller of this hop waits, when the service never answers."""
    if hop == 0:
        return given["timeout"]
    clock = given["work"] / 1000
    tries = given["attempts"] if hop <= given["retrying"] else 1
    for number in range(tries):
        clock += given["pause"] if number else 0
        clock += waited(hop - 1, given)
    return clock


@pytest.mark.parametrize("retrying", [0, 1, 2, 4])
def test_a_worst_case_is_what_hops_wait_that_call_each_other(retrying):
    given = {"work": 30, "timeout": 0.5, "attempts": 3, "pause": 0.2, "retrying": retrying}

    found = formulas.timeouts(deadline=3, hops=4, **given)

    assert found["worst"] == pytest.approx(waited(4, given))
    assert found["each"] == pytest.approx([waited(hop, given) for hop in (3, 2, 1, 0)])


def test_the_longest_timeout_that_fits_ends_at_the_deadline():
    given = defaults(CALCULATIONS["timeouts"])
    longest = formulas.timeouts(**given)["affordable"]

    found = formulas.timeouts(**given | {"timeout": longest})

    assert found["worst"] == pytest.approx(given["deadline"])


def test_no_timeout_fits_where_pauses_are_longer_than_the_deadline():
    found = formulas.timeouts(**defaults(CALCULATIONS["timeouts"]) | {"pause": 5})

    assert found["verdict"] == "hopeless"
    assert found["affordable"] is None


def test_three_nines_are_forty_three_minutes_of_thirty_days():
    found = formulas.budget(99.9, 30, 100, 1, 1, 14.4)

    assert found["outage"] == pytest.approx(43.2 * 60)
    assert found["exhausted"] == pytest.approx(43.2 * 60)


@pytest.mark.parametrize(
    ("threshold", "window", "spent"), [(14.4, 1, 0.02), (6, 6, 0.05), (1, 72, 0.1)]
)
def test_alerts_of_the_workbook_fire_when_its_share_of_the_budget_is_spent(
    threshold, window, spent
):
    assert formulas.budget(99.9, 30, 5, 1, window, threshold)["alerted"] == pytest.approx(spent)


def test_an_alert_fires_when_a_real_prometheus_fired():
    """There 0.05 % failed before the outage, which saves the rule part of a minute."""
    rules = recorded("observability/ok-but-broken/experiments/burn.json")["rules"]
    minutes = next(rule["outage"][0] for rule in rules if rule["rule"] == "1 h")

    found = formulas.budget(**defaults(CALCULATIONS["budget"]))

    assert found["detected"] / 60 == pytest.approx(minutes, abs=0.5)


def test_a_budget_is_spent_by_what_fails_request_by_request():
    allowed, failed = 30 * 24 * 3600 * 0.001, 3 * 3600 * 0.02

    assert formulas.budget(99.9, 30, 2, 3, 1, 14.4)["spent"] == pytest.approx(failed / allowed)


@pytest.mark.parametrize(
    ("failing", "threshold", "slo", "verdict"),
    [
        (1.44, 14.4, 99.9, "fires"),
        (1.4, 14.4, 99.9, "quiet"),
        (0.1, 14.4, 99.9, "lasts"),
        (0, 14.4, 99.9, "lasts"),
        (100, 20.1, 95, "blind"),
        (100, 20, 95, "fires"),
    ],
)
def test_an_alert_fires_at_its_burn_rate_and_not_below(failing, threshold, slo, verdict):
    assert formulas.budget(slo, 30, failing, 1, 1, threshold)["verdict"] == verdict


@pytest.mark.parametrize(("servers", "load"), [(1, 0.8), (3, 2), (12, 11.5), (40, 20)])
def test_erlang_c_is_what_its_sum_of_factorials_says(servers, load):
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    others = sum(load**number / math.factorial(number) for number in range(servers))

    assert formulas.erlang_c(servers, load) == pytest.approx(last / (others + last))


def test_erlang_c_holds_where_factorials_overflow():
    assert 0 < formulas.erlang_c(2000, 1950) < 1
    assert formulas.least_connections(2000) > 2000


def queue(rng, rate, service, servers, count):
    """The waits in a queue with this many servers, one request after the other."""
    now, free, waits = 0.0, [0.0] * servers, []
    for _ in range(count):
        now += rng.expovariate(rate)
        first = min(range(servers), key=free.__getitem__)
        begins = max(now, free[first])
        free[first] = begins + rng.expovariate(1 / service)
        waits.append(begins - now)
    return sorted(waits)


def test_a_pool_waits_as_a_queue_does_that_is_played_through():
    waits = queue(Random(7), rate=50, service=0.04, servers=3, count=200_000)

    found = formulas.pool(rate=200, held=40, instances=4, connections=3)

    assert sum(waits) / len(waits) == pytest.approx(found["wait"], rel=0.05)
    assert sum(wait > 0 for wait in waits) / len(waits) == pytest.approx(found["waiting"], rel=0.03)
    assert waits[len(waits) * 99 // 100] == pytest.approx(found["slow"], rel=0.06)


def test_one_connection_less_than_needed_is_too_few():
    needed = formulas.pool(200, 40, 4, 3)["needed"]

    assert formulas.pool(200, 40, 4, needed)["waiting"] <= 0.01
    assert formulas.pool(200, 40, 4, needed - 1)["waiting"] > 0.01


def test_a_pool_as_large_as_the_average_is_overloaded():
    found = formulas.pool(rate=100, held=30, instances=1, connections=3)

    assert (found["verdict"], found["wait"]) == ("overloaded", None)


def test_five_percent_fewer_hits_are_twice_the_load():
    found = formulas.cache(10_000, 95, 90, 1200, 100_000)

    assert found["before"] == pytest.approx(500)
    assert found["factor"] == pytest.approx(2)


def test_a_cache_fills_as_fast_as_its_database_answers():
    share, rate, capacity, keys = 0.95, 10_000, 1200, 100_000
    seconds, missing, step = 0.0, 1.0, 0.01
    while (let_in := capacity / (1 - share + share * missing)) < rate:
        missing -= let_in * share * missing / keys * step
        seconds += step

    assert formulas.cache(rate, 95, 90, capacity, keys)["warm"] == pytest.approx(seconds, rel=0.001)


def test_a_cache_never_fills_when_the_good_day_is_too_much():
    found = formulas.cache(10_000, 88, 88, 1200, 100_000)

    assert (found["warm"], found["verdict"]) == (None, "broken")


@every_calculation
def test_a_formula_takes_what_the_sliders_give(asked):
    taken = inspect.signature(formulas.FORMULAS[asked.name]).parameters

    assert set(taken) == {each.name for each in asked.inputs}


@every_calculation
def test_every_verdict_has_a_sentence_and_every_sentence_a_verdict(asked):
    chosen = [*ends(asked), *somewhere(asked, 500)]

    assert {calculators.computed(asked, values)["verdict"] for values in chosen} == set(asked.says)


@every_calculation
def test_at_the_ends_of_all_sliders_everything_is_a_number_or_missing(asked):
    for values in ends(asked):
        found = calculators.computed(asked, values)
        numbers = [found[each.name] for each in asked.results if each.kind != "each"]
        assert all(number is None or math.isfinite(number) for number in numbers)
        assert "{" not in calculators.sentence(asked, values)
        assert found["span"] > next(
            each.least for each in asked.inputs if each.name == asked.plot.across
        )


@every_calculation
def test_defaults_and_the_table_are_values_that_the_sliders_have(asked):
    inputs = {each.name: each for each in asked.inputs}
    shown = [(each, each.default) for each in asked.inputs]
    shown += [(inputs[asked.table.across], value) for value in asked.table.values]

    for each, value in shown:
        steps = (value - each.least) / each.step
        assert each.least <= value <= each.most
        assert steps == pytest.approx(round(steps)), (each.name, value)


@every_calculation
def test_plot_and_table_name_what_there_is(asked):
    inputs = {each.name for each in asked.inputs}
    results = {each.name for each in asked.results}

    assert {asked.plot.across, asked.table.across, *asked.plot.beside} <= inputs
    assert {asked.plot.up, *asked.table.columns} <= results
    assert isinstance(asked.plot.limit, float | int | None) or asked.plot.limit in inputs | results
    for words in asked.says.values():
        assert set(re.findall(r"{(\w+)}", words)) <= inputs | results


@every_calculation
def test_a_page_has_the_inputs_the_sentence_and_the_table_without_a_script(page, asked):  # noqa: F811
    html = page(fence("calculator", asked.name))
    words = unescape(text_of(html)).replace("\xa0", " ").replace("\u202f", " ")

    assert all(each.label in words for each in asked.inputs)
    says = calculators.sentence(asked, defaults(asked))
    assert " ".join(says.split()) in words
    assert html.count('<th scope="row">') == len(asked.table.values)


def test_a_page_gives_the_script_its_definition(page):  # noqa: F811
    html = page(fence("calculator", "retries"))
    given = json.loads(unescape(re.search('data-calculation="([^"]+)"', html)[1]))

    assert given["name"] == "retries"
    assert given["inputs"][0]["label"] == "Layers that retry"


def test_an_unknown_calculator_is_said_with_the_nearest(page, caplog):  # noqa: F811
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        html = page(fence("calculator", "retry"))

    assert "The nearest is `retries`." in caplog.text
    assert 'class="fault"' in html


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (999.6, "count", "1\u202f000"),
        (1.125, "count", "1.13"),
        (10800, "count", "10\u202f800"),
        (0.00001, "count", "less than 0.0001"),
        (14.4, "times", "14.4×"),
        (0.5, "share", "50\xa0%"),
        (0, "time", "0\xa0s"),
        (0.0178, "time", "17.8\xa0ms"),
        (2.5e-8, "time", "less than 1\xa0µs"),
        (2592, "time", "43.2\xa0min"),
        (51840, "time", "14.4\xa0h"),
        (2592000, "time", "30\xa0days"),
        ([0.5, 1], "each", "500\xa0ms, 1\xa0s"),
    ],
)
def test_a_number_is_written_in_three_digits_and_a_unit_that_suits_it(value, kind, words):
    assert calculators.written(value, kind) == words
