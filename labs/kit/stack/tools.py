"""Prometheus's and Alertmanager's own judges of what is written for them."""

import subprocess
import tempfile
from pathlib import Path

from labs.kit.stack.installation import binary
from labs.kit.trouble import Trouble


def promtool(*arguments: str, folder: Path | None = None) -> str:
    """What promtool prints, or Trouble in its words. `folder` is where it looks for files."""
    return run("promtool", *arguments, folder=folder)


def amtool(*arguments: str, folder: Path | None = None) -> str:
    """What amtool prints, or Trouble in its words. `folder` is where it looks for files."""
    return run("amtool", *arguments, folder=folder)


def check_rules(rules: str) -> str | None:
    """What promtool has against these rules; None if it takes them."""
    return verdict("promtool", "check", "rules", "rules.yml", files={"rules.yml": rules})


def test_rules(rules: str, tests: str) -> str | None:
    """Which of the unit tests fail, as promtool says it; None if all pass.

    The tests call the file with the rules `rules.yml`.
    """
    files = {"rules.yml": rules, "tests.yml": tests}
    return verdict("promtool", "test", "rules", "tests.yml", files=files)


# Its name is promtool's; pytest is not to collect it.
test_rules.__test__ = False  # type: ignore[attr-defined]


def check_config(config: str) -> str | None:
    """What amtool has against an Alertmanager's configuration; None if it takes it."""
    file = "alertmanager.yml"
    return verdict("amtool", "check-config", file, files={file: config})


def verdict(tool: str, *arguments: str, files: dict[str, str]) -> str | None:
    with tempfile.TemporaryDirectory(prefix="ground-school-") as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text)
        try:
            run(tool, *arguments, folder=Path(folder))
        except Refused as refusal:
            return str(refusal)
    return None


class Refused(Trouble):
    """A tool has something against what it was given."""


# A check's child may write small files only, and promtool sets aside half a gigabyte for a block.
FREE = 'ulimit -S -f "$(ulimit -H -f)"; exec "$0" "$@"'


def run(tool: str, *arguments: str, folder: Path | None = None) -> str:
    command = ["/bin/sh", "-c", FREE, str(binary(tool)), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    if done.returncode:
        raise Refused(f"{done.stdout.strip()}\n{done.stderr.strip()}".strip())
    return done.stdout
