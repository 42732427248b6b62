"""The first looks of the runbook, at riders who are not served.

Two gateways take the reports. All is well, and then 30 % of the attempts fail for five minutes.
"""

import re
from pathlib import Path
from runpy import run_path

from labs.kit.stack import Prometheus

DATA = Path(__file__).parents[1] / "data"
days = run_path(str(DATA / "days.py"))

MINUTES = [(0.0005, 1000)] * 60 + [(0.3, 1000)] * 5


def queries():
    """Those of the runbook, by the names of their sections."""
    text = (DATA / "looks.promql").read_text(encoding="utf-8")
    return dict(re.findall(r"\[start:(\w+)\]\n(.*?)# --8<--", text, re.DOTALL))


def measure():
    history = days["history"](MINUTES, ["reports-1:9102", "reports-2:9102"])
    with Prometheus(history=history) as prometheus:
        return {name: look(prometheus, query) for name, query in queries().items()}


def look(prometheus, query):
    """The value of each series, by its label."""
    found = prometheus.query(query)
    return {" ".join(s["metric"].values()): round(float(s["value"][1]), 3) for s in found}


def report(data):
    said = []
    for name, found in data.items():
        said += [f"# {name}", *(f"{label:16}{value:8.2f}" for label, value in found.items())]
    return "\n".join(said)


def holds(data):
    assert set(data) == {"outcomes", "instances"}
    assert set(data["outcomes"]) == {"served", "error", "gave_up", "too_late"}
    assert all(value > 1 for value in data["outcomes"].values())
    assert len(data["instances"]) == 2
    assert all(0.2 < value < 0.31 for value in data["instances"].values())
