"""A payments provider on loopback that does what the path asks for, and remembers who asked."""

import threading
from collections import defaultdict
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Provider(ThreadingHTTPServer):
    """`/503` answers with 503, `/once` the first time only; `/drop` hangs up; `/hold` waits."""

    request_queue_size = 256

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.port = self.server_address[1]
        self.heard, self.changed = defaultdict(list), threading.Condition()
        self.let_go = threading.Event()

    def wait(self, count, path, patience=5):
        """True once so many requests for the path have come."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.heard[path]) >= count, patience)


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        provider, kind = self.server, self.path.split("/")[1]
        with provider.changed:
            provider.heard[self.path].append(dict(self.headers.items()))
            first = len(provider.heard[self.path]) == 1
            provider.changed.notify_all()
        if kind == "drop":
            self.close_connection = True
            return
        if kind == "hold":
            provider.let_go.wait()
            kind = "503"
        if kind == "once":
            kind = "503" if first else "200"
        self.send_response(int(kind))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        """What was heard is the record."""


@contextmanager
def provider():
    with Provider() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            server.let_go.set()
            server.shutdown()


def ask(port, path, patience=10):
    """The status of the answer, or the name of what went wrong."""
    connection = HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, HTTPException) as wrong:
        return type(wrong).__name__
    finally:
        connection.close()
