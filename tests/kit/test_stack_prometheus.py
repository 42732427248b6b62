"""A real Prometheus and a real Alertmanager, alone and one behind the other."""

import time
from collections.abc import Iterator

import pytest
import watching

from labs.kit.stack import (
    Alertmanager,
    NotReady,
    Prometheus,
    Webhook,
    amtool,
    check_config,
    check_rules,
    promtool,
    test_rules,
)
from labs.kit.trouble import Trouble

stack_folder = watching.stack_folder

RULES = """
groups:
- name: fareway
  rules:
  - alert: Down
    expr: up == 0
    labels: {severity: page}
"""

WRONG_RULES = RULES.replace("up == 0", "up === 0")

SENTENCE = 'could not parse expression: 1:6: parse error: unexpected "="'


@pytest.fixture(scope="module")
def prometheus() -> Iterator[Prometheus]:
    with Prometheus() as prometheus:
        yield prometheus


@pytest.fixture
def alertmanager() -> Iterator[Alertmanager]:
    with Alertmanager() as alertmanager:
        yield alertmanager


def test_a_query_is_answered(prometheus: Prometheus):
    assert prometheus.query("vector(6 * 7)")[0]["value"][1] == "42"


def test_a_query_can_be_asked_of_another_time(prometheus: Prometheus):
    assert prometheus.query("vector(time())", at=1000)[0]["value"] == [1000, "1000"]


def test_what_was_before_its_start_is_remembered():
    began = int(time.time()) - 3600
    samples = "".join(f"rides_total {minute} {began + 60 * minute}\n" for minute in range(60))
    with Prometheus(history=f"# TYPE rides counter\n{samples}# EOF\n") as prometheus:
        assert prometheus.query("rides_total", at=began + 1800)[0]["value"][1] == "30"


def test_a_history_that_cannot_be_read_is_told_in_promtools_words():
    with pytest.raises(Trouble, match="EOF"):
        Prometheus(history="rides_total 1 1\n").start()


def test_a_range_has_a_value_at_every_step(prometheus: Prometheus):
    values = prometheus.range("vector(time())", 1000, 1020, 10)[0]["values"]

    assert values == [[1000, "1000"], [1010, "1010"], [1020, "1020"]]


def test_a_query_that_it_refuses_is_said_in_its_own_words(prometheus: Prometheus):
    with pytest.raises(Trouble, match=r'refuses the query: .*parse error: unexpected "="'):
        prometheus.query("up ===")


def test_two_have_different_ports(prometheus: Prometheus):
    with Prometheus() as other:
        assert other.url != prometheus.url


def test_a_failing_target_ends_as_a_notification():
    """From Prometheus, which scrapes it, through Alertmanager, which groups, to a receiver."""
    with Webhook() as hook:
        receivers = [{"name": "pager", "webhook_configs": [{"url": hook.url}]}]
        route = {"receiver": "pager", "group_wait": "50ms"}
        with (
            Alertmanager({"route": route, "receivers": receivers}) as alertmanager,
            Prometheus({"rides": ["127.0.0.1:1"]}, rules=RULES, alertmanager=alertmanager) as it,
        ):
            notification = hook.wait()[0]

            assert notification["alerts"][0]["labels"]["job"] == "rides"
            assert it.until("up == 0")[0]["metric"]["job"] == "rides"
            assert [alert["state"] for alert in it.alerts()] == ["firing"]
            assert alertmanager.groups()[0]["alerts"][0]["labels"]["severity"] == "page"
            assert hook.url.startswith("http://127.0.0.1:")
            assert notification["externalURL"] == alertmanager.url


def test_it_scrapes_real_metrics_and_takes_all_that_a_job_may_say():
    with Prometheus() as target:
        job = {
            "static_configs": [{"targets": [f"127.0.0.1:{target.port}"]}],
            "metrics_path": "/metrics",
        }
        with Prometheus({"prometheus": job}) as prometheus:
            assert prometheus.until("up == 1")[0]["metric"]["job"] == "prometheus"
            assert prometheus.query("prometheus_build_info")


@pytest.mark.usefixtures("stack_folder")
def test_rules_that_it_refuses_are_answered_in_its_own_words():
    with pytest.raises(NotReady) as trouble:
        Prometheus(rules=WRONG_RULES).start()

    message = str(trouble.value)
    assert message.startswith("prometheus refuses its configuration: rules.yml: ")
    assert SENTENCE in message


def test_reloading_brings_other_rules():
    with Prometheus(rules=RULES) as prometheus:
        prometheus.reload(rules=RULES.replace("Down", "Away"))

        rules = prometheus.api("rules")["groups"][0]["rules"]
        assert [rule["name"] for rule in rules] == ["Away"]


def test_reloading_wrong_rules_is_answered_in_its_own_words():
    with Prometheus(rules=RULES) as prometheus, pytest.raises(Trouble) as trouble:
        prometheus.reload(rules=WRONG_RULES)

    assert SENTENCE in str(trouble.value)


def test_alertmanager_holds_what_it_is_handed(alertmanager: Alertmanager):
    alertmanager.post([{"labels": {"alertname": "Down"}}])

    assert [alert["labels"] for alert in alertmanager.alerts()] == [{"alertname": "Down"}]


def test_alertmanager_groups():
    config = {
        "route": {"receiver": "nobody", "group_by": ["city"]},
        "receivers": [{"name": "nobody"}],
    }
    with Alertmanager(config) as alertmanager:
        alertmanager.post(
            [
                {"labels": {"alertname": name, "city": city}}
                for name in ("Slow", "Down")
                for city in ("Lima", "Oslo")
            ]
        )

        # What was posted is taken in at once, and sorted into groups a moment later.
        watching.until(lambda: sum(len(each["alerts"]) for each in alertmanager.groups()) == 4)
        groups = alertmanager.groups()
    assert [(group["labels"], len(group["alerts"])) for group in groups] == [
        ({"city": "Lima"}, 2),
        ({"city": "Oslo"}, 2),
    ]


@pytest.mark.usefixtures("stack_folder")
def test_a_configuration_that_alertmanager_refuses_is_answered_in_its_own_words():
    with pytest.raises(NotReady) as trouble:
        Alertmanager("route: {receiver: pager}\nreceivers: [{name: nobody}]").start()

    assert str(trouble.value) == (
        'alertmanager refuses its configuration: undefined receiver "pager" used in route'
    )


def test_an_alert_without_labels_is_refused_in_alertmanagers_words(alertmanager: Alertmanager):
    with pytest.raises(Trouble, match="alertmanager answered 4"):
        alertmanager.post([{"labels": {}}])


def test_waiting_for_notifications_ends():
    with Webhook() as hook, pytest.raises(Trouble, match=r"0 of 2 notifications came in 0\.01 s"):
        hook.wait(2, patience=0.01)


def test_promtool_takes_right_rules():
    assert check_rules(RULES) is None


def test_promtool_says_what_it_has_against_wrong_rules():
    assert SENTENCE in (check_rules(WRONG_RULES) or "")


UNIT_TEST = """
rule_files: [rules.yml]
evaluation_interval: 1m
tests:
- interval: 1m
  input_series: [{series: 'up{job="rides"}', values: '0x5'}]
  alert_rule_test:
  - eval_time: 1m
    alertname: Down
    exp_alerts: [{exp_labels: {job: rides, severity: page}}]
"""


def test_rules_that_pass_their_unit_tests_pass():
    assert test_rules(RULES, UNIT_TEST) is None


def test_rules_that_fail_their_unit_tests_say_what_was_expected():
    said = test_rules(RULES.replace("page", "ticket"), UNIT_TEST) or ""

    assert "exp:" in said
    assert 'severity="ticket"' in said


def test_amtool_takes_a_right_configuration():
    assert check_config("route: {receiver: nobody}\nreceivers: [{name: nobody}]") is None


def test_amtool_says_what_it_has_against_a_wrong_one():
    said = check_config("route: {receiver: pager}\nreceivers: [{name: nobody}]") or ""

    assert 'undefined receiver "pager" used in route' in said


def test_the_tools_give_what_they_print():
    assert promtool("--version").startswith("promtool, version ")
    assert amtool("--version").startswith("amtool, version ")
