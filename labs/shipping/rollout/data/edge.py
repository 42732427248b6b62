"""Fareway's edge with two versions of pricing behind it, and riders who ask it for a price."""

import contextlib
import re
import socket

import yaml

from labs.kit.check import Failed
from labs.kit.stack import NotReady

ENVOY = "type.googleapis.com/envoy.extensions.filters"
CONNECTIONS = f"{ENVOY}.network.http_connection_manager.v3.HttpConnectionManager"
ROUTER = f"{ENVOY}.http.router.v3.Router"
VERSIONS = ("stable", "canary")


def started(envoy, text, folder):
    """An Envoy with these routes; a failed claim, in its own words, where it refuses them."""
    try:
        return envoy(bootstrap(yaml.safe_load(text), folder))
    except yaml.YAMLError as wrong:
        said = f"it is not YAML: {' '.join(str(wrong).split())}"
    except NotReady as trouble:
        said = str(trouble).splitlines()[0]
        if "refuses" not in said:
            raise
        # The learner sees the routes, not what is around them.
        said = re.sub(r"static_resources\S*route_config\W+", "", said)
    raise Failed("Envoy with these routes", "it starts", said, symptom="refused")


def bootstrap(routes, folder):
    """A whole configuration of Envoy around the routes of its listener `edge`.

    Both versions of pricing are servers behind a socket in `folder`; they answer with their name.
    """
    edge = {"socket_address": {"address": "127.0.0.1", "port_value": 0}}
    sockets = {version: {"pipe": {"path": f"{folder}/{version}"}} for version in VERSIONS}
    pricing = [listener(version, sockets[version], says(version)) for version in VERSIONS]
    clusters = [cluster(version, sockets[version]) for version in VERSIONS]
    return {
        "static_resources": {
            "listeners": [listener("edge", edge, routes), *pricing],
            "clusters": clusters,
        }
    }


def listener(name, address, routes):
    router = {"name": "router", "typed_config": {"@type": ROUTER}}
    manager = {"@type": CONNECTIONS, "stat_prefix": name, "route_config": routes}
    chain = {"name": "http", "typed_config": manager | {"http_filters": [router]}}
    return {"name": name, "address": address, "filter_chains": [{"filters": [chain]}]}


def says(version):
    answer = {"status": 200, "body": {"inline_string": f"[{version}]"}}
    route = {"match": {"prefix": "/"}, "direct_response": answer}
    return {"virtual_hosts": [{"name": version, "domains": ["*"], "routes": [route]}]}


def cluster(version, address):
    endpoint = {"endpoint": {"address": address}}
    assignment = {"cluster_name": version, "endpoints": [{"lb_endpoints": [endpoint]}]}
    return {"name": f"pricing_{version}", "load_assignment": assignment}


def ask(port, requests):
    """For each request, given as its headers: the version that answered, and `x-pricing-version`.

    Forty at a time, each on a connection of its own: Envoy answers none while another is under way.
    """
    with contextlib.ExitStack() as stack:
        connections = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            for _ in requests[:40]
        ]
        found = []
        for start in range(0, len(requests), 40):
            asked = list(zip(connections, requests[start : start + 40], strict=False))
            for connection, headers in asked:
                connection.sendall(written(headers))
            found += [read(answer(connection)) for connection, _ in asked]
    return found


def written(headers):
    lines = [f"GET {headers.get('x-path', '/quote')} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def answer(connection):
    """One whole response; what is missing of it when the server hangs up is missing."""
    data = connection.recv(1 << 16)
    while True:
        head, end, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"\ncontent-length: (\d+)", head)
        if end and len(body) >= int(length[1] if length else 0):
            return data.decode()
        more = connection.recv(1 << 16)
        if not more:
            return data.decode()
        data += more


def read(response):
    """A request that no version answered, such as a 404, has None for a version."""
    head, _, body = response.partition("\r\n\r\n")
    version = next((version for version in VERSIONS if f"[{version}]" in body), None)
    lines = [line.partition(": ") for line in head.split("\r\n")]
    return version, [value for name, _, value in lines if name == "x-pricing-version"]


def rider(rng, **headers):
    """A request of somebody's, from somewhere, for something."""
    address = ".".join(str(rng.randrange(256)) for _ in range(3))
    return {
        "host": rng.choice(["api.fareway.example", "edge.fareway.example:8443"]),
        "x-path": rng.choice(["/quote", "/quote/7?seats=2", "/"]),
        "x-forwarded-for": f"10.{address}",
        "x-rider": str(rng.randrange(10**9)),
    } | headers
