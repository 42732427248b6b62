"""How long a learner waits for `lab`: a whole command, and a save inside `lab watch`.

The bars: `lab check` of a pure exercise, p95 under 250 ms; inside `watch`, under 100 ms.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from labs.kit.course import Course

RUNS = 40
LAB = Path(sys.executable).parent / "lab"
EXERCISE = Course().exercise("networking/retries/backoff")
WRONG = EXERCISE.mistakes[0].text
RIGHT = EXERCISE.solution.text


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"GROUND_SCHOOL_WORK": folder, "NO_COLOR": "1"}
        answer = Path(folder) / f"{EXERCISE.slug}.py"
        answer.parent.mkdir(parents=True)
        for what, text in (("a mistake", WRONG), ("a right answer", RIGHT)):
            answer.write_text(text, encoding="utf-8")
            taken = [command(environment, "check", EXERCISE.slug) for _ in range(RUNS)]
            show(f"lab check, {what}", taken, 250)
        show("lab list", [command(environment, "list") for _ in range(RUNS)])
        show("a save inside lab watch, to the verdict", saves(environment, answer), 100)


def command(environment: dict[str, str], *words: str) -> float:
    started = time.perf_counter()
    subprocess.run([str(LAB), *words], env=environment, capture_output=True, check=False)
    return time.perf_counter() - started


def saves(environment: dict[str, str], answer: Path) -> list[float]:
    """From the moment that the file is written to the line with the verdict."""
    watch = subprocess.Popen(
        [str(LAB), "watch", EXERCISE.slug], env=environment, stdout=subprocess.PIPE, text=True
    )
    taken = []
    verdict(watch)
    for text in [WRONG, RIGHT] * (RUNS // 2):
        # Between two saves a person thinks; and the last card has been written to its end.
        time.sleep(0.2)
        answer.write_text(text, encoding="utf-8")
        started = time.perf_counter()
        verdict(watch)
        taken.append(time.perf_counter() - started)
    watch.terminate()
    watch.communicate()
    return taken


def verdict(watch: subprocess.Popen[str]) -> None:
    assert watch.stdout is not None
    for line in watch.stdout:
        if line.startswith(("✓", "✗")):
            return


def show(what: str, seconds: list[float], bar: int | None = None) -> None:
    taken = sorted(1000 * each for each in seconds)
    p95 = taken[int(0.95 * len(taken))]
    held = f" (bar: {bar} ms, {'held' if p95 < bar else 'NOT HELD'})" if bar else ""
    print(f"{what:40} median {statistics.median(taken):4.0f} ms  p95 {p95:4.0f} ms{held}")


if __name__ == "__main__":
    main()
