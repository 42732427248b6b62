"""Envoy's configuration for the experiments: one route to one port, and how it retries."""

HTTP = "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3"
ROUTER = "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"


def edge(port, *, retries=0, limit=None, budget=None):
    """`limit` is what a try may take, in seconds; `budget` the share that retries may have."""
    route = {"cluster": "service", "timeout": "0s"}
    if limit:
        route["timeout"] = f"{limit * (retries + 1) + 1}s"
    if retries:
        route["retry_policy"] = {"retry_on": "5xx", "num_retries": retries}
    if retries and limit:
        route["retry_policy"]["per_try_timeout"] = f"{limit}s"
        # Hardly any pause between tries: the naive way.
        pause = {"base_interval": "0.005s", "max_interval": "0.01s"}
        route["retry_policy"]["retry_back_off"] = pause
    elif limit:
        route["timeout"] = f"{limit}s"
    threshold = dict.fromkeys(("max_requests", "max_pending_requests", "max_retries"), 100000)
    threshold["max_connections"] = 100_000
    if budget:
        threshold["retry_budget"] = {"budget_percent": {"value": budget}}
    return {
        "static_resources": {
            "listeners": [{"name": "edge", "address": address(0), "filter_chains": [http(route)]}],
            "clusters": [cluster(port, threshold)],
        }
    }


def http(route):
    hosts = [{"name": "all", "domains": ["*"], "routes": [{"match": {"prefix": "/"}}]}]
    hosts[0]["routes"][0]["route"] = route
    settings = {
        "@type": f"{HTTP}.HttpConnectionManager",
        "stat_prefix": "edge",
        "http_filters": [{"name": "router", "typed_config": {"@type": ROUTER}}],
        "route_config": {"virtual_hosts": hosts},
    }
    return {"filters": [{"name": "http", "typed_config": settings}]}


def cluster(port, threshold):
    endpoint = {"endpoint": {"address": address(port)}}
    return {
        "name": "service",
        "circuit_breakers": {"thresholds": [threshold]},
        "load_assignment": {
            "cluster_name": "service",
            "endpoints": [{"lb_endpoints": [endpoint]}],
        },
    }


def address(port):
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}
