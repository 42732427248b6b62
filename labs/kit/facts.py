"""What a `lab.toml` says, or the sentence that says what is wrong with it."""

import datetime
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from labs.kit.trouble import NotInCourse


def read(path: Path) -> dict[str, Any]:
    """The fields, all of their kind; `seconds` and `reviewed` too, which a file may leave out."""
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as wrong:
        raise NotInCourse(f"{path} is not UTF-8 at byte {wrong.start}.") from None
    except tomllib.TOMLDecodeError as wrong:
        raise NotInCourse(f"{path} cannot be read: {wrong}.") from None
    except OSError as wrong:
        raise NotInCourse(f"{path} cannot be read: {wrong.strerror}.") from None
    facts.setdefault("seconds", {})
    facts.setdefault("reviewed", None)
    for name, (kind, fits) in FIELDS.items():
        if not fits(facts.get(name)):
            came = f"it is {facts[name]!r}" if name in facts else "it is missing"
            raise NotInCourse(f"{path}: `{name}` is {kind}; {came}.")
    extra = sorted(set(facts) - set(FIELDS))
    if extra:
        raise NotInCourse(f"{path}: `{extra[0]}` is not a field. There are {', '.join(FIELDS)}.")
    strange = sorted(set(facts["seconds"]) - set(facts["exercises"]))
    if strange:
        raise NotInCourse(f"{path}: `seconds` has `{strange[0]}`, which is not in `exercises`.")
    return facts


def number(value: object) -> bool:
    # To Python a truth value is a number.
    return isinstance(value, int) and not isinstance(value, bool)


def texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def folders(value: object) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(each, str) and Path(each).name == each for each in value)
        and len(set(value)) == len(value)
    )


def limits(value: object) -> bool:
    return isinstance(value, dict) and all(
        (number(each) or isinstance(each, float)) and each > 0 for each in value.values()
    )


def day(value: object) -> bool:
    return value is None or type(value) is datetime.date


FIELDS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "minutes": ("a whole number", number),
    "owner": ("text", lambda value: isinstance(value, str)),
    "objectives": ("a list of texts", texts),
    "prerequisites": ("a list of texts", texts),
    "needs": ("a list of texts", texts),
    "exercises": ("a list of folders' names, each once", folders),
    "reviewed": ("a day, as 2026-11-23, when somebody last read it through", day),
    "seconds": ("a table of numbers above 0", limits),
}
