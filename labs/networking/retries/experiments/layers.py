"""What the provider is sent for one tap of a rider, when every layer tries three times.

The provider answers 503 to everything. The app, the edge and a second proxy, the sidecar of
`rides`, each try up to three times; they are switched on one after the other.
"""

from pathlib import Path
from runpy import run_path

from labs.kit.stack import Envoy

DATA = Path(__file__).parents[1] / "data"
tools = run_path(str(DATA / "provider.py"))
edge = run_path(str(DATA / "edges.py"))["edge"]

LAYERS = {"nobody": (1, 0, 0), "the app": (3, 0, 0), "the app and the edge": (3, 2, 0)}
LAYERS["the app, the edge and the sidecar"] = (3, 2, 2)


def measure():
    return {"rows": [{"who": who, "sent": sent(*tries)} for who, tries in LAYERS.items()]}


def sent(app_tries, edge_retries, sidecar_retries):
    """How many requests reach the provider for one tap."""
    with (
        tools["provider"]() as provider,
        Envoy(edge(provider.port, retries=sidecar_retries)) as sidecar,
        Envoy(edge(sidecar.port(), retries=edge_retries)) as front,
    ):
        for _ in range(app_tries):
            assert tools["ask"](front.port(), "/503") == 503
        return len(provider.heard["/503"])


def report(data):
    lines = [f"{'who tries three times':36}requests at the provider"]
    lines += [f"{row['who']:36}{row['sent']:5d}" for row in data["rows"]]
    return "\n".join(lines)


def holds(data):
    assert [row["sent"] for row in data["rows"]] == [1, 3, 9, 27]
