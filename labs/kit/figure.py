"""Figures that read in light and dark: on the page as SVG, in a notebook as they are."""

import io
import re
from typing import Any

from labs.kit.experiment import Experiment

# Mid-tones: each stands out from white and from near-black by 3.5 to 1 or more. On the page,
# where the style sheet knows which it is, they become variables of it.
INK = "#7b8288"
RULE = "#9aa0a6"
SERIES = {
    "teal": "#0f8b8d",
    "amber": "#c77701",
    "red": "#d6455d",
    "violet": "#8066c4",
    "green": "#4b8f3c",
    "blue": "#3f7fc4",
}
VARIABLES = {INK: "ink", RULE: "rule"} | {colour: name for name, colour in SERIES.items()}

# 4.8 inches are 346 points, about a phone's width: letters of 10 points can be read there too.
SIZE = (4.8, 2.8)


def style() -> dict[str, Any]:
    """Settings of matplotlib (`rcParams`), for a page's figures and for a notebook's."""
    from cycler import cycler

    return {
        "figure.figsize": SIZE,
        "figure.facecolor": "none",
        "figure.constrained_layout.use": True,
        "savefig.facecolor": "none",
        "axes.facecolor": "none",
        "axes.edgecolor": RULE,
        "axes.labelcolor": INK,
        "axes.titlecolor": INK,
        "axes.titlesize": 10,
        "axes.prop_cycle": cycler(color=list(SERIES.values())),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "grid.color": RULE,
        "grid.linewidth": 0.5,
        "grid.alpha": 0.4,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "lines.linewidth": 1.8,
        "legend.frameon": False,
        "font.size": 10,
        "svg.fonttype": "none",
    }


def svg(experiment: Experiment, data: dict[str, Any]) -> str:
    """The figure as inline SVG: the same letters for the same data, and ids of its own."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    settings: Any = style() | {"svg.hashsalt": experiment.slug}
    with matplotlib.rc_context(settings):
        # No pyplot: it would choose a window system, and remember every figure.
        drawing = Figure()
        FigureCanvasSVG(drawing)
        experiment.draw(drawing.add_subplot(), data)
        written = io.StringIO()
        drawing.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return for_page(written.getvalue(), experiment.slug.replace("/", "-"))


def for_page(text: str, name: str) -> str:
    """An image without words of its own: `aria-label` and the caption are the page's to add."""
    text = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    # Inline, this rule would be the whole page's.
    text = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", text, flags=re.DOTALL)
    # Two figures of a page must not share ids, and matplotlib calls every one `figure_1`.
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'(?:xlink:)?(href="|url\()#', rf"\1#{name}-", text)
    for colour, variable in VARIABLES.items():
        text = text.replace(colour, f"var(--figure-{variable})")
    text = re.sub(r"'?DejaVu Sans'?(, [^;\"]*)?", "inherit", text)
    head, body = text.split(">", 1)
    width, height = re.findall(r'(?:width|height)="([\d.]+)pt"', head)
    # A blank line would end the block of HTML that Markdown leaves alone.
    return f'<svg viewBox="0 0 {width} {height}">' + re.sub(r"\s*\n\s*", "\n", body).strip()
