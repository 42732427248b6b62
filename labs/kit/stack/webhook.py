"""Somebody for Alertmanager to notify."""

import json
import threading
from typing import Any, Self

from labs.kit.stack.ports import LOOPBACK
from labs.kit.trouble import Trouble


class Webhook:
    """A receiver on loopback that keeps what it is sent: `webhook_configs: [{url: …}]`."""

    def __init__(self) -> None:
        self.notifications: list[dict[str, Any]] = []
        self.arrived = threading.Condition()

    def __enter__(self) -> Self:
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

        webhook = self

        class Receiver(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with webhook.arrived:
                    webhook.notifications.append(json.loads(body))
                    webhook.arrived.notify_all()
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:
                """The notifications are the record."""

        class Receivers(ThreadingHTTPServer):
            # Of five, the default, the sixth that comes at once is let in a second later.
            request_queue_size = 128

        self.server = Receivers((LOOPBACK, 0), Receiver)
        self.url = f"http://{LOOPBACK}:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def wait(self, count: int = 1, *, patience: float = 30) -> list[dict[str, Any]]:
        """The notifications so far, once there are at least `count`."""
        with self.arrived:
            if not self.arrived.wait_for(lambda: len(self.notifications) >= count, patience):
                raise Trouble(
                    f"{len(self.notifications)} of {count} notifications came in {patience:g} s."
                )
            return list(self.notifications)
