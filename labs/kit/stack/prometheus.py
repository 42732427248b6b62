"""Prometheus, which scrapes, evaluates rules and answers queries."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from labs.kit.stack.alertmanager import Alertmanager
from labs.kit.stack.installation import binary
from labs.kit.stack.ports import LOOPBACK, reserve
from labs.kit.stack.server import Server
from labs.kit.stack.tools import promtool
from labs.kit.stack.web import request
from labs.kit.trouble import Trouble

# A job's targets, or all that prometheus.yml may say of a job.
Job = Sequence[str] | Mapping[str, Any]


class Prometheus(Server):
    """A Prometheus that scrapes `scrape` (targets by job) and evaluates `rules` (YAML).

    The intervals are short, because a lab cannot wait for minutes; in production they are 15 s to
    1 min. A rate needs a window of four or five scrapes. The first scrape comes 5 s after the
    start, as does the first notification: Prometheus throttles discovery by that much.

    `history` is what it is to remember from before it was started, in the OpenMetrics format, with
    a time in Unix seconds at each sample.
    """

    name = "prometheus"

    def __init__(
        self,
        scrape: Mapping[str, Job] | None = None,
        *,
        rules: str = "",
        history: str = "",
        scrape_interval: str = "200ms",
        evaluation_interval: str = "200ms",
        alertmanager: Alertmanager | None = None,
    ):
        super().__init__()
        self.jobs = dict(scrape or {})
        self.rules = rules
        self.history = history
        self.intervals = {
            "scrape_interval": scrape_interval,
            # It may not be longer than the interval; the default is 10 s.
            "scrape_timeout": scrape_interval,
            "evaluation_interval": evaluation_interval,
        }
        self.alertmanager = alertmanager

    def command(self) -> list[str]:
        self.port = reserve()
        self.write()
        if self.history:
            (self.folder / "history.om").write_text(self.history)
            past = ["openmetrics", "history.om", "data"]
            promtool("tsdb", "create-blocks-from", *past, folder=self.folder)
        return [
            str(binary("prometheus")),
            f"--config.file={self.folder / 'prometheus.json'}",
            f"--storage.tsdb.path={self.folder / 'data'}",
            f"--web.listen-address={LOOPBACK}:{self.port}",
            # Or the links in its alerts carry this machine's name.
            f"--web.external-url={self.url}",
            "--web.enable-lifecycle",
            # Or targets wait for a second throttle after that of discovery.
            "--scrape.discovery-reload-interval=100ms",
        ]

    def answers(self) -> bool:
        # Its own word that it has the port; on the port alone somebody else might answer.
        return 'msg="Listening on"' in self.log and self.ready() and self.query("vector(1)") != []

    def ready(self) -> bool:
        return request(self.port, "/-/ready")[0] == 200

    def refusal(self, log: str) -> str | None:
        # The first error names the line; those after it only say that there was one.
        errors = re.findall(r'level=error .*?err="((?:[^"\\]|\\.)*)"', log, re.I)
        if not errors:
            return None
        return errors[0].replace('\\"', '"').replace("\\n", "\n").replace(f"{self.folder}/", "")

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def query(self, promql: str, *, at: float | None = None) -> list[Any]:
        """What a query finds now, or at a time in Unix seconds: the API's `result`."""
        when = {} if at is None else {"time": at}
        return self.api("query", query=promql, **when)["result"]

    def until(self, promql: str, *, patience: float = 30) -> list[Any]:
        """What a query finds, as soon as it finds something."""
        deadline = time.monotonic() + patience
        while not (found := self.query(promql)):
            if time.monotonic() > deadline:
                raise Trouble(f"Prometheus found nothing for {promql!r} in {patience:g} s.")
            time.sleep(0.02)
        return found

    def range(self, promql: str, start: float, end: float, step: float) -> list[Any]:
        """What a query finds at every step between two times: the API's `result`."""
        return self.api("query_range", query=promql, start=start, end=end, step=step)["result"]

    def alerts(self) -> list[dict[str, Any]]:
        """The alerts that are pending or firing."""
        return self.api("alerts")["alerts"]

    def reload(self, *, rules: str | None = None, scrape: Mapping[str, Job] | None = None) -> None:
        """Read the configuration again, with other rules or targets where they are given."""
        self.rules = self.rules if rules is None else rules
        self.jobs = self.jobs if scrape is None else dict(scrape)
        self.write()
        already = len(self.log)
        status, text = request(self.port, "/-/reload", method="POST")
        if status != 200:
            raise Trouble(f"prometheus refuses it: {self.refusal(self.log[already:]) or text}")

    def api(self, endpoint: str, **parameters: object) -> dict[str, Any]:
        _, text = request(self.port, f"/api/v1/{endpoint}?{urlencode(parameters)}")
        answer = json.loads(text)
        if answer["status"] != "success":
            raise Trouble(f"prometheus refuses the query: {answer['error']}")
        return answer["data"]

    def write(self) -> None:
        """JSON is YAML."""
        (self.folder / "rules.yml").write_text(self.rules)
        config = {
            "global": self.intervals,
            "rule_files": ["rules.yml"] if self.rules else [],
            "scrape_configs": [{"job_name": name, **job(self.jobs[name])} for name in self.jobs],
        }
        if self.alertmanager is not None:
            targets = [f"{LOOPBACK}:{self.alertmanager.port}"]
            config["alerting"] = {"alertmanagers": [{"static_configs": [{"targets": targets}]}]}
        (self.folder / "prometheus.json").write_text(json.dumps(config))


def job(description: Job) -> Mapping[str, Any]:
    if isinstance(description, Mapping):
        return description
    return {"static_configs": [{"targets": list(description)}]}
