"""A service behind the edge that does, path by path, what services do on a bad day."""

import contextlib
import socket
import struct
import threading
import time

from labs.kit.stack.ports import LOOPBACK

ANSWERS = {
    "/tired": b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n",
    "/garbage": b"what?\r\n\r\n",
    "/failing": b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n",
}


class Service:
    """Says nothing to `/silent`, hangs up on `/closes`, breaks off at `/resets`."""

    def __enter__(self):
        self.listening = socket.create_server((LOOPBACK, 0))
        self.port = self.listening.getsockname()[1]
        self.address = f"{LOOPBACK}:{self.port}"
        self.asked = threading.Event()
        self.open = []
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        # A thread that waits in accept() is not woken by close() alone.
        with contextlib.suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        for each in [self.listening, *self.open]:
            each.close()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listening.accept()
                self.open.append(connection)
                threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        with contextlib.suppress(OSError):
            while request := connection.recv(65536):
                self.asked.set()
                path = request.split()[1].decode()
                if path == "/resets":
                    # Closing with unsent data discarded is a reset.
                    linger = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                if path in ("/closes", "/resets"):
                    return connection.close()
                if path in ANSWERS:
                    connection.sendall(ANSWERS[path])
        return None


def closed_port():
    """A port of this machine where nobody listens."""
    with socket.create_server((LOOPBACK, 0)) as was:
        return was.getsockname()[1]


def until(look, patience=20):
    """What a look finds, as soon as it finds something; nothing, if it never does."""
    deadline = time.monotonic() + patience
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return found
