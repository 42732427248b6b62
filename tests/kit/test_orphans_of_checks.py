"""After `kill -9` of whoever asked for a check, nothing of it is left: no worker, answer or server.

The short form runs always; `GROUND_SCHOOL_LONG=1` makes it a hundred.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from labs.kit.check import strays

SMALL = Path(__file__).parent / "course"
KILLS = 100 if os.environ.get("GROUND_SCHOOL_LONG") else 6
SEED = int(os.environ.get("GROUND_SCHOOL_SEED", random.randrange(10**6)))

# A check that keeps PostgreSQL busy and never ends by itself.
CHECKS = '''
def is_busy(postgres, solution):
    """PostgreSQL counts."""
    with postgres.connect() as connection:
        connection.execute("select count(*) from generate_series(1, 10000000000)")
'''

OWNER = """
import os, sys, threading, time
from pathlib import Path
from labs.kit.check.worker import Worker
from labs.kit.course import Course

exercise = Course(Path(sys.argv[1])).exercise("networking/doubling/twice")
worker = Worker()
how = sys.argv[2]
ask = lambda: worker.check(exercise, exercise.solution)
if how == "thread":
    threading.Thread(target=ask).start()
    time.sleep(60)
elif how == "forked":
    threading.Timer(0.3, lambda: os.fork() or time.sleep(2)).start()
    ask()
else:
    ask()
"""


@pytest.fixture
def busy(tmp_path):
    root = tmp_path / "a course"
    shutil.copytree(SMALL, root)
    lab = root / "labs/networking/doubling"
    toml = (lab / "lab.toml").read_text().replace("needs = []", 'needs = ["postgres"]')
    (lab / "lab.toml").write_text(toml)
    (lab / "twice/checks.py").write_text(CHECKS)
    return root


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
def test_nothing_is_left_after_the_owner_of_a_check_is_killed(busy):
    draw, left = random.Random(SEED), []
    for _ in range(KILLS):
        mark, how = uuid.uuid4().hex, draw.choice(["alone", "thread", "forked"])
        moment = draw.uniform(0.02, 1.5)
        owner = subprocess.Popen(
            [sys.executable, "-c", OWNER, str(busy), how],
            env=os.environ | {"GROUND_SCHOOL_TEST": mark},
        )
        time.sleep(moment)
        owner.send_signal(signal.SIGKILL)
        owner.wait()
        if not gone(mark):
            left.append((how, moment, strays.in_proc(f"GROUND_SCHOOL_TEST={mark}".encode())))
            for pid in left[-1][2]:
                os.kill(pid, signal.SIGKILL)

    assert not left, f"seed {SEED}"


def gone(mark):
    """A forked copy of the owner ends by itself after 2 s; all else has to be gone as well."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if not strays.in_proc(f"GROUND_SCHOOL_TEST={mark}".encode()):
            return True
        time.sleep(0.02)
    return False
