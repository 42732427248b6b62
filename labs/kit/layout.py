"""What a lab's folder, page and notebook must hold, and that they hold nothing else."""

import json
import re

from labs.kit.course import Answer, Exercise, Lab
from labs.kit.ledger import Ledger
from labs.kit.trouble import Trouble

LIMITS = {"starter": 40, "solution": 40, "alternatives": 40, "mistakes": 40, "checks": 80}
SPARE = ("__pycache__", ".DS_Store")
HERE = "starter.*, solution.*, alternatives/, mistakes/, checks.py and hints.md"


def faults(lab: Lab) -> list[str]:
    """A sentence for each thing that is missing or in excess."""
    said = [fault for exercise in lab.exercises for fault in of_exercise(exercise)]
    return [*of_folder(lab), *of_page(lab), *of_notebook(lab), *said]


def of_folder(lab):
    known = {"lab.toml", "experiments", "data", *lab.names}
    said = []
    for path in sorted(lab.folder.iterdir()):
        if path.name not in known and path.name not in SPARE:
            what = "is not listed under `exercises` in lab.toml" if path.is_dir() else "is unknown"
            said.append(f"{path} {what}. A lab holds lab.toml, its exercises and experiments/.")
    if not 2 <= len(lab.names) <= 4:
        said.append(f"{lab.folder}/lab.toml lists {len(lab.names)} exercises; a lab has 2 to 4.")
    for experiment in sorted((lab.folder / "experiments").glob("*.py")):
        if not experiment.with_suffix(".json").exists():
            said.append(f"{experiment} has no recorded run. `lab run --record` makes one.")
    return said


def of_page(lab):
    if not lab.page.exists():
        return [f"{lab.page} does not exist. It is the lesson."]
    text = lab.page.read_text(encoding="utf-8")
    said = []
    for exercise in lab.exercises:
        count = len(re.findall(rf"^{re.escape(exercise.slug)}$", text, re.MULTILINE))
        if count != 1:
            said.append(f"{lab.page} shows {exercise.slug} {count} times; once is right.")
    nav = (lab.root / "mkdocs.yml").read_text(encoding="utf-8")
    if f"{lab.slug}.md" not in nav:
        said.append(f"mkdocs.yml has no line for {lab.slug}.md under `nav`.")
    ledger = Ledger.read(lab.root)
    # A course that promises nothing yet has nothing to keep.
    return said + [fault for fault in ledger.faults() if ledger.links and f"{lab.slug}/" in fault]


def of_notebook(lab):
    if not lab.notebook.exists():
        return [f"{lab.notebook} does not exist. It is the bench."]
    try:
        cells = json.loads(lab.notebook.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError, TypeError):
        return [f"{lab.notebook} is not a notebook: it has no JSON list of cells."]
    text = "\n".join("".join(cell.get("source", "")) for cell in cells)
    said = []
    for exercise in lab.exercises:
        count = len(re.findall(rf"^%exercise {re.escape(exercise.slug)}$", text, re.MULTILINE))
        if count != 1:
            said.append(f"{lab.notebook} names {exercise.slug} {count} times; once is right.")
    if any(cell.get("outputs") for cell in cells):
        said.append(f"{lab.notebook} has outputs in it. Clear them: they would go stale.")
    return said


def of_exercise(exercise: Exercise) -> list[str]:
    if not exercise.folder.is_dir():
        return [f"{exercise.folder} does not exist, and lab.toml lists it."]
    said = unknown_files(exercise)
    try:
        answers = {
            "starter": [exercise.starter],
            "solution": [exercise.solution],
            "alternatives": exercise.alternatives,
            "mistakes": exercise.mistakes,
            "checks": [Answer.read(exercise.checks)],
        }
    except Trouble as trouble:
        return [*said, str(trouble)]
    if len(exercise.mistakes) < 3:
        said.append(f"{exercise.folder}/mistakes has {len(exercise.mistakes)}; 3 is the least.")
    if not exercise.alternatives:
        said.append(f"{exercise.folder}/alternatives is empty; one right answer more is the least.")
    if "TODO" not in exercise.starter.text:
        said.append(f"{exercise.starter.path} has no TODO to say where the work goes.")
    for kind, found in answers.items():
        for answer in found:
            said += of_answer(kind, answer)
    return said + of_hints(exercise)


def unknown_files(exercise):
    said = []
    for path in sorted(exercise.folder.rglob("*")):
        place = path.relative_to(exercise.folder)
        fits = (
            (path.is_dir() and place.as_posix() in ("alternatives", "mistakes"))
            or place.as_posix() in ("checks.py", "hints.md")
            or (len(place.parts) == 1 and path.stem in ("starter", "solution"))
            or (len(place.parts) == 2 and place.parts[0] in ("alternatives", "mistakes"))
        )
        if not fits and not any(part in SPARE for part in place.parts):
            said.append(f"{path} is in excess. An exercise holds {HERE}.")
    return said


def of_answer(kind, answer):
    said = []
    if not answer.words:
        what = "docstring" if answer.suffix == ".py" else "leading comment"
        said.append(f"{answer.path} has no {what}. It is what the learner reads.")
    lines = len(answer.text.splitlines())
    if lines > LIMITS[kind]:
        said.append(f"{answer.path} has {lines} lines; {LIMITS[kind]} is the most.")
    if kind == "mistakes" and len(answer.words.split("\n\n")) < 3:
        said.append(
            f"{answer.path}: its words need three paragraphs: what differs; the consequence and "
            "the direction; and more, for the second time."
        )
    return said


def of_hints(exercise):
    if not 1 <= len(exercise.hints) <= 4:
        path = exercise.folder / "hints.md"
        return [f"{path} has {len(exercise.hints)} hints, a line each; 1 to 4 is right."]
    return []
