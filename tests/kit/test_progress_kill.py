"""`kill -9` of a writer loses nothing that it was told is recorded.

The short form kills 30 writers; GROUND_SCHOOL_LONG=1 kills 1,000.
"""

import os
import random
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from labs.kit.progress import Progress

KILLS = 1000 if os.environ.get("GROUND_SCHOOL_LONG") else 30
WRITERS = 3

# The acknowledgement is written after `record` returned, and with one call: it is whole or absent.
WRITER = """
import os, sys
from pathlib import Path
from labs.kit.progress import Progress
progress = Progress(Path(sys.argv[1]), patience=60)
number = 0
while True:
    progress.record("checked", sys.argv[2], number=number)
    os.write(1, b"%d\\n" % number)
    number += 1
"""


def killed(path, life, acknowledgements, fraction):
    """The last number that a writer was told is recorded; it dies somewhere in the next."""
    command = [sys.executable, "-c", WRITER, str(path), f"a/b/{life}"]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE)
    for _ in range(acknowledgements):
        writer.stdout.readline()
    # Not a wait for anything: it spreads the kill over the moments of a write.
    try:
        writer.wait(timeout=fraction * 0.004)
    except subprocess.TimeoutExpired:
        writer.kill()
    rest = writer.stdout.read().split()
    writer.wait()
    writer.stdout.close()
    return acknowledgements - 1 + len(rest)


def test_what_was_acknowledged_is_there_after_kill_nine(tmp_path):
    path = tmp_path / "progress.db"
    draw = random.Random(2)
    lives = [(life, draw.randrange(1, 4), draw.random()) for life in range(KILLS)]

    with ThreadPoolExecutor(WRITERS) as threads:
        last = list(threads.map(lambda life: killed(path, *life), lives))

    lost, acknowledged = 0, 0
    for life, number in enumerate(last):
        seen = [event.facts["number"] for event in Progress(path).events(f"a/b/{life}")]
        # One more than was acknowledged may be there: it was recorded, and not yet said.
        assert seen == list(range(len(seen)))
        lost += max(0, number + 1 - len(seen))
        acknowledged += number + 1
    print(f"{KILLS} kills, {acknowledged} events acknowledged, {lost} lost")
    assert acknowledged > KILLS
    assert lost == 0
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
