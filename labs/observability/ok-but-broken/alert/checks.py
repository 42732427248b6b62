"""Days on which riders were served and were not, evaluated by promtool and a live Prometheus."""

from pathlib import Path
from runpy import run_path

from labs.kit.check import fixture, needs, that
from labs.kit.stack import check_rules

days = run_path(str(Path(__file__).parents[1] / "data" / "days.py"))


@fixture
def wrong(solution):
    """(phase, minute, was it firing) wherever promtool finds something else than the task says."""
    times = days["moments"]()[days["STEP"] - 1 :: days["STEP"]]
    found = zip(times, days["due"](), days["fires"](solution), strict=True)
    return [(*moment, fires) for moment, due, fires in found if due is not None and fires != due]


def _judge(wrong, firing, *phases):
    """Hold against the task what is wrong in these phases, and should be firing, or quiet."""
    wrong = [(phase, minute) for phase, minute, fires in wrong
             if phase in phases and fires is not firing]  # fmt: skip
    states = ["quiet", "firing"]
    for phase, minute in wrong[:1]:
        that(False, f"the page {phase}, minute {minute}", expected=states[firing],
             got=states[not firing], symptom=[list(each) for each in wrong])  # fmt: skip


FAST = ("while 2.5 % fail", "while 16 % fail, 2 minutes of 4", "while nobody is served")
SLOW = ("while 7.5 % fail, 15 minutes of 30", "while 0.5 % still fail")
OVER = (
    "while 0.5 % still fail",
    "after 7.5 % failed, 15 minutes of 30",
    "while 1.4 % still fail",
    "after 2.5 % failed",
    "after 16 % failed, 2 minutes of 4",
)


def promtool_takes_it(solution):
    """promtool finds nothing wrong with the rules."""
    said = check_rules(solution)
    that(said is None, "promtool check rules", expected="no complaint", got=said, symptom="refused")


@needs("promtool_takes_it")
def fires_while_the_budget_burns_fast(wrong):
    """While more than 14.4 times the budget fails it fires, in short pauses too."""
    _judge(wrong, True, *FAST)


@needs("promtool_takes_it")
def fires_while_the_budget_burns_for_hours(wrong):
    """While more than 6 times the budget fails for hours it fires, in longer pauses too."""
    _judge(wrong, True, *SLOW)


@needs("promtool_takes_it")
def is_quiet_before_it_matters(wrong):
    """A good day, a blip, 4 times the budget and the beginning of a fault wake nobody."""
    _judge(wrong, False, *(phase for phase in days["PHASES"] if phase not in OVER))


@needs("promtool_takes_it")
def is_quiet_once_it_is_over(wrong):
    """Minutes after the end it is quiet, though the hour still looks bad."""
    _judge(wrong, False, *OVER)


@needs("promtool_takes_it")
def is_one_page_of_a_running_prometheus(solution, prometheus):
    """Where two gateways count one outage, it pages once, and names its runbook."""
    pages = days["pages"](solution, prometheus)
    labels = [page["labels"] for page in pages]
    named = sorted(f"{each['alertname']} ({each.get('severity')})" for each in labels)
    that(named == ["RidersNotServed (page)"], "alerts 5 minutes into an outage of 30 %",
         expected="RidersNotServed (page)", got=", ".join(named) or "none")  # fmt: skip
    runbook = str(pages[0]["annotations"].get("runbook_url"))
    that("://" in runbook, "its runbook_url", expected="an address", got=runbook)
