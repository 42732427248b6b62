"""An experiment of a lab: what `lab run` does, and what the page shows of a recorded run.

It is a file `labs/<track>/<lab>/experiments/<name>.py` with `measure()`, `report(data)`,
`holds(data)` and, where there is something to see, `draw(axes, data)` with `describe(data)`.
"""

import datetime
import importlib.util
import json
import os
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from labs.kit.course import ROOT, Course, unknown
from labs.kit.trouble import NotInCourse, Trouble

COLUMNS = 72


@dataclass(frozen=True)
class Recording:
    """A run that was kept: when, with which servers, and what it measured."""

    date: str
    versions: dict[str, str]
    data: dict[str, Any]


@dataclass(frozen=True)
class Experiment:
    slug: str
    path: Path

    @cached_property
    def module(self) -> ModuleType:
        """The file as a module, for a notebook that wants its other functions too."""
        name = "experiment_" + self.slug.replace("/", "_").replace("-", "_")
        spec = importlib.util.spec_from_file_location(name, self.path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except (SyntaxError, ImportError) as wrong:
            raise Trouble(f"{self.path} cannot be loaded: {wrong}.") from wrong
        for function in ("measure", "report", "holds"):
            if not hasattr(module, function):
                raise Trouble(f"{self.path} has no function `{function}`. An experiment needs one.")
        if hasattr(module, "draw") and not hasattr(module, "describe"):
            raise Trouble(f"{self.path} has `draw` without `describe`, the figure's words.")
        return module

    @property
    def title(self) -> str:
        """What it shows: the first line of its docstring."""
        words = (self.module.__doc__ or "").strip()
        if not words:
            raise Trouble(f"{self.path} has no docstring. Its first line is the caption.")
        return words.splitlines()[0]

    def measure(self, **settings: Any) -> dict[str, Any]:
        """Run it for real. What comes is as JSON would give it back."""
        try:
            return json.loads(json.dumps(self.module.measure(**settings), allow_nan=False))
        except (TypeError, ValueError) as wrong:
            if "JSON" not in str(wrong):
                raise
            raise Trouble(
                f"{self.path}: what `measure` returns cannot be kept: {wrong}."
            ) from wrong

    def report(self, data: dict[str, Any]) -> str:
        """What the command prints."""
        return self.module.report(data).rstrip("\n")

    @property
    def draws(self) -> bool:
        return hasattr(self.module, "draw")

    def draw(self, axes: Any, data: dict[str, Any]) -> None:
        self.module.draw(axes, data)

    def describe(self, data: dict[str, Any]) -> str:
        """The figure in words."""
        return self.module.describe(data).strip()

    def holds(self, data: dict[str, Any]) -> None:
        """Raise AssertionError where the lesson claims more than was measured."""
        self.module.holds(data)

    @property
    def record_path(self) -> Path:
        return self.path.with_suffix(".json")

    @property
    def recorded(self) -> Recording:
        try:
            kept = json.loads(self.record_path.read_text(encoding="utf-8"))
            return Recording(kept["recorded"], kept["versions"], kept["data"])
        except FileNotFoundError:
            raise Trouble(f"{self.slug} has no recorded run. {self.remedy}") from None
        except (ValueError, KeyError, TypeError):
            raise Trouble(f"{self.record_path} is not a recorded run. {self.remedy}") from None

    @property
    def remedy(self) -> str:
        return f"`.venv/bin/python -m labs.kit.experiment {self.slug}` records one."

    def record(self) -> Recording:
        """Run it, make sure that the lesson's claims hold, and keep it for the page."""
        data = self.measure()
        self.holds(data)
        for line in self.report(data).splitlines():
            if len(line) > COLUMNS:
                raise Trouble(f"{self.path} reports a line of {len(line)} columns: {line}")
        if self.draws:
            self.describe(data)
        today = datetime.date.today().isoformat()
        kept = {"recorded": today, "versions": versions_used(self), "data": data}
        making = self.record_path.with_suffix(f".{os.getpid()}")
        making.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        making.replace(self.record_path)
        return self.recorded


def find(slug: str, root: Path = ROOT) -> Experiment:
    """The experiment of that slug, such as `networking/retries/storm`."""
    known = {experiment.slug: experiment for experiment in experiments(root)}
    if slug not in known:
        raise NotInCourse(unknown("experiment", slug, list(known)))
    return known[slug]


def experiments(root: Path = ROOT) -> list[Experiment]:
    """All of them, in the order of the labs."""
    return [
        Experiment(f"{slug}/{path.stem}", path)
        for slug in Course(root).slugs
        for path in sorted((root / "labs" / slug / "experiments").glob("*.py"))
    ]


def versions_used(experiment: Experiment) -> dict[str, str]:
    """The versions of the servers whose drivers the file imports."""
    from labs.kit.stack import versions

    modules = {getattr(value, "__module__", "") for value in vars(experiment.module).values()}
    names = {module.removeprefix("labs.kit.stack.") for module in modules if module}
    found = versions() | {"tools": versions().get("prometheus", "")}
    used = sorted(names & set(found))
    return {name.replace("tools", "prometheus"): found[name] for name in used if found.get(name)}


def main(slugs: list[str]) -> int:
    """Record the named experiments, or all. A run that does not hold changes no recording."""
    failed = 0
    for experiment in [find(slug) for slug in slugs] or experiments():
        print(f"{experiment.slug} ...", end=" ", flush=True)
        try:
            experiment.record()
            print("recorded")
        except (Trouble, AssertionError) as wrong:
            failed += 1
            print(f"not recorded. {wrong or 'What the lesson claims does not hold.'}")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
