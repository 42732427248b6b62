"""What a recorded run printed, and what it looks like."""

import datetime
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from labs.kit import figure as drawing
from labs.kit.experiment import Experiment, Recording
from labs.kit.site.kept import kept
from labs.kit.site.page import Page, called
from labs.kit.trouble import Trouble


def sources(page: Page, slug: str) -> Iterator[Path]:
    """All that a fence of this experiment is made of."""
    experiment = page.experiment(slug)
    lab = experiment.path.parents[1]
    yield from sorted(lab.glob("experiments/*.py"))
    yield from (path for path in sorted(lab.glob("data/*")) if path.is_file())
    yield from (path for path in (experiment.record_path,) if path.exists())
    yield from (Path(__file__), Path(drawing.__file__))


@kept(sources)
def output(page: Page, slug: str) -> str:
    experiment = page.experiment(slug)
    run = experiment.recorded
    lab, _, name = experiment.slug.rpartition("/")
    return (
        '<figure class="output">'
        f"{page.command(f'lab run {lab} {name}')}"
        f"{page.code(from_record(experiment, experiment.report, run.data), 'text')}"
        f"<figcaption>{recorded(run)}</figcaption></figure>"
    )


@kept(sources)
def figure(page: Page, slug: str) -> str:
    experiment = page.experiment(slug)
    run = experiment.recorded
    if not experiment.draws:
        raise Trouble(f"{experiment.path} has no function `draw`, so there is no figure.")
    svg = from_record(experiment, lambda data: drawing.svg(experiment, data), run.data)
    words = from_record(experiment, experiment.describe, run.data)
    name = experiment.slug.replace("/", "-")
    labelled = f'role="img" aria-label="{escape(experiment.title)}" aria-describedby="{name}-words"'
    return (
        # The numbers along its axes are nothing to search for.
        '<figure class="drawn"><div data-search-exclude>'
        f"{svg.replace('<svg', f'<svg {labelled}', 1)}</div>"
        f"<figcaption>{page.line(experiment.title)} {recorded(run)}</figcaption>"
        f'<details class="words"><summary>The figure in words</summary>'
        f'<p id="{name}-words">{escape(words)}</p></details></figure>'
    )


def recorded(run: Recording) -> str:
    day = datetime.date.fromisoformat(run.date)
    servers = [f"{called(name)} {version}" for name, version in run.versions.items()]
    with_servers = f" with {' and '.join(servers)}" if servers else ""
    when = f'<time datetime="{run.date}">{day:%-d %B %Y}</time>'
    return f'<span class="recorded">Recorded on {when}{with_servers}.</span>'


def from_record(experiment: Experiment, function: Callable[[Any], str], data: Any) -> str:
    """An experiment that has changed since may no longer understand its own record."""
    try:
        return function(data)
    except Trouble:
        raise
    except Exception as wrong:
        raise Trouble(
            f"{experiment.path} cannot show its recorded run: {type(wrong).__name__}: {wrong}. "
            f"{experiment.remedy}"
        ) from wrong
