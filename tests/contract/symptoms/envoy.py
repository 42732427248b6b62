"""Envoy in front of services that fail: what its client reads, and what its access log says."""

import contextlib
import socket

from labs.kit.stack import Envoy
from labs.kit.stack.ports import LOOPBACK
from labs.kit.stack.web import request
from symptoms.services import Service, closed_port, until

TYPE = "type.googleapis.com/envoy.extensions"
HTTP = "filters.network.http_connection_manager.v3.HttpConnectionManager"


class Edge(Envoy):
    def command(self):
        # Access logs are written every ten seconds, unless told otherwise.
        return [*super().command(), "--file-flush-interval-msec", "10"]


@contextlib.contextmanager
def running():
    with Service() as service, Edge(config(service.port)) as edge:
        edge.service = service
        yield edge


def config(port):
    retry = {"retry_policy": {"retry_on": "5xx", "num_retries": 1}}
    routes = [
        route("/empty", "empty"),
        route("/refused", "refused"),
        route("/full", "full"),
        route("/tired", "service", **retry),
        route("/silent", "service", timeout="0.05s"),
        route("/left", "service", timeout="0s"),
        route("/closes", "service"),
        route("/garbage", "service"),
        route("/nowhere", "unknown"),
    ]
    none = {"circuit_breakers": {"thresholds": [{"max_requests": 0}]}}
    clusters = [
        cluster("empty"),
        cluster("refused", closed_port()),
        cluster("full", port, **none),
        cluster("service", port),
    ]
    listener = {"name": "edge", "address": address(0), "filter_chains": [http(routes)]}
    return {"static_resources": {"listeners": [listener], "clusters": clusters}}


def route(path, name, **options):
    return {"match": {"path": path}, "route": {"cluster": name, **options}}


def http(routes):
    settings = {
        "@type": f"{TYPE}.{HTTP}",
        "stat_prefix": "edge",
        "access_log": [
            {
                "name": "log",
                "typed_config": {"@type": f"{TYPE}.access_loggers.stream.v3.StdoutAccessLog"},
            }
        ],
        "http_filters": [
            {"name": "router", "typed_config": {"@type": f"{TYPE}.filters.http.router.v3.Router"}}
        ],
        "route_config": {
            "validate_clusters": False,
            "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": routes}],
        },
    }
    return {"filters": [{"name": "http", "typed_config": settings}]}


def cluster(name, *ports, **options):
    endpoints = [{"endpoint": {"address": address(port)}} for port in ports]
    assignment = {"cluster_name": name, "endpoints": [{"lb_endpoints": endpoints}]}
    return {"name": name, "load_assignment": assignment, **options}


def address(port):
    return {"socket_address": {"address": LOOPBACK, "port_value": port}}


def answered(path):
    """What a client reads."""
    return lambda edge: " ".join(map(str, request(edge.port(), path)))


def logged(path):
    """What the access log says of a request, in the format that Envoy has by default."""

    def ask(edge):
        request(edge.port(), path)
        return line(edge, path)

    return ask


def line(edge, path):
    return until(lambda: [each for each in edge.log.splitlines() if f'"GET {path} ' in each])[-1]


def left(edge):
    """A client that goes before the answer comes."""
    edge.service.asked.clear()
    with socket.create_connection((LOOPBACK, edge.port())) as client:
        client.sendall(b"GET /left HTTP/1.1\r\nhost: edge\r\n\r\n")
        edge.service.asked.wait(10)
    return line(edge, "/left")


BEFORE_HEADERS = "upstream connect error or disconnect/reset before headers"
SAID = {
    "503 UH": logged("/empty"),
    "no healthy upstream": answered("/empty"),
    "503 UF": logged("/refused"),
    BEFORE_HEADERS: answered("/refused"),
    "reset reason: remote connection failure": answered("/refused"),
    "503 UO": logged("/full"),
    "reset reason: overflow": answered("/full"),
    "503 URX": logged("/tired"),
    "504 UT": logged("/silent"),
    "upstream request timeout": answered("/silent"),
    "503 UC": logged("/closes"),
    "reset reason: connection termination": answered("/closes"),
    "502 UPE": logged("/garbage"),
    "404 NR": logged("/anywhere"),
    "503 NC": logged("/nowhere"),
    "0 DC": left,
}
