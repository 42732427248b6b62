"""Pricing behind an edge, and apps that ask it and say what became of that.

The edge is a real Envoy. Pricing, the apps and what riders decide are simulated: of those who see a
price six in ten book, and those who see none tap twice more.
"""

import asyncio
import json
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web

HTTP = "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3"
ROUTER = "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"

WORK, TAPS, PAUSE = 0.02, 3, 0.2
"""Seconds that a price takes, how often a rider taps at most, and seconds between two taps."""


def edge(port):
    """Envoy's configuration: everything goes to the cluster `pricing`, on this port."""
    route = {"match": {"prefix": "/"}, "route": {"cluster": "pricing"}}
    manager = {
        "@type": f"{HTTP}.HttpConnectionManager",
        "stat_prefix": "edge",
        "http_filters": [{"name": "router", "typed_config": {"@type": ROUTER}}],
        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [route]}]},
    }
    chain = {"filters": [{"name": "http", "typed_config": manager}]}
    endpoint = {"lb_endpoints": [{"endpoint": {"address": address(port)}}]}
    assignment = {"cluster_name": "pricing", "endpoints": [endpoint]}
    return {
        # Histograms show what was flushed, every 5 s if nothing is said.
        "stats_flush_interval": "0.2s",
        "static_resources": {
            "listeners": [{"name": "edge", "address": address(0), "filter_chains": [chain]}],
            "clusters": [{"name": "pricing", "load_assignment": assignment}],
        },
    }


def address(port):
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}


class Pricing:
    """Answers 200, always. After the `release` most streets have no price any more."""

    def __init__(self, rng, missing=0.9):
        self.rng, self.missing, self.released = rng, missing, False

    async def quote(self, request):
        if self.released and int(request.query["street"]) < 100 * self.missing:
            return web.json_response({"offers": []})
        await asyncio.sleep(WORK)
        offer = {"car": "city", "price": round(self.rng.uniform(4, 40), 2)}
        return web.json_response({"offers": [offer]})

    async def health(self, request):
        return web.Response(text="ok")


class Apps:
    """Riders' phones, and the counters of the gateway that takes their reports."""

    def __init__(self, port, rng):
        self.port, self.rng, self.booked = port, rng, 0
        self.attempts = {"served": 0, "gave_up": 0}
        self.probes = {"200": 0, "other": 0}

    async def metrics(self, request):
        lines = [f'ride_attempts_total{{outcome="{k}"}} {v}' for k, v in self.attempts.items()]
        lines += [f'probes_total{{status="{k}"}} {v}' for k, v in self.probes.items()]
        return web.Response(text="\n".join([*lines, f"rides_booked_total {self.booked}", ""]))

    async def attempt(self, session):
        street = self.rng.randrange(100)
        for _ in range(TAPS):
            async with session.get(f"http://127.0.0.1:{self.port}/?street={street}") as answer:
                body = json.loads(await answer.text())
            if body["offers"]:
                self.attempts["served"] += 1
                self.booked += self.rng.random() < 0.6
                return
            await asyncio.sleep(PAUSE)
        self.attempts["gave_up"] += 1

    async def probe(self, session):
        async with session.get(f"http://127.0.0.1:{self.port}/healthz") as answer:
            self.probes["200" if answer.status == 200 else "other"] += 1

    async def ask(self, rate):
        """Attempts at this rate a second, and ten probes a second, until cancelled."""
        async with ClientSession() as session, asyncio.TaskGroup() as riders:
            for number in range(10**9):
                riders.create_task(self.attempt(session))
                if number % max(1, rate // 10) == 0:
                    riders.create_task(self.probe(session))
                await asyncio.sleep(1 / rate)


@asynccontextmanager
async def served(handlers):
    """A server of these paths; its port, which the system chose."""
    application = web.Application()
    application.add_routes([web.get(path, handler) for path, handler in handlers.items()])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
