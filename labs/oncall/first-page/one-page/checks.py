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


def _sort(notifications, cluster, systems):
    """Those about these systems in this cluster: the clusters and names of all alerts on each."""
    for alerts in notifications:
        if any(a["cluster"] == cluster and a["depends_on"] in systems for a in alerts):
            clusters, names = ({a[key] for a in alerts} for key in ("cluster", "alertname"))
            yield f"{' and '.join(sorted(clusters))}: {', '.join(sorted(names))}"


def _expect(sent, expected, cluster, systems):
    """These are the pages; what came as a ticket instead tells one mistake from another."""
    pages, tickets = (sorted(_sort(some, cluster, systems)) for some in sent)
    that(pages == expected, f"pages of the {cluster} about {' or '.join(systems)}",
         expected="; ".join(expected), got="; ".join(pages) or "none",
         symptom=[pages, bool(tickets)])  # fmt: skip


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
