"""A real Envoy, and what it says of a configuration that it does not take."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import watching

from labs.kit.stack import Envoy, NotReady, validate
from labs.kit.stack.web import request
from labs.kit.trouble import Trouble

stack_folder = watching.stack_folder

CONFIG = """
static_resources:
  listeners:
  - name: edge
    address: {socket_address: {address: 0.0.0.0, port_value: 10000}}
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: edge
          route_config:
            virtual_hosts:
            - name: all
              domains: ["*"]
              routes:
              - match: {prefix: /}
                direct_response: {status: 200, body: {inline_string: hello}}
          http_filters:
          - name: envoy.filters.http.router
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
  - name: inner
    address: {socket_address: {address: 127.0.0.1, port_value: 0}}
    filter_chains:
    - filters:
      - name: envoy.filters.network.direct_response
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.direct_response.v3.Config
          response: {inline_string: inside}
"""  # noqa: E501


@pytest.fixture(scope="module")
def edge() -> Iterator[Envoy]:
    with Envoy(CONFIG) as edge:
        yield edge


def test_its_first_listener_answers(edge: Envoy):
    assert edge.url == f"http://127.0.0.1:{edge.port('edge')}"
    assert request(edge.port(), "/") == (200, "hello")


def test_every_listener_gets_loopback_and_a_port_of_its_own(edge: Envoy):
    assert len({edge.port("edge"), edge.port("inner"), edge.admin_port, 10000, 0}) == 5
    assert edge.admin("/listeners").count("::127.0.0.1:") == 2


def test_two_with_one_configuration_do_not_meet(edge: Envoy):
    with Envoy(CONFIG) as other:
        before = edge.stat("http.edge.downstream_rq_total")
        request(other.port(), "/")

        assert edge.stat("http.edge.downstream_rq_total") == before
        assert other.stat("http.edge.downstream_rq_total") == 1


def test_a_counter_that_nothing_has_counted_is_zero(edge: Envoy):
    assert edge.stat("http.edge.downstream_rq_5xx.and.more") == 0


def test_a_listener_that_it_does_not_have_is_one_sentence(edge: Envoy):
    with pytest.raises(Trouble, match=r"no listener called 'egde'\. It has: edge, inner"):
        edge.port("egde")


def test_an_admin_path_that_it_does_not_have_is_one_sentence(edge: Envoy):
    with pytest.raises(Trouble, match="Envoy's admin interface answered 404 to /nothing"):
        edge.admin("/nothing")


def test_without_a_listener_there_is_no_port():
    with Envoy({}) as edge, pytest.raises(Trouble, match="no TCP listener"):
        edge.port()


def test_a_dictionary_is_taken_and_left_as_it_was():
    listener = {"socket_address": {"address": "0.0.0.0", "port_value": 10000}}
    config: dict[str, Any] = {
        "static_resources": {
            "listeners": [
                {"name": "edge", "address": listener, "filter_chains": [{"filters": [ECHO]}]}
            ]
        }
    }
    before = copy.deepcopy(config)

    with Envoy(config) as edge:
        assert edge.port("edge") != 10000
    assert config == before


ECHO = {
    "name": "envoy.filters.network.echo",
    "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.network.echo.v3.Echo"},
}

REFUSED = {
    "stat_prefix": ("stat_prefox", "no such field: 'stat_prefox'"),
    "status: 200": ("status: 99", "value must be inside range [200, 600)"),
    'domains: ["*"]': ("domains: []", "VirtualHostValidationError.Domains"),
    "http.router.v3.Router": ("http.router.v3.Ruter", "could not find @type"),
    "stat_prefix: edge": (
        "stat_prefix: edge\n          stream_idle_timeout: 5",
        "stream_idle_timeout: message google.protobuf.Duration",
    ),
    "name: envoy.filters.http.router": (
        "name: envoy.filters.http.router\n            disabled: 7",
        "disabled",
    ),
    "direct_response: {status: 200, body: {inline_string: hello}}": (
        "route: {cluster: rides}",
        "unknown cluster 'rides'",
    ),
}


@pytest.mark.parametrize("right", REFUSED)
def test_a_configuration_that_it_refuses_is_answered_in_its_own_words(
    right: str, stack_folder: Path
):
    wrong, said = REFUSED[right]
    assert right in CONFIG

    with pytest.raises(NotReady) as trouble:
        Envoy(CONFIG.replace(right, wrong)).start()

    message = str(trouble.value)
    assert message.startswith("envoy refuses its configuration: ")
    assert said in message
    assert len(message) < 500
    assert list(stack_folder.iterdir()) == []


@pytest.mark.parametrize("right", REFUSED)
def test_validating_says_the_same_without_serving(right: str):
    wrong, said = REFUSED[right]

    assert said in (validate(CONFIG.replace(right, wrong)) or "")


def test_a_refusal_is_said_in_the_same_words_every_time():
    """Envoy spaces and marks its dumps at random, run by run."""
    weighted = (
        "route: {weighted_clusters: {clusters: [{name: rides, typed_per_filter_config: {}}]}}"
    )
    wrong = CONFIG.replace("direct_response: {status: 200, body: {inline_string: hello}}", weighted)

    said = {validate(wrong) for _ in range(8)}

    assert len(said) == 1
    assert "Field 'weight' is missing in" in said.pop()


def test_validating_has_nothing_against_a_right_configuration():
    assert validate(CONFIG) is None


def test_what_is_not_yaml_says_where():
    with pytest.raises(NotReady, match=r"The Envoy configuration is not YAML: .*line 3, column 2"):
        Envoy("static_resources:\n  listeners: []\n }")


def test_what_has_no_keys_is_one_sentence():
    assert validate("- a list") == (
        "The Envoy configuration has no keys. It starts with `static_resources:`."
    )
