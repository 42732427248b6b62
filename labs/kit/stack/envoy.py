"""Envoy, the edge."""

import copy
import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from labs.kit.stack.installation import binary
from labs.kit.stack.ports import LOOPBACK, listens
from labs.kit.stack.server import NotReady, Server
from labs.kit.stack.web import request
from labs.kit.trouble import Trouble

ADMIN = {"address": {"socket_address": {"address": LOOPBACK, "port_value": 0}}}


class Envoy(Server):
    """An Envoy with this configuration, as YAML or as a dictionary.

    Whatever addresses it names for its listeners and its admin interface, it gets loopback and
    ports that the system chooses, so that two never meet: `listener_port` and `url` find them.
    """

    name = "envoy"

    def __init__(self, config: str | dict[str, Any], *, concurrency: int = 1):
        super().__init__()
        self.config = localised(config)
        self.concurrency = concurrency
        self.ports: dict[str, int] = {}

    def command(self) -> list[str]:
        file = self.folder / "envoy.json"
        file.write_text(json.dumps(self.config))
        return [
            *(str(binary("envoy")), "--config-path", str(file)),
            *("--admin-address-path", str(self.folder / "admin.txt")),
            *("--concurrency", str(self.concurrency)),
            # Otherwise two Envoys on one machine meet in shared memory.
            "--disable-hot-restart",
        ]

    def answers(self) -> bool:
        _, _, admin = (self.folder / "admin.txt").read_text().rpartition(":")
        if not admin:
            return False
        self.admin_port = int(admin)
        if request(self.admin_port, "/ready") != (200, "LIVE\n"):
            return False
        self.ports = bound(json.loads(self.admin("/listeners?format=json")))
        return all(listens(port) for port in self.ports.values())

    def port(self, listener: str | None = None) -> int:
        """The port of a listener, the first one if no name is given."""
        if not self.ports:
            raise Trouble(
                "This Envoy has no TCP listener, so no port. Its configuration needs one."
            )
        if listener is None:
            return next(iter(self.ports.values()))
        if listener not in self.ports:
            known = ", ".join(self.ports)
            raise Trouble(f"Envoy has no listener called {listener!r}. It has: {known}.")
        return self.ports[listener]

    @property
    def url(self) -> str:
        """Where its first listener answers."""
        return f"http://{LOOPBACK}:{self.port()}"

    def admin(self, path: str, *, method: str = "GET") -> str:
        """What the admin interface answers, such as `/clusters` or `/stats?format=json`."""
        status, text = request(self.admin_port, path, method=method)
        if status != 200:
            raise Trouble(f"Envoy's admin interface answered {status} to {path}: {text.strip()}")
        return text

    def stat(self, name: str) -> int:
        """One counter or gauge. Envoy makes many of them at the first event, so unknown is 0."""
        text = self.admin(f"/stats?format=json&filter=^{re.escape(name)}$".replace("\\", "%5C"))
        return next((each["value"] for each in json.loads(text)["stats"] if "value" in each), 0)

    def refusal(self, log: str) -> str | None:
        return refusal(log)


def validate(config: str | dict[str, Any]) -> str | None:
    """What Envoy has against a configuration, in its own words; None if it takes it."""
    try:
        text = json.dumps(localised(config))
    except NotReady as error:
        return str(error)
    with tempfile.TemporaryDirectory(prefix="ground-school-") as folder:
        file = Path(folder) / "envoy.json"
        file.write_text(text)
        command = [str(binary("envoy")), "--mode", "validate", "--config-path", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode == 0:
        return None
    return refusal(done.stderr) or done.stderr.strip()[-400:]


def localised(config: str | dict[str, Any]) -> dict[str, Any]:
    """The same configuration on loopback, with ports that the system is to choose."""
    config = copy.deepcopy(config) if isinstance(config, dict) else parsed(config)
    listeners = (config.get("static_resources") or {}).get("listeners") or []
    for listener in listeners:
        match listener:
            case {"address": {"socket_address": {"port_value": _} as address}}:
                address.update(address=LOOPBACK, port_value=0)
    return {**config, "admin": ADMIN}


def parsed(text: str) -> dict[str, Any]:
    import yaml

    try:
        config = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        described = " ".join(str(error).split())
        raise NotReady(f"The Envoy configuration is not YAML: {described}") from error
    if not isinstance(config, dict):
        raise NotReady("The Envoy configuration has no keys. It starts with `static_resources:`.")
    return config


def bound(listeners: dict[str, Any]) -> dict[str, int]:
    """Ports by the listener's name, in the order of the configuration."""
    return {
        each["name"]: each["local_address"]["socket_address"]["port_value"]
        for each in listeners.get("listener_statuses", [])
        if "socket_address" in each["local_address"]
    }


def refusal(log: str) -> str | None:
    """Envoy's reason, out of the dump of the configuration that it comes with."""
    for announced in (
        r"error `(.*)` initializing config '",
        r"error initializing configuration '.*?': (.*?)(?=^\[\d{4}-|\Z)",
    ):
        if found := re.search(announced, log, re.M | re.S):
            return innermost(" ".join(found[1].split()))
    return None


def innermost(said: str) -> str:
    """The part of a chain of messages that says something about the configuration.

    Two runs say the same: Envoy's own dumps are marked and spaced at random, and are cut here.
    """
    said = re.sub(r"goo\.gle/debug\w+ ?", "", said)
    # Places in the JSON that is written for it, which nobody sees.
    said = re.sub(r", near \d+:\d+ \(offset \d+\)", "", said)
    for known in (
        r".*caused by (.*?)\)$",
        r".* @ (static_resources.*?)\)(?: has unknown fields|: \{)",
        r".*(could not find @type '.*?')",
        r".*Proto constraint validation failed \((.*?)\)$",
    ):
        if match := re.match(known, said):
            return match[1]
    return said[:400]
