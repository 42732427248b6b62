"""How long the contract takes for an exercise, on two processes, as `make test` runs it."""

import re
import subprocess
import sys
import time
from pathlib import Path

from labs.kit.course import Course

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    exercises = Course().exercise_slugs()
    started = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "--durations=8",
         "tests/contract/test_exercises.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - started
    print(f"contract, whole: {seconds:.1f} s for {len(exercises)} exercises; {summary(ran.stdout)}")
    print(f"contract, each:  {seconds / len(exercises):.2f} s (bar: under 1 s)")
    slowest = re.findall(r"^([\d.]+s) (?:call|setup)\s+\S+::(\S+)$", ran.stdout, re.M)
    for took, name in slowest[:5]:
        print(f"    {took:>8}  {name}")


def summary(shown: str) -> str:
    return shown.strip().splitlines()[-1].strip("= ")


if __name__ == "__main__":
    main()
