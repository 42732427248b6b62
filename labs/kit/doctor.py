"""What works on this machine, what does not, and the command that mends it: one screen."""

import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from labs.kit.course import ROOT, Course
from labs.kit.progress import Progress
from labs.kit.trouble import Trouble
from labs.kit.work import FOLDER, Work, write

START = "make start"
ELSEWHERE = f"export {FOLDER}=~/ground-school-work"
OLDEST = (3, 11)
FREE_MB = 300
"""What a lab's servers, and their templates, have been seen to take, twice over."""


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, whether it works, and the command that mends it."""

    what: str
    well: bool
    said: str
    remedy: str = ""

    def as_json(self) -> dict:
        return asdict(self)


def examine(course: Course) -> list[Finding]:
    """Look at everything. The servers are started, side by side, and asked a question each."""
    looks: list[tuple[str, str, Callable[[], str]]] = [
        ("Python", "Install Python 3.11 or newer, then: make start", python),
        ("packages", START, packages),
        *((name, START, lambda name=name: server(name)) for name in SERVERS),
        *((name, START, lambda name=name: tool(name)) for name in ("promtool", "amtool")),
        ("course", "lab verify", lambda: labs(course)),
        ("site", START, site),
        ("work folder", ELSEWHERE, lambda: work(course)),
        ("progress", mends_record(course), lambda: progress(course)),
        ("disk", "df -h", lambda: disk(course)),
    ]
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(lambda look: found(*look), looks))


def found(what: str, remedy: str, look: Callable[[], str]) -> Finding:
    """What a look came to. Whatever it raises is a finding, and never the end of the others."""
    try:
        return Finding(what, True, look())
    except Trouble as trouble:
        return Finding(what, False, str(trouble), remedy)
    except Exception as wrong:
        return Finding(what, False, f"{type(wrong).__name__}: {wrong}", remedy)


def text(findings: list[Finding], *, colour: bool = False) -> str:
    width = max(len(finding.what) for finding in findings)
    lines = []
    for finding in findings:
        mark, code = ("✓", 32) if finding.well else ("✗", 31)
        first, *more = finding.said.splitlines() or [""]
        line = f"{mark} {finding.what:{width}}  {first}"
        lines.append(f"\x1b[{code}m{line}\x1b[0m" if colour else line)
        lines += [" " * (width + 4) + each for each in more]
        if finding.remedy:
            lines.append(" " * (width + 4) + f"→ {finding.remedy}")
    ill = sum(not finding.well for finding in findings)
    verdict = f"{ill} of {len(findings)} do not work." if ill else "All of it works."
    return "\n".join([*lines, "", verdict])


def python() -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        raise Trouble(f"{version} is too old.")
    return f"{version}, {sys.executable}"


def packages() -> str:
    """Those that the course names itself, in the versions of the lock file."""
    locked = {
        package["name"]: package
        for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    }
    wrong = []
    needed = [each for each in locked["ground-school"]["dependencies"] if "marker" not in each]
    for name in (each["name"] for each in needed):
        expected, installed = locked[name]["version"], installed_version(name)
        if installed != expected:
            wrong.append(f"{name} {installed or 'is missing'} (uv.lock has {expected})")
    if wrong:
        raise Trouble(f"Not as the lock file says: {', '.join(wrong)}.")
    return f"{len(needed)} as uv.lock says"


def installed_version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


SERVERS: dict[str, tuple[str, str, tuple]] = {
    "envoy": ("envoy", "Envoy", ({},)),
    "postgres": ("postgres", "Postgres", ()),
    "valkey": ("valkey-server", "Valkey", ()),
    "prometheus": ("prometheus", "Prometheus", ()),
    "alertmanager": ("alertmanager", "Alertmanager", ()),
}


def server(name: str) -> str:
    """Its version, after it has started and answered."""
    from labs.kit import stack
    from labs.kit.stack.installation import binary, version

    program, driver, given = SERVERS[name]
    binary(program)
    started = time.perf_counter()
    with getattr(stack, driver)(*given):
        seconds = time.perf_counter() - started
    return f"{version(program)}, answers after {seconds:.1f} s"


def tool(name: str) -> str:
    from labs.kit.stack.installation import binary, version

    path = binary(name)
    number = version(name)
    if number is None:
        raise Trouble(f"{path} does not run.")
    return f"{number}, {path}"


def labs(course: Course) -> str:
    """Every `lab.toml` can be read."""
    if not course.slugs:
        raise Trouble(f"{course.root} holds no labs.")
    exercises = [exercise for slug in course.slugs for exercise in course.lab(slug).exercises]
    return f"{len(course.slugs)} labs with {len(exercises)} exercises, {course.root}"


def site() -> str:
    from labs.kit.site import build

    if not (build.SITE / "index.html").is_file():
        raise Trouble(f"{build.SITE} is not built.")
    return f"{build.SITE}" + ("" if build.fresh() else f"; `{START}` builds what has changed since")


def work(course: Course) -> str:
    folder = Work(course).folder
    probe = folder / ".doctor"
    write(probe, bytes(4096))
    probe.unlink(missing_ok=True)
    return f"{folder}"


def progress(course: Course) -> str:
    return f"{Progress(record(course)).examine()} events, sound"


def mends_record(course: Course) -> str:
    """To move it away mends a damaged record, and is no use where nothing can be written."""
    try:
        work(course)
    except Trouble:
        return ELSEWHERE
    return f"mv '{record(course)}' '{record(course)}.old'"


def record(course: Course) -> Path:
    return Work(course).folder / "progress.db"


def disk(course: Course) -> str:
    """The least of what is free where answers, servers and caches are kept."""
    places = [nearest(Work(course).folder), Path(tempfile.gettempdir()), ROOT]
    free, place = min((shutil.disk_usage(place).free >> 20, place) for place in places)
    if free < FREE_MB:
        raise Trouble(f"{free} MB are free where {place} is; labs need {FREE_MB}.")
    return f"{free} MB free"


def nearest(folder: Path) -> Path:
    """The folder, or what there is of the way to it."""
    return folder if folder.exists() else nearest(folder.parent)
