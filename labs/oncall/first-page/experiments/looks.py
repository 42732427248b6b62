"""Three looks at a flood of alerts: which system, what it says itself, and what is silenced."""

import os
import re
import subprocess
import tempfile
from pathlib import Path
from runpy import run_path

from labs.kit.stack import Alertmanager, binary

DATA = Path(__file__).parents[1] / "data"
night = run_path(str(DATA / "night.py"))
outage = run_path(str(DATA / "outage.py"))


def measure():
    with Alertmanager() as alertmanager, tempfile.TemporaryDirectory() as home:
        alertmanager.post(night["FLOOD"] + night["OTHERS"])
        outage["tell_amtool"](Path(home), alertmanager.url)
        return {"looks": [look(name, text, home) for name, text in commands().items()]}


def commands():
    """The commands of the runbook, by the names of their sections."""
    parts = re.findall(
        r"\[start:(\w+)\]\n(.*?)# --8<--", (DATA / "looks.sh").read_text(), re.DOTALL
    )
    return dict(parts)


def look(name, command, home):
    path = os.pathsep.join([str(binary("amtool").parent), os.environ["PATH"]])
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env={**os.environ, "HOME": home, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return {"name": name, "command": command, "lines": done.stdout.rstrip().splitlines()}


def report(data):
    """Without the times, which are another at each run."""
    said = []
    for one in data["looks"]:
        lines = [re.sub(r"  +\S+ \S+ UTC +", "  …  ", line)[:72].rstrip() for line in one["lines"]]
        said += [f"# {one['name']}", *lines]
    return "\n".join(said)


def holds(data):
    systems, system, silences = ([line.split() for line in one["lines"]] for one in data["looks"])
    assert systems[0][1] == '"depends_on":"rides-db"'
    assert int(systems[0][0]) > 10 * int(systems[1][0])
    assert [row[0] for row in system[1:]] == ["RidesDatabaseOutOfConnections"]
    assert len(silences) == 1
