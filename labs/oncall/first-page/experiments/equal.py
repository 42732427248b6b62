"""What `equal` is for: a cause in the west, and three alerts in the east.

The same rule of inhibition three times; the last names a label that no alert has.
"""

from contextlib import ExitStack
from pathlib import Path
from runpy import run_path

from labs.kit.stack import Alertmanager

night = run_path(str(Path(__file__).parents[1] / "data" / "night.py"))


def measure(equals=(("cluster",), (), ("region",))):
    with ExitStack() as stack:

        def alertmanager(config):
            return stack.enter_context(Alertmanager(config))

        return {"rules": [rule(list(equal), alertmanager) for equal in equals]}


def rule(equal, alertmanager):
    """How many alerts of either cluster reach the pager, of how many that were posted."""
    alerts = night["FLOOD"] + night["OTHERS"]
    pager, *_ = night["deliver"](config(equal), alerts, alertmanager)
    came = [labels for page in pager for labels in page if labels["depends_on"] == "rides-db"]
    east, west = ([a for a in came if a["cluster"] == cluster] for cluster in ("east", "west"))
    return {"equal": ", ".join(equal), "west": len(west), "east": len(east)}


def config(equal):
    return {
        "route": {"receiver": "pager", "group_by": ["cluster", "depends_on"]},
        "inhibit_rules": [
            {
                "source_matchers": ['alertname="RidesDatabaseOutOfConnections"'],
                "target_matchers": ['depends_on="rides-db"'],
                "equal": equal,
            }
        ],
        "receivers": [{"name": "pager", "webhook_configs": [{"url": night["PLACES"][0]}]}],
    }


def report(data):
    lines = ["                    paged: west, of 40   east, of 3"]
    for each in data["rules"]:
        lines.append(f"equal: [{each['equal'] + ']':14}{each['west']:15} {each['east']:12}")
    return "\n".join(lines)


def holds(data):
    kept, none, misspelt = data["rules"]
    assert (kept["west"], kept["east"]) == (1, 3)
    assert (none["east"], misspelt["east"]) == (0, 0)
