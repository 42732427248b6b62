"""The process that judges answers: one JSON line asked, one answered, until its owner is gone.

It forks a limited child for every answer, so it must never have threads. It keeps what is slow to
make: PostgreSQL for those labs that need it, and how known mistakes behave.
"""

import json
import os
import select
from dataclasses import replace
from pathlib import Path

from labs.kit.check.diagnosis import behaviour, diagnose
from labs.kit.check.result import Result, Verdict
from labs.kit.check.runner import default_seed, run
from labs.kit.check.sandbox import run_apart
from labs.kit.course import Answer, Exercise
from labs.kit.provide import Bench
from labs.kit.trouble import Trouble


def serve():
    """The worker's side: one line asked, one line answered, until the owner is gone."""
    lines, out = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)  # Whatever prints in here must not be taken for a reply.
    with Bench() as bench:
        judge = Judge(bench, lambda: gone(lines))
        for line in iter(lines.readline, b""):
            out.write(json.dumps(judge.reply(json.loads(line))).encode() + b"\n")
            out.flush()


def gone(lines):
    """The owner sends nothing while it waits; input that is readable then is the end of it."""
    return bool(select.select([lines], [], [], 0)[0])


class Judge:
    """Answers requests; remembers how known mistakes behave."""

    def __init__(self, bench, owner_gone):
        self.bench, self.owner_gone, self.known = bench, owner_gone, {}

    def reply(self, asked):
        facts = asked["exercise"]
        exercise = Exercise(facts["slug"], Path(facts["folder"]), facts["seconds"])
        answer = Answer(Path(asked["path"]), asked["text"])
        seed = default_seed(exercise.slug) if asked["seed"] is None else asked["seed"]
        try:
            return self._judged(exercise, answer, seed, asked)
        except Trouble as trouble:
            said = Result(exercise.slug, Verdict.BROKEN, seed, message=str(trouble)).as_json()
            return [said] * len(asked["pairs"]) if "pairs" in asked else said

    def _judged(self, exercise, answer, seed, asked):
        provided = self.bench.provided(exercise)
        if "pairs" in asked:
            return self._batch(exercise, asked["pairs"], provided)
        reply = self._apart(exercise, seed, lambda: run(exercise, answer, seed, provided).as_json())
        if not asked["diagnosed"]:
            return reply
        return self._diagnosed(exercise, answer, seed, provided, reply)

    def _batch(self, exercise, pairs, provided):
        def work():
            answers = [Answer(Path(pair["path"]), pair["text"]) for pair in pairs]
            seeds = [pair["seed"] for pair in pairs]
            runs = zip(answers, seeds, strict=True)
            return [run(exercise, answer, seed, provided).as_json() for answer, seed in runs]

        longer = replace(exercise, seconds=exercise.seconds * len(pairs))
        replies = self._apart(longer, None, work)
        return replies if isinstance(replies, list) else [replies] * len(pairs)

    def _apart(self, exercise, seed, work):
        reply = run_apart(exercise, seed, work, self.owner_gone)
        if isinstance(reply, dict) and "broken" in reply:
            return Result(
                exercise.slug,
                Verdict.BROKEN,
                default_seed(exercise.slug) if seed is None else seed,
                message=reply["broken"],
                trace=reply["trace"],
            ).as_json()
        return reply

    def _diagnosed(self, exercise, answer, seed, provided, reply):
        result = Result.from_json(reply)
        no_mistake = result.verdict in (Verdict.PASS, Verdict.BROKEN)
        if no_mistake or answer.text.strip() == exercise.starter.text.strip():
            return reply
        known = self._behaviours(exercise, seed, provided)
        result.mistake = diagnose(exercise, result, known)
        return result.as_json()

    def _behaviours(self, exercise, seed, provided):
        key = (exercise.slug, seed, fingerprint(exercise))
        if key not in self.known:
            pairs = [{"path": str(m.path), "text": m.text, "seed": seed} for m in exercise.mistakes]
            replies = self._batch(exercise, pairs, provided)
            names = [mistake.name for mistake in exercise.mistakes]
            results = [Result.from_json(reply) for reply in replies]
            self.known[key] = dict(zip(names, map(behaviour, results), strict=True))
        return self.known[key]


def fingerprint(exercise):
    """When the files of an exercise were last written: an author edits while a worker is warm."""
    return tuple(
        (str(path), path.stat().st_mtime_ns)
        for path in sorted(exercise.folder.rglob("*"))
        if path.is_file()
    )


if __name__ == "__main__":
    serve()
    # The owner waits for this end, and all that Python would tidy up is memory.
    os._exit(0)
