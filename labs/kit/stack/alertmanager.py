"""Alertmanager, which groups, inhibits and sends, and somebody to send to."""

import json
import re
from collections.abc import Sequence
from typing import Any

from labs.kit.stack.installation import binary
from labs.kit.stack.ports import LOOPBACK, reserve
from labs.kit.stack.server import Server
from labs.kit.stack.web import request
from labs.kit.trouble import Trouble

SILENT = {"route": {"receiver": "nobody"}, "receivers": [{"name": "nobody"}]}


class Alertmanager(Server):
    """An Alertmanager with this configuration, as YAML or as a dictionary; it has no peers."""

    name = "alertmanager"

    def __init__(self, config: str | dict[str, Any] = SILENT):
        super().__init__()
        # JSON is YAML.
        self.config = config if isinstance(config, str) else json.dumps(config)

    def command(self) -> list[str]:
        self.port = reserve()
        file = self.folder / "alertmanager.yml"
        file.write_text(self.config)
        return [
            str(binary("alertmanager")),
            f"--config.file={file}",
            f"--storage.path={self.folder / 'data'}",
            f"--web.listen-address={LOOPBACK}:{self.port}",
            # Or the links in its notifications carry this machine's name.
            f"--web.external-url={self.url}",
            # Otherwise it gossips, on every address of this machine.
            "--cluster.listen-address=",
        ]

    def answers(self) -> bool:
        # Its own word that it has the port; on the port alone somebody else might answer.
        return 'msg="Listening on"' in self.log and self.api("alerts") == []

    def refusal(self, log: str) -> str | None:
        found = re.search(r'level=error .*?err="((?:[^"\\]|\\.)*)"', log, re.I)
        return found[1].replace('\\"', '"').replace("\\n", "\n") if found else None

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def post(self, alerts: Sequence[dict[str, Any]]) -> None:
        """Hand it alerts as Prometheus does: `[{"labels": {"alertname": "Down"}}]`."""
        self.api("alerts", method="POST", body=list(alerts))

    def alerts(self) -> list[dict[str, Any]]:
        """The alerts that it holds, with their state: active, or suppressed and by what."""
        return self.api("alerts")

    def groups(self) -> list[dict[str, Any]]:
        """The same alerts, in the groups that make a notification each."""
        return self.api("alerts/groups")

    def api(self, endpoint: str, *, method: str = "GET", body: object = None) -> Any:
        status, text = request(self.port, f"/api/v2/{endpoint}", method=method, body=body)
        if status != 200:
            raise Trouble(f"alertmanager answered {status}: {text.strip()}")
        return json.loads(text) if text else None
