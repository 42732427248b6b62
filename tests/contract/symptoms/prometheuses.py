"""Prometheus with targets that do not answer, answer wrongly, and queries that ask too much."""

import contextlib
import re
import time

from labs.kit.stack import Alertmanager, Prometheus
from labs.kit.stack.ports import LOOPBACK
from labs.kit.stack.webhook import Webhook
from labs.kit.trouble import Trouble
from symptoms.services import Service, closed_port, until

# Two series for one city on each side: nothing says which belong together.
HISTORY = """# TYPE rides gauge
rides{{city="Lima",app="a"}} 1 {at}
rides{{city="Lima",app="b"}} 1 {at}
# TYPE drivers gauge
drivers{{city="Lima",app="a"}} 1 {at}
drivers{{city="Lima",app="b"}} 1 {at}
# EOF
"""


@contextlib.contextmanager
def running():
    with Service() as service, Alertmanager() as alertmanager:
        past = history()
        with Small(jobs(service), history=past, rules=RULE, alertmanager=alertmanager) as it:
            yield it


class Small(Prometheus):
    """One that takes a hundred samples into memory for a query, and no more."""

    def command(self):
        return [*super().command(), "--query.max-samples=100"]


def history():
    return HISTORY.format(at=int(time.time()) - 7200)


def jobs(service):
    return {
        "silent": target(service.address, "/silent"),
        "failing": target(service.address, "/failing"),
        "gone": target(f"{LOOPBACK}:{closed_port()}", "/metrics"),
    }


def target(address, path):
    return {"static_configs": [{"targets": [address]}], "metrics_path": path}


def scraped(job):
    """What the page of targets says of this one."""

    def look(prometheus):
        def error():
            targets = prometheus.api("targets")["activeTargets"]
            ours = (each for each in targets if each["labels"]["job"] == job)
            return next((each["lastError"] for each in ours), None)

        return until(error)

    return look


def refused(promql, ago=7200, **options):
    """What it has against a query."""

    def ask(prometheus):
        now = time.time()
        try:
            if options:
                prometheus.range(promql, now - options["span"], now, options["step"])
            else:
                prometheus.query(promql, at=int(now) - ago + 60)
        except Trouble as trouble:
            return str(trouble)
        return "no error"

    return ask


def backwards(_):
    """A target that gives its samples times of its own, and goes back in time."""
    with Clock() as clock, Prometheus({"clock": [clock.address]}) as prometheus:
        return until(lambda: complaint(prometheus, "out-of-order samples"))


class Insistent(Prometheus):
    def command(self):
        # It learns of its Alertmanagers after five seconds, and says an alert again each minute.
        return [*super().command(), "--rules.alert.resend-delay=200ms"]


class Clock(Service):
    scrapes = 0

    def serve(self, connection):
        with contextlib.suppress(OSError):
            while connection.recv(65536):
                self.scrapes += 1
                at = int(time.time() * 1000) - 30_000 * self.scrapes
                body = f"rides_total 1 {at}\n"
                head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain; version=0.0.4\r\n"
                connection.sendall(f"{head}content-length: {len(body)}\r\n\r\n{body}".encode())


def complaint(server, words):
    return next((line for line in server.log.splitlines() if words in line), None)


RULE = """
groups:
- name: fareway
  rules: [{alert: Down, expr: vector(1)}]
"""


def alertmanager_gone(_):
    with Alertmanager() as alertmanager:
        """It has gone before the first alert comes."""
    with Insistent(rules=RULE, alertmanager=alertmanager) as prometheus:
        return until(lambda: complaint(prometheus, "Error sending alert"))


def receiver_gone(_):
    """Alertmanager behind a pager that nobody answers."""
    with Webhook() as hook:
        url = re.sub(r":\d+", f":{closed_port()}", hook.url)
    receivers = [{"name": "pager", "webhook_configs": [{"url": url}]}]
    route = {"receiver": "pager", "group_wait": "10ms"}
    with Alertmanager({"route": route, "receivers": receivers}) as alertmanager:
        alertmanager.post([{"labels": {"alertname": "Down"}}])
        return until(lambda: complaint(alertmanager, "Notify attempt failed"))


def refused_configuration(_):
    try:
        Alertmanager("route: {receiver: pager}\nreceivers: [{name: nobody}]").start()
    except Trouble as trouble:
        return str(trouble)
    return "no error"


SAID = {
    "context deadline exceeded": scraped("silent"),
    "connect: connection refused": scraped("gone"),
    "server returned HTTP status 500 Internal Server Error": scraped("failing"),
    "Error on ingesting out-of-order samples": backwards,
    "query processing would load too many samples into memory": refused(
        "vector(time())", span=3600, step=1
    ),
    "exceeded maximum resolution of 11,000 points per timeseries": refused(
        "up", span=86_400, step=1
    ),
    "many-to-many matching not allowed": refused("rides / on (city) drivers"),
    "found duplicate series for the match group": refused('rides{app="a"} / on (city) drivers'),
    "parse error": refused("up ==="),
    "Error sending alert": alertmanager_gone,
    "Notify attempt failed, will retry later": receiver_gone,
    "undefined receiver": refused_configuration,
}
