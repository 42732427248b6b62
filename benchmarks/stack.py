"""How long real servers take from nothing to the answer to a real query, alone and side by side.

The bar: all together at most 1.75 times the slowest one alone, and under 0.4 s.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence

import psycopg  # noqa: F401  What is measured is the servers, not the import of their clients.
import valkey  # noqa: F401

from labs.kit.stack import (
    Alertmanager,
    Envoy,
    Postgres,
    Prometheus,
    Server,
    Valkey,
    start,
    versions,
)
from labs.kit.stack.web import request

ROUNDS = 15
BAR, LIMIT = 1.75, 0.4

EDGE = """
static_resources:
  listeners:
  - name: edge
    address: {socket_address: {address: 127.0.0.1, port_value: 0}}
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
"""  # noqa: E501


def main() -> None:
    print(f"{os.cpu_count()} cores, {versions()}, {ROUNDS} rounds after a warm-up")
    alone = {
        "Envoy": measured(lambda: [Envoy(EDGE)]),
        "PostgreSQL": measured(lambda: [Postgres()]),
        "Valkey": measured(lambda: [Valkey()]),
        "Prometheus": measured(lambda: [Prometheus()]),
        "Alertmanager": measured(lambda: [Alertmanager()]),
    }
    four = measured(lambda: [Envoy(EDGE), Postgres(), Valkey(), Prometheus()])
    with Postgres() as primary:
        replica = measured(lambda: [primary.replica()])

    for name, seconds in [*alone.items(), ("a replica", replica), ("the four", four)]:
        print(f"{name:12}  median {median(seconds)}  slowest {max(seconds) * 1000:4.0f} ms")
    slowest = max(statistics.median(alone[name]) for name in list(alone)[:4])
    together = statistics.median(four)
    verdict = "met" if together <= min(BAR * slowest, LIMIT) else "missed"
    print(f"the four / the slowest alone: {together / slowest:.2f}. The bar is {verdict}.")


def measured(make: Callable[[], Sequence[Server]]) -> list[float]:
    """Seconds until every one has answered a query, round by round; the first is not counted."""
    return [one(make()) for _ in range(ROUNDS + 1)][1:]


def one(servers: Sequence[Server]) -> float:
    began = time.perf_counter()
    with start(*servers):
        for server in servers:
            query(server)
        return time.perf_counter() - began


def query(server: Server) -> None:
    match server:
        case Envoy():
            assert request(server.port("edge"), "/") == (200, "hello")
        case Postgres():
            with server.connect() as connection:
                assert connection.execute("select 6 * 7").fetchone() == (42,)
        case Valkey():
            assert server.client().set("answer", 42)
        case Prometheus():
            assert server.query("6 * 7")[1] == "42"
        case Alertmanager():
            assert server.groups() == []


def median(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1000:4.0f} ms"


if __name__ == "__main__":
    main()
