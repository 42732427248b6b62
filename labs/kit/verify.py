"""Prove labs: every starter fails, every answer passes, every mistake is answered as itself."""

import os
import time
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

from labs.kit.check.diagnosis import behaviour, diagnose
from labs.kit.check.result import Result, Verdict
from labs.kit.check.runner import default_seed
from labs.kit.check.worker import Worker
from labs.kit.course import Course, Exercise, Lab, read_lab
from labs.kit.layout import faults
from labs.kit.mutants import mutants
from labs.kit.proofs import content, overdue, stale
from labs.kit.trouble import NotInCourse

LONG = "GROUND_SCHOOL_LONG"


def seeds(exercise):
    """The learner's seed and 19 more; where real servers take their time, 3 but for the long form.

    The outcome of a check on a server must not depend on the seed alone, so what many seeds prove
    there is that it is stable: `make proof` runs all 20.
    """
    served = read_lab(exercise.lab, exercise.folder.parent).needs
    count = 20 if os.environ.get(LONG) or not served else 3
    return [default_seed(exercise.slug), *range(1000, 1000 + count - 1)]


@dataclass
class Proof:
    """What was run of one exercise. Each part runs once, when it is first asked for."""

    exercise: Exercise
    worker: Worker
    excused: dict[str, str] = field(default_factory=dict)

    @cached_property
    def seeds(self) -> list[int]:
        return seeds(self.exercise)

    @cached_property
    def results(self) -> dict[str, list[Result]]:
        """Every answer that the exercise ships, by path, with every seed: diagnosed."""
        exercise = self.exercise
        right = [exercise.solution, *exercise.alternatives]
        shipped = [exercise.starter, *right, *exercise.mistakes]
        pairs = [(answer, seed) for answer in shipped for seed in self.seeds]
        found: dict[str, list[Result]] = {str(answer.path): [] for answer in shipped}
        for (answer, _), result in zip(pairs, self.worker.batch(exercise, pairs), strict=True):
            found[str(answer.path)].append(result)
        for place in range(len(self.seeds)):
            known = {m.name: behaviour(found[str(m.path)][place]) for m in exercise.mistakes}
            for mistake in exercise.mistakes:
                result = found[str(mistake.path)][place]
                result.mistake = diagnose(exercise, result, known)
        return found

    @property
    def starter(self) -> list[Result]:
        return self.results[str(self.exercise.starter.path)]

    @property
    def answers(self) -> dict[str, list[Result]]:
        right = [self.exercise.solution, *self.exercise.alternatives]
        return {answer.name: self.results[str(answer.path)] for answer in right}

    @property
    def mistakes(self) -> dict[str, list[Result]]:
        return {m.name: self.results[str(m.path)] for m in self.exercise.mistakes}

    @cached_property
    def mutants(self) -> dict[str, Result]:
        """By name; one seed, the learner's. Each apart from the others: some never end."""
        check, exercise, seed = self.worker.check, self.exercise, self.seeds[0]
        found = mutants(exercise.solution)
        return {name: check(exercise, mutant, seed, diagnosed=False) for name, mutant in found}

    @property
    def starter_fails(self) -> bool:
        first = {failing(result)[:1] for result in self.starter}
        return {r.verdict for r in self.starter} == {Verdict.FAIL} and len(first) == 1

    @property
    def answers_passing(self) -> list[str]:
        return [name for name, results in self.answers.items() if all(r.passed for r in results)]

    @property
    def mistakes_diagnosed(self) -> list[str]:
        return [
            name
            for name, results in self.mistakes.items()
            if all(r.mistake and r.mistake.name == name for r in results)
        ]

    @property
    def survivors(self) -> list[str]:
        return [name for name, result in self.mutants.items() if result.passed]

    @property
    def checks(self) -> list[str]:
        return [outcome.name for outcome in self.starter[0].checks]

    @property
    def checks_needed(self) -> list[str]:
        """The checks that are the only one to catch something."""
        caught = [failing(results[0]) for results in self.mistakes.values()]
        caught += [failing(result) for result in self.mutants.values()]
        alone = {names[0] for names in caught if len(names) == 1}
        return [name for name in self.checks if name in alone]

    def faults(self) -> list[str]:
        """A sentence for everything that is not as it must be."""
        slug, said = self.exercise.slug, []
        if not self.starter_fails:
            verdicts = ", ".join(sorted({str(r.verdict) for r in self.starter}))
            said.append(f"{slug}: the starter must fail, at one check; it came to {verdicts}.")
        for name, results in self.answers.items():
            bad = [r for r in results if not r.passed]
            if bad:
                said.append(f"{slug}: {name} must pass. With seed {bad[0].seed}: {why(bad[0])}")
        for name, results in self.mistakes.items():
            said += self._mistake_faults(name, results)
        unkilled = [name for name in self.survivors if name not in self.excused]
        said += [f"{slug}: no check notices this change to the solution: {n}." for n in unkilled]
        idle = [name for name in self.checks if name not in self.checks_needed]
        said += [f"{slug}: nothing is caught by {name} alone. Is it needed?" for name in idle]
        return said

    def _mistake_faults(self, name, results):
        where = f"{self.exercise.folder}/mistakes/{name}{self.exercise.solution.suffix}"
        wrong = [r for r in results if not r.mistake or r.mistake.name != name]
        if any(r.passed for r in results):
            return [
                f"{where} passes every check. A mistake must fail. Either a check is missing, or "
                "this answer is right: then move it to alternatives/."
            ]
        if wrong:
            other = wrong[0].mistake.name if wrong[0].mistake else "no mistake"
            return [f"{where} is diagnosed as {other} with seed {wrong[0].seed}: {why(wrong[0])}"]
        return []

    def counts(self) -> Counter:
        return Counter(
            exercises=1,
            starters_failing=int(self.starter_fails),
            answers=len(self.answers),
            answers_passing=len(self.answers_passing),
            mistakes=len(self.mistakes),
            mistakes_diagnosed=len(self.mistakes_diagnosed),
            mutants=len(self.mutants),
            survivors=len(self.survivors),
            checks=len(self.checks),
            checks_needed=len(self.checks_needed),
        )


COUNTED = (
    "exercises", "starters_failing", "answers", "answers_passing", "mistakes",
    "mistakes_diagnosed", "mutants", "survivors", "checks", "checks_needed",
)  # fmt: skip


def failing(result) -> tuple[str, ...]:
    return tuple(o.name for o in result.checks if o.verdict not in (Verdict.PASS, Verdict.SKIPPED))


def why(result) -> str:
    for outcome in result.checks:
        if outcome.verdict not in (Verdict.PASS, Verdict.SKIPPED):
            came = f": expected {outcome.expected}, got {outcome.got}" if outcome.expected else ""
            return f"{outcome.verdict} at {outcome.name}, {outcome.what}{came}"
    return f"{result.verdict} {result.message}".strip()


@dataclass
class Entry:
    """One lab of a report. `content` is the mark of what was there when the run began."""

    slug: str
    counts: Counter
    faults: list[str]
    seconds: float
    lab: Lab | None = None
    content: str = ""

    @property
    def notes(self) -> dict[str, str]:
        """Sentences, or nothing: what is to be done although every promise holds."""
        if self.lab is None:
            return {"overdue": "", "stale": ""}
        return {
            "overdue": overdue(self.lab),
            "stale": "" if self.faults else stale(self.lab),
        }


@dataclass
class Report:
    """What `lab verify` says."""

    entries: list[Entry]

    @property
    def ok(self) -> bool:
        return bool(self.entries) and not any(entry.faults for entry in self.entries)

    def as_json(self) -> dict:
        labs = {entry.slug: entry for entry in self.entries}
        total = sum((entry.counts for entry in self.entries), Counter())
        seconds = sum(entry.seconds for entry in self.entries)
        return {
            "labs": [
                {"lab": slug}
                | numbers(entry.counts, entry.seconds)
                | {"faults": entry.faults, **entry.notes}
                for slug, entry in labs.items()
            ],
            "total": numbers(total, seconds),
        }

    def text(self) -> str:
        lines = []
        for entry in self.entries:
            shown = numbers(entry.counts, entry.seconds)
            lines.append(f"{'✗' if entry.faults else '✓'} {entry.slug:32}  {in_words(shown)}")
            lines += [f"    {fault}" for fault in entry.faults]
            lines += [f"  ! {note}" for note in entry.notes.values() if note]
        good = "Every promise holds." if self.ok else "Not every promise holds."
        return "\n".join([*lines, "", f"{good} {in_words(self.as_json()['total'])}"])


def numbers(counts, seconds) -> dict:
    return {name: counts[name] for name in COUNTED} | {"seconds": round(seconds, 2)}


def in_words(n) -> str:
    return (
        f"{n['exercises']} exercises, {n['answers_passing']}/{n['answers']} answers pass, "
        f"{n['mistakes_diagnosed']}/{n['mistakes']} mistakes diagnosed, "
        f"{n['survivors']}/{n['mutants']} mutants survive, "
        f"{n['checks_needed']}/{n['checks']} checks needed, {n['seconds']:.1f} s"
    )


def verify(course: Course, slugs: list[str] | None = None) -> Report:
    """Prove these labs, or all. Two at a time: servers wait more than they work."""
    with ThreadPoolExecutor(2) as pool:
        return Report(list(pool.map(lambda slug: entry(course, slug), slugs or course.slugs)))


def entry(course: Course, slug: str) -> Entry:
    started = time.perf_counter()
    counts: Counter = Counter()
    try:
        lab = course.lab(slug)
        said, begun = faults(lab), content(lab)
    except NotInCourse as trouble:
        if slug not in course.slugs:
            raise
        return Entry(slug, counts, [str(trouble)], time.perf_counter() - started)
    with Worker() as worker:
        for exercise in lab.exercises:
            proof = Proof(exercise, worker, survivors(lab, exercise))
            try:
                said += proof.faults()
                counts += proof.counts()
            except NotInCourse as trouble:
                said.append(str(trouble))
    return Entry(slug, counts, said, time.perf_counter() - started, lab, begun)


def survivors(lab: Lab, exercise: Exercise) -> dict[str, str]:
    """Mutants that may live, each with its reason. The list only shrinks."""
    path = lab.root / "tests" / "contract" / "survivors.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return listed.get(exercise.slug, {})
