"""The owner's side of a warm process that judges answers; see `judge` for the other.

The command, the notebook and the page each hold one.
"""

import json
import threading
from dataclasses import asdict

from labs.kit.check.result import Result
from labs.kit.spawn import judge
from labs.kit.trouble import Trouble


class Worker:
    """`with Worker() as worker: worker.check(exercise, answer)`. Started at the first check.

    Or given the process, by who has started one already: `labs.kit.spawn`.
    """

    def __init__(self, process=None):
        self.process, self.lock = process, threading.Lock()

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
        asked = request(exercise, exercise.starter, None) | {"pairs": pairs}
        return [Result.from_json(reply) for reply in self._ask(asked)]

    def _ask(self, question):
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self.process = judge()
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
        "exercise": asdict(exercise) | {"folder": str(exercise.folder)},
        "path": str(answer.path),
        "text": answer.text,
        "seed": seed,
    }
