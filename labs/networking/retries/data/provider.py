"""A payments provider on loopback that does what the path asks for, and remembers who asked."""

import socket
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOGETHER = 40


class Provider(ThreadingHTTPServer):
    """`/503` answers with 503, `/once` the first time, `/late` after 20 ms; `/drop` hangs up.

    `/hold` waits for `let_go`, and every request after the first 40 for `let_retries_go`.
    """

    request_queue_size = 256

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.port = self.server_address[1]
        self.heard, self.changed = defaultdict(list), threading.Condition()
        self.let_go, self.let_retries_go = threading.Event(), threading.Event()

    def wait(self, count, path, patience=5):
        """True once so many requests for the path have come."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.heard[path]) >= count, patience)

    def refuse(self):
        """From now on nobody listens here; the port stays taken, so that nobody else does."""
        self.shutdown()
        self.server_close()
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        provider, kind = self.server, self.path.split("/")[1]
        with provider.changed:
            provider.heard[self.path].append(dict(self.headers.items()))
            nth = len(provider.heard[self.path])
            provider.changed.notify_all()
        if kind == "drop":
            self.close_connection = True
            return
        if kind == "hold":
            (provider.let_go if nth <= TOGETHER else provider.let_retries_go).wait()
            kind = "503"
        if kind == "late":
            time.sleep(0.02)
            kind = "503"
        if kind == "once":
            kind = "503" if nth == 1 else "200"
        self.send_response(int(kind))
        self.send_header("Content-Length", "0")
        # Each request has a connection of its own, and so does the one that is to be refused.
        self.send_header("Connection", "close")
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
            server.let_retries_go.set()
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


def fail_together(port, provider):
    """How many of 40 requests that fail in one moment are sent again at that moment."""
    for attempt in range(5):
        path = f"/hold/{attempt}"
        provider.let_go, provider.let_retries_go = threading.Event(), threading.Event()
        with ThreadPoolExecutor(TOGETHER) as pool:
            riders = [pool.submit(ask, port, path) for _ in range(TOGETHER)]
            provider.wait(TOGETHER, path, patience=0.9)
            provider.let_go.set()
            # Each is either over, or is sent again and held: then nothing is on its way.
            while sum(rider.done() for rider in riders) + retries(provider, path) < TOGETHER:
                time.sleep(0.002)
            provider.let_retries_go.set()
        # On a busy machine some were too late for a deadline: once more.
        if {rider.result() for rider in riders} == {503}:
            break
    return retries(provider, path)


def retries(provider, path):
    return len(provider.heard[path]) - TOGETHER
