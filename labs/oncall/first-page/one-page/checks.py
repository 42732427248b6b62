"""The flood, and what else is wrong that night, posted to a real Alertmanager with this answer."""

from pathlib import Path
from runpy import run_path

import yaml

from labs.kit.check import fixture, needs, that
from labs.kit.stack import check_config

night = run_path(str(Path(__file__).parents[1] / "data" / "night.py"))


@fixture
def sent(solution, alertmanager, rng):
    """What arrives at the pager, and for tickets: lists of notifications."""
    alerts = night["FLOOD"] + night["OTHERS"]
    rng.shuffle(alerts)
    return night["deliver"](yaml.safe_load(solution), alerts, alertmanager)[:2]


def _page(alerts):
    """A page in words: the clusters and the names of all that is on it."""
    clusters, names = (
        sorted({alert[label] for alert in alerts}) for label in ("cluster", "alertname")
    )
    return f"{' and '.join(clusters)}: {', '.join(names)}"


def _expect(sent, expected, cluster, systems):
    """Exactly these pages have an alert of this cluster about these systems on them."""
    pages = [
        _page(page)
        for page in sent[0]
        if any(a["cluster"] == cluster and a["depends_on"] in systems for a in page)
    ]
    that(sorted(pages) == expected, f"pages of the {cluster} about {' or '.join(systems)}",
         expected="; ".join(expected), got="; ".join(sorted(pages)) or "none",
         symptom=sorted(pages))  # fmt: skip


def alertmanager_takes_it(solution):
    """Alertmanager's own judge, amtool, finds nothing wrong with the configuration."""
    said = check_config(solution)
    that(said is None, "amtool check-config", expected="no complaint", got=said, symptom="refused")


@needs("alertmanager_takes_it")
def names_the_cause(sent):
    """The flood is one page, and the cause is all that is on it."""
    _expect(sent, ["west: RidesDatabaseOutOfConnections"], "west", ["rides-db"])


@needs("alertmanager_takes_it")
def pages_for_other_systems(sent):
    """What depends on other systems pages meanwhile, with a page for each system."""
    others = ["west: CardPaymentsFailing, PayoutsLate", "west: EdgeCertificateExpired",
              "west: EtaModelMissing"]  # fmt: skip
    _expect(sent, others, "west", ["card-provider", "edge", "eta"])


@needs("alertmanager_takes_it")
def pages_for_the_other_cluster(sent):
    """The east, where no cause is known, pages too, and once."""
    _expect(sent, ["east: EdgeRouteErrors, RidesErrorsHigh"], "east", ["rides-db"])


@needs("alertmanager_takes_it")
def makes_tickets_of_warnings(sent):
    """Warnings become tickets, and none of them rings the pager."""
    pager, tickets = ([alert for one in some for alert in one] for some in sent)
    rings = {alert["alertname"] for alert in pager if alert.get("severity") == "warning"}
    that(not rings, "warnings on the pager", expected="none", got=sorted(rings), symptom="rings")
    filed = sorted(a["cluster"] for a in tickets if a["alertname"] == "DiskFillsInFourDays")
    that(set(filed) == {"east", "west"}, "clusters whose full disk is a ticket",
         expected="east and west", got=filed)  # fmt: skip
