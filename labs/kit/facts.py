"""What a `lab.toml` says, or the sentence that says what is wrong with it."""

import datetime
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from labs.kit.trouble import NotInCourse

Fields = dict[str, tuple[str, Callable[[object], bool]]]


def read(path: Path) -> dict[str, Any]:
    """The fields, all of their kind; `seconds` and `reviewed` too, which a file may leave out."""
    facts = checked(str(path), {"seconds": {}, "reviewed": None, **parsed(path)}, FIELDS)
    strange = sorted(set(facts["seconds"]) - set(facts["exercises"]))
    if strange:
        raise NotInCourse(f"{path}: `seconds` has `{strange[0]}`, which is not in `exercises`.")
    return facts


def parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as wrong:
        raise NotInCourse(f"{path} is not UTF-8 at byte {wrong.start}.") from None
    except tomllib.TOMLDecodeError as wrong:
        raise NotInCourse(f"{path} cannot be read: {wrong}.") from None
    except OSError as wrong:
        raise NotInCourse(f"{path} cannot be read: {wrong.strerror}.") from None


def checked(place: str, facts: dict[str, Any], fields: Fields) -> dict[str, Any]:
    """The facts, if they are these fields and each is of its kind."""
    for name, (kind, fits) in fields.items():
        if not fits(facts.get(name)):
            came = f"it is {facts[name]!r}" if name in facts else "it is missing"
            raise NotInCourse(f"{place}: `{name}` is {kind}; {came}.")
    extra = sorted(set(facts) - set(fields))
    if extra:
        raise NotInCourse(f"{place}: `{extra[0]}` is not a field. There are {', '.join(fields)}.")
    return facts


def number(value: object) -> bool:
    # To Python a truth value is a number.
    return isinstance(value, int) and not isinstance(value, bool)


def texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def distinct(value: object) -> bool:
    return isinstance(value, list) and texts(value) and 0 < len(set(value)) == len(value)


def folders(value: object) -> bool:
    named = isinstance(value, list) and all(Path(str(each)).name == each for each in value)
    return value == [] or (named and distinct(value))


def limits(value: object) -> bool:
    return isinstance(value, dict) and all(
        (number(each) or isinstance(each, float)) and each > 0 for each in value.values()
    )


def day(value: object) -> bool:
    return value is None or type(value) is datetime.date


FIELDS: Fields = {
    "minutes": ("a whole number", number),
    "owner": ("text", lambda value: isinstance(value, str)),
    "objectives": ("a list of texts", texts),
    "prerequisites": ("a list of texts", texts),
    "needs": ("a list of texts", texts),
    "exercises": ("a list of folders' names, each once", folders),
    "reviewed": ("a day, as 2026-11-23, when somebody last read it through", day),
    "seconds": ("a table of numbers above 0", limits),
}
