"""Valkey, the cache."""

import secrets
import socket
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from labs.kit.stack.installation import binary
from labs.kit.stack.ports import LOOPBACK, reserve
from labs.kit.stack.server import Server

if TYPE_CHECKING:
    import valkey

SETTINGS = {
    "bind": LOOPBACK,
    "save": "",
    "appendonly": "no",
    # `DEBUG SLEEP` is how a lab makes it slow.
    "enable-debug-command": "local",
}


class Valkey(Server):
    """A Valkey of its own, which keeps nothing on disk; `settings` as in valkey.conf."""

    name = "valkey"
    # It has nothing to lose, and would notice a gentler signal only at its next tick, 100 ms later.
    ending = "KILL"

    def __init__(self, settings: Mapping[str, object] | None = None):
        super().__init__()
        self.settings = {**SETTINGS, **(settings or {})}

    def command(self) -> list[str]:
        self.port = reserve()
        # Without it, whoever else uses this machine could read and write here. In a file, because
        # options can be read by everybody.
        self.password = secrets.token_hex(16)
        settings = {
            **self.settings,
            "port": self.port,
            "dir": self.folder,
            "requirepass": self.password,
        }
        file = self.folder / "valkey.conf"
        file.touch(mode=0o600)
        file.write_text("".join(f'{name} "{value}"\n' for name, value in settings.items()))
        return [str(binary("valkey-server")), str(file)]

    def answers(self) -> bool:
        with socket.create_connection((LOOPBACK, self.port), timeout=0.5) as connection:
            connection.sendall(f"AUTH {self.password}\r\nECHO ready\r\nQUIT\r\n".encode())
            with connection.makefile("rb") as said:
                return said.read() == b"+OK\r\n$5\r\nready\r\n+OK\r\n"

    @property
    def url(self) -> str:
        """For any driver; the password is in it."""
        return f"valkey://:{self.password}@{LOOPBACK}:{self.port}/0"

    def client(self, **options: Any) -> "valkey.Valkey":
        """A client that gives strings, not bytes, unless told otherwise."""
        import valkey

        return valkey.Valkey.from_url(self.url, **{"decode_responses": True, **options})
