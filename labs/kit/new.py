"""`lab new`: the parts of a lab, honest about what is missing until it passes `lab verify`."""

import datetime
import json
import re
from pathlib import Path

from labs.kit.course import TRACKS, Course, Lab
from labs.kit.ledger import FILE, Ledger
from labs.kit.trouble import Trouble
from labs.kit.work import create, write

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SERVERS = "envoy, postgres, valkey, prometheus, alertmanager"


def begin(course: Course, slug: str, exercise: str | None = None, kind: str = "py") -> str:
    """Write a lab, or an exercise of one that is there; what was written, in lines."""
    track, name = parts(slug)
    if exercise is not None and not NAME.fullmatch(exercise):
        raise Trouble(f"`{exercise}` is no name: small letters, digits and hyphens, as `backoff`.")
    if slug in course.slugs:
        return begin_exercise(course.lab(slug), exercise, kind)
    first = exercise or "first"
    folder = course.root / "labs" / slug
    files = {
        course.root / "docs" / f"{slug}.md": page(slug, name, first),
        folder / "lab.toml": facts(first),
        **answers(folder / first, kind),
        course.root / "notebooks" / f"{slug}.ipynb": notebook(slug, first),
    }
    nav = course.root / "mkdocs.yml"
    listed = with_page(nav, track, slug)
    create_all(files)
    write(nav, listed.encode())
    return report(course, slug, [*files, nav, *promised(course.root, slug)])


def begin_exercise(lab: Lab, name: str | None, kind: str) -> str:
    """One more for a lab that is there: its folder, and its name in the list."""
    if name is None:
        raise Trouble(
            f"{lab.folder} exists, and is left as it is. "
            f"`lab new {lab.slug} --exercise NAME` adds an exercise to it."
        )
    if name in lab.names:
        raise Trouble(f"{lab.slug}/{name} exists, and is left as it is.")
    path = lab.folder / "lab.toml"
    before = path.read_text(encoding="utf-8")
    names = ", ".join(f'"{each}"' for each in [*lab.names, name])
    after = re.sub(r"^exercises\s*=\s*\[[^]]*]", f"exercises = [{names}]", before, flags=re.M)
    files = answers(lab.folder / name, kind)
    create_all(files)
    write(path, after.encode())
    root = lab.root
    return (
        report(Course(root), lab.slug, [*files, path, *promised(root, lab.slug)])
        + f"\nIts page needs an `exercise` fence for {lab.slug}/{name}, and its notebook a cell "
        f"`%exercise {lab.slug}/{name}`."
    )


def promised(root: Path, slug: str) -> list[Path]:
    """Its lines in the ledger of permanent links; where there is no ledger, nothing."""
    ledger = Ledger.read(root)
    if not ledger.links:
        return []
    before = (root / FILE).read_text(encoding="utf-8")
    lines = "".join(f'{ledger.proposed(a)} = "{a}"\n' for a in ledger.missing() if slug in a)
    links, mark, moved = before.partition("\n[moved]")
    write(root / FILE, f"{links}{lines}{mark}{moved}".encode())
    return [root / FILE]


def parts(slug: str) -> tuple[str, str]:
    track, _, name = slug.strip("/").partition("/")
    if track not in TRACKS:
        raise Trouble(f"`{track}` is not a track. There are {', '.join(TRACKS)}.")
    if not NAME.fullmatch(name):
        raise Trouble(
            f"`{slug}` does not name a lab: it is a track and a name of small letters, digits and "
            f"hyphens, as `{track}/retries`."
        )
    return track, name


def create_all(files: dict[Path, str]) -> None:
    """All of them or none, and none in the place of another."""
    for path in files:
        if path.exists():
            raise Trouble(f"{path} exists, and is left as it is. Nothing was written.")
    made = []
    try:
        for path, text in files.items():
            create(path, text.encode())
            made.append(path)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def report(course: Course, slug: str, paths: list[Path]) -> str:
    written = "\n".join(f"  {path.relative_to(course.root)}" for path in paths)
    return (
        f"Written:\n{written}\n"
        "It teaches nothing yet, and says so wherever it says TODO.\n"
        f"Next: `lab verify {slug}` says what is missing."
    )


def with_page(nav: Path, track: str, slug: str) -> str:
    """mkdocs.yml with the page listed: below its track's others, or its track's heading."""
    try:
        lines = nav.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise Trouble(f"{nav} does not exist. It gives the labs their order.") from None

    def found(pattern: str) -> list[int]:
        return [place for place, line in enumerate(lines) if re.match(pattern, line)]

    own = found(rf"\s*- (.+: )?{track}/\S+\.md$")
    # `Data stores:` is the heading of `datastores`.
    spaced = " ?".join(track)
    heads = found(rf"(?i)\s*- {spaced}:\s*(\[\])?$")
    places = own[-1:] or heads[:1] or found(r"\s*- (.+: )?\S+\.md$")[-1:]
    if not places:
        raise Trouble(f"{nav} has no `nav` to put the page in. List `{slug}.md` there first.")
    place = places[0]
    indent = re.match(r"\s*", lines[place])[0]  # type: ignore[index]
    if not own and heads:
        lines[place] = lines[place].removesuffix("[]").rstrip()
        indent += "    "
    lines.insert(place + 1, f"{indent}- {slug}.md")
    return "\n".join(lines) + "\n"


def page(slug: str, name: str, exercise: str) -> str:
    title = name.replace("-", " ").capitalize()
    return f"""# TODO: {title}

```lab
{slug}
```

!!! incident "If you are in an incident"

    TODO: What to do now, in three lines, the first command among them.

TODO: What failed, at Fareway, and what it looked like.

## TODO: A claim, or a question

TODO: A command, its output from a run, and what one number in it means.

```exercise
{slug}/{exercise}
```
"""


def facts(exercise: str) -> str:
    return f"""minutes = 30
owner = "TODO"
reviewed = {datetime.date.today()}
# What one can do afterwards; each begins with a verb.
objectives = []
prerequisites = []
# What the checks start: {SERVERS}.
needs = []
# Two to four, in the order of the page.
exercises = ["{exercise}"]
"""


CHECKS = '''"""TODO: Say what is looked at."""

from labs.kit.check import that


def nothing_is_claimed_yet(solution):
    """TODO: A sentence that is true of every right answer."""
    that(False, "this check is not written yet")
'''
TASK = "TODO: Say the task, and all that is judged: names, units, limits."
WHY = "TODO: Say why this is right."
STARTERS = {
    "py": f'"""{TASK}"""\n\n\ndef answer(number):\n    return number  # TODO: the work\n',
    "sql": f"-- {TASK}\nSELECT 1; -- TODO: the work\n",
    "yaml": f"# {TASK}\nanswer: 1  # TODO: the work\n",
}
SOLUTIONS = {
    "py": f'"""{WHY}"""\n\n\ndef answer(number):\n    raise NotImplementedError  # TODO\n',
    "sql": f"-- {WHY}\nSELECT 2; -- TODO\n",
    "yaml": f"# {WHY}\nanswer: 2  # TODO\n",
}


def answers(folder: Path, kind: str) -> dict[Path, str]:
    """An exercise. Without mistakes and alternatives: nobody could invent those."""
    return {
        folder / f"starter.{kind}": STARTERS[kind],
        folder / f"solution.{kind}": SOLUTIONS[kind],
        folder / "checks.py": CHECKS,
        folder / "hints.md": "TODO: One to four lines, vague to concrete, and never the answer.\n",
    }


def notebook(slug: str, exercise: str) -> str:
    cells = [
        code("load", "%load_ext labs"),
        {"cell_type": "markdown", "id": "question", "metadata": {}, "source": "## TODO: one?"},
        code("exercise", f"%exercise {slug}/{exercise}"),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, indent=1) + "\n"


def code(name: str, source: str) -> dict:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {},
        "outputs": [],
        "source": source,
    }
