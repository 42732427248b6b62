"""A calculator on a page: its inputs, and a table that was computed when the site was built.

The script docs/assets/calculators/page.js makes sliders of it, from the same definition.
"""

import json
import math
from dataclasses import asdict
from decimal import ROUND_HALF_UP, Context, Decimal
from html import escape
from typing import Any

from labs.kit.course import unknown
from labs.kit.site.calculations import CALCULATIONS, Calculation, Input, Result
from labs.kit.site.formulas import FORMULAS
from labs.kit.site.page import Page
from labs.kit.trouble import Trouble

# A narrow space between thousands, and one that does not break before a unit.
THIN, TIED = "\u202f", "\u00a0"
# JavaScript rounds what is written so, too.
THREE_DIGITS = Context(prec=3, rounding=ROUND_HALF_UP)
TIMES = (
    (1e-3, 1e-6, "µs"),
    (1, 1e-3, "ms"),
    (120, 1, "s"),
    (7200, 60, "min"),
    (172800, 3600, "h"),
    (math.inf, 86400, "days"),
)
STATIC = (
    "These numbers were computed when the site was built. "
    "In a page from a web server, with JavaScript, there are sliders and a plot."
)


def calculator(page: Page, body: str) -> str:
    """`<name of a calculation>`"""
    if body not in CALCULATIONS:
        listed = unknown("calculator", body, list(CALCULATIONS))
        raise Trouble(listed.replace("`lab list`", "labs/kit/site/calculations.py"))
    asked = CALCULATIONS[body]
    values = {each.name: each.default for each in asked.inputs}
    rows = "".join(
        f"<div><dt>{escape(each.label)}</dt><dd>{written_input(each, each.default)}</dd></div>"
        for each in asked.inputs
    )
    return (
        f'<section class="calculator" id="calculator-{asked.name}" data-search-exclude '
        f'aria-label="Calculator: {escape(asked.title)}" '
        f'data-calculation="{escape(json.dumps(asdict(asked)))}">'
        f'<dl class="given">{rows}</dl>'
        f'<p class="says">{escape(sentence(asked, values))}</p>'
        f'<div class="rows">{table(asked, values)}</div>'
        f'<p class="static">{STATIC}</p></section>'
    )


def computed(asked: Calculation, values: dict[str, float]) -> dict[str, Any]:
    return FORMULAS[asked.name](**values)


def sentence(asked: Calculation, values: dict[str, float]) -> str:
    """What the script says as well, below the sliders."""
    found = computed(asked, values)
    words = {each.name: written_input(each, values[each.name]) for each in asked.inputs}
    words |= {each.name: written_result(each, found[each.name]) for each in asked.results}
    return asked.says[found["verdict"]].format(**words)


def table(asked: Calculation, values: dict[str, float]) -> str:
    """A row for each value of the table's input."""
    across = next(each for each in asked.inputs if each.name == asked.table.across)
    columns = [each for each in asked.results if each.name in asked.table.columns]
    labels = [across.label, *(each.label for each in columns)]
    heads = "".join(f'<th scope="col">{escape(label)}</th>' for label in labels)
    rows = ""
    for value in asked.table.values:
        found = computed(asked, values | {across.name: value})
        cells = "".join(f"<td>{written_result(each, found[each.name])}</td>" for each in columns)
        rows += f'<tr><th scope="row">{written_input(across, value)}</th>{cells}</tr>'
    return (
        f'<table class="numbers"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def written_input(given: Input, value: float) -> str:
    return with_unit(grouped(format(Decimal(repr(value)).normalize(), "f")), given.unit)


def written_result(result: Result, value: Any) -> str:
    if value is None:
        return result.missing
    return with_unit(written(value, result.kind), result.unit)


def with_unit(text: str, unit: str) -> str:
    return text + (unit if unit in ("", "×") else TIED + unit)


def written(value: Any, kind: str) -> str:
    if kind == "each":
        return ", ".join(written(each, "time") for each in value)
    if kind == "time":
        return time(value)
    if kind == "share":
        return f"{number(100 * value)}{TIED}%"
    return number(value) + ("×" if kind == "times" else "")


def time(seconds: float) -> str:
    if seconds < 1e-6:
        return f"less than 1{TIED}µs" if seconds else f"0{TIED}s"
    unit, name = next((unit, name) for below, unit, name in TIMES if seconds < below)
    return f"{number(seconds / unit)}{TIED}{name}"


def number(value: float) -> str:
    """Three digits, and whole from a thousand on."""
    if 0 < value < 0.0001:
        return "less than 0.0001"
    exact = Decimal(value)
    rounded = exact.normalize(THREE_DIGITS) if value < 1000 else exact
    if rounded >= 1000:
        rounded = rounded.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return grouped(format(rounded, "f"))


def grouped(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}".replace(",", THIN) + point + rest
