"""The operating system, in the words of programs that everybody has."""

import contextlib
import socket
import subprocess

from labs.kit.stack.ports import LOOPBACK
from symptoms.services import Service, closed_port


@contextlib.contextmanager
def running():
    with Service() as service:
        yield service


def curl(path, *options):
    def run(service):
        return shell(f"curl --noproxy '*' -sS {' '.join(options)} http://{service.address}{path}")

    return run


def shell(command):
    done = subprocess.run(
        ["sh", "-c", command],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin", "LC_ALL": "C"},
    )
    return done.stdout + done.stderr


def reset(service):
    with socket.create_connection((LOOPBACK, service.port)) as client:
        client.sendall(b"GET /resets HTTP/1.1\r\n\r\n")
        try:
            client.recv(1)
        except OSError as error:
            return str(error)
    return "no error"


def taken(service):
    try:
        socket.create_server((LOOPBACK, service.port)).close()
    except OSError as error:
        return str(error)
    return "no error"


def left(service):
    """Writing to somebody who has hung up: the first write finds out, the second is told."""
    with socket.create_connection((LOOPBACK, service.port)) as client:
        client.sendall(b"GET /closes HTTP/1.1\r\n\r\n")
        client.recv(1)
        try:
            while True:
                client.sendall(b"more")
        except OSError as error:
            return str(error)


SAID = {
    "Connection refused": lambda _: shell(f"bash -c 'echo > /dev/tcp/{LOOPBACK}/{closed_port()}'"),
    "Connection reset by peer": reset,
    "Broken pipe": left,
    "Empty reply from server": curl("/closes"),
    "Operation timed out": curl("/silent", "--max-time", "0.1"),
    "Address already in use": taken,
    "Too many open files": lambda _: shell("ulimit -n 3; exec 9</dev/null"),
    "No space left on device": lambda _: shell("cat /etc/hosts > /dev/full"),
}
