"""A warm process that judges answers: the command, the notebook and the page each hold one.

It speaks JSON lines on its standard input and output, forks a limited child for every answer,
and ends when its owner does.
"""

import json
import os
import select
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from pathlib import Path

from labs.kit.check.result import Result, Verdict
from labs.kit.course import ROOT, Answer, Exercise
from labs.kit.trouble import Trouble


class Worker:
    """`with Worker() as worker: worker.check(exercise, answer)`. Started at the first check."""

    def __init__(self):
        self.process, self.lock = None, threading.Lock()

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.close()

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def check(self, exercise, answer, seed=None, *, diagnosed=True):
        """The Result for one answer. Trouble, if the worker itself was ended."""
        reply = self._ask(request(exercise, answer, seed) | {"diagnosed": diagnosed})
        return Result.from_json(reply)

    def batch(self, exercise, pairs):
        """Results, undiagnosed, for many pairs of an answer and a seed, in one child.

        For answers that are ours: one that does not end takes the whole batch with it.
        """
        pairs = [{"path": str(a.path), "text": a.text, "seed": seed} for a, seed in pairs]
        asked = request(exercise, exercise.starter, None) | {"ask": "batch", "pairs": pairs}
        return [Result.from_json(reply) for reply in self._ask(asked)]

    def _ask(self, question):
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self.process = start()
            try:
                self.process.stdin.write(json.dumps(question).encode() + b"\n")
                self.process.stdin.flush()
                line = self.process.stdout.readline()
            except BrokenPipeError:
                line = b""
            if not line:
                status = self.process.wait()
                self.process = None
                raise Trouble(
                    f"The process that runs checks ended with status {status}. Check again."
                )
            return json.loads(line)


def request(exercise, answer, seed):
    return {
        "ask": "check",
        "exercise": asdict(exercise) | {"folder": str(exercise.folder)},
        "path": str(answer.path),
        "text": answer.text,
        "seed": seed,
    }


def start():
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "labs.kit.check.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        # Ctrl-C in a terminal is for the command, which then closes the worker in order.
        start_new_session=True,
    )


def serve():
    """The worker's side: one line asked, one line answered, until the owner is gone."""
    from labs.kit.provide import Bench

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
        from labs.kit.check.runner import default_seed, run

        facts = asked["exercise"]
        exercise = Exercise(facts["slug"], Path(facts["folder"]), facts["seconds"])
        answer = Answer(Path(asked["path"]), asked["text"])
        seed = default_seed(exercise.slug) if asked["seed"] is None else asked["seed"]
        try:
            provided = self.bench.provided(exercise)
        except Trouble as trouble:
            return Result(exercise.slug, Verdict.BROKEN, seed, message=str(trouble)).as_json()
        if asked["ask"] == "batch":
            return self._batch(exercise, asked["pairs"], provided)
        reply = self._apart(exercise, seed, lambda: run(exercise, answer, seed, provided).as_json())
        if not asked["diagnosed"]:
            return reply
        return self._diagnosed(exercise, answer, seed, provided, reply)

    def _batch(self, exercise, pairs, provided):
        from labs.kit.check.runner import run

        def work():
            answers = [Answer(Path(pair["path"]), pair["text"]) for pair in pairs]
            seeds = [pair["seed"] for pair in pairs]
            runs = zip(answers, seeds, strict=True)
            return [run(exercise, answer, seed, provided).as_json() for answer, seed in runs]

        longer = replace(exercise, seconds=exercise.seconds * len(pairs))
        replies = self._apart(longer, None, work)
        return replies if isinstance(replies, list) else [replies] * len(pairs)

    def _apart(self, exercise, seed, work):
        from labs.kit.check.runner import default_seed
        from labs.kit.check.sandbox import run_apart

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
        from labs.kit.check.diagnosis import diagnose

        result = Result.from_json(reply)
        if result.passed or answer.text.strip() == exercise.starter.text.strip():
            return reply
        known = self._behaviours(exercise, seed, provided)
        result.mistake = diagnose(exercise, result, known)
        return result.as_json()

    def _behaviours(self, exercise, seed, provided):
        from labs.kit.check.diagnosis import behaviour

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
