"""Start the process that judges answers.

Apart from all else, so that a command can do it before it imports anything: that process takes
longer to begin than the rest of the command.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def judge() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "labs.kit.check.judge"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        # Ctrl-C in a terminal is for the command, which then closes the worker in order.
        start_new_session=True,
    )
