"""A question to answer before the result is shown; which answer is right, a recorded run says."""

import json
import math
import re
from html import escape
from typing import Any

import yaml

from labs.kit.site.page import Page
from labs.kit.trouble import Trouble

SHAPE = "`question`, `answer`, `options` and, if there is more to say, `unit` and `explanation`"


def prediction(page: Page, body: str) -> str:
    """`answer` names a value of a run; `options` are numbers, or texts that may be the value."""
    asked = read(body)
    options = asked["options"]
    value = page.value(asked["answer"])
    right = nearest(value, options) if is_number(value) else same(value, options)
    unit = f" {asked['unit']}" if "unit" in asked else ""
    # Radio buttons of one name are one choice, so each prediction needs its own.
    name = "prediction-" + asked["answer"].replace("/", "-").replace(".", "-")
    choices = "".join(
        f'<label><input type="radio" name="{name}" value="{place}"> '
        f"<span>{page.line(shown(option, unit))}</span></label>"
        for place, option in enumerate(options)
    )
    return (
        f'<fieldset class="prediction" data-right="{right}"><legend>{page.line(asked["question"])}'
        f"</legend>{choices}<details><summary>The answer</summary>"
        f"<p><strong>{page.line(shown(options[right], unit))}</strong></p>"
        f"{page.text(asked.get('explanation', ''))}</details></fieldset>"
    )


def read(body: str) -> dict[str, Any]:
    try:
        asked = yaml.safe_load(quoted(body))
    except yaml.YAMLError as wrong:
        raise Trouble(f"It is not YAML: {' '.join(str(wrong).split())}.") from None
    needed = {"question": str, "answer": str, "options": list}
    optional = {"unit": str, "explanation": str}
    given = set(asked) if isinstance(asked, dict) else set()
    if not set(needed) <= given <= {*needed, *optional}:
        raise Trouble(f"A prediction has {SHAPE}.")
    for name, kind in (needed | optional).items():
        if name in given and not isinstance(asked[name], kind):
            raise Trouble(f"`{name}` of a prediction is a {kind.__name__}; it is {asked[name]!r}.")
    if len(asked["options"]) < 2:
        raise Trouble("A prediction has two options or more.")
    return asked


def quoted(body: str) -> str:
    """A sentence may have a colon in it, which YAML would take for a key."""
    sentence = re.compile(r"^(question|explanation): (?![|>\"'])(.*(?:\n[ \t]+.*)*)$", re.MULTILINE)
    return sentence.sub(lambda m: f"{m[1]}: {json.dumps(' '.join(m[2].split()))}", body)


def nearest(value: float, options: list[Any]) -> int:
    """Which option is meant. It is not clear when a second one is nearly as near."""
    if not all(is_number(option) for option in options):
        raise Trouble(f"The run says {value:.4g}, so the options must be numbers.")
    far = [distance(value, option, options) for option in options]
    first, second = sorted(far)[:2]
    if first > second / 2:
        raise Trouble(
            f"The run says {value:.4g}, which lies between two of the options: "
            f"{', '.join(map(str, options))}. Move them apart, or nearer to it."
        )
    return far.index(first)


def distance(value: float, option: float, options: list[float]) -> float:
    # Between 10 and 1000, 100 is the middle: people guess in factors.
    if min(value, *options) > 0:
        return abs(math.log(value / option))
    return abs(value - option)


def same(value: Any, options: list[Any]) -> int:
    matching = [place for place, option in enumerate(options) if option == value]
    if len(matching) != 1:
        raise Trouble(f"The run says {value!r}, and {len(matching)} of the options are that.")
    return matching[0]


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def shown(option: Any, unit: str) -> str:
    if isinstance(option, bool):
        return "yes" if option else "no"
    if is_number(option):
        # A narrow space, as in 1 300, so that it is neither a decimal point nor a line's end.
        return f"{option:,}".replace(",", "\u202f") + unit.replace(" ", "\u00a0", 1)
    return escape(str(option), quote=False)
