"""Ports that nobody else is given."""

import socket

LOOPBACK = "127.0.0.1"


def reserve() -> int:
    """A port that the system gives to nobody for a minute, except to who asks for it by number.

    A connection that was opened and closed on it leaves it in TIME_WAIT, where servers can bind
    it (they all set SO_REUSEADDR), and the system does not choose it.
    """
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        # After the choice, or it could fall on a port that was just reserved in this way.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.listen(1)
        port = listener.getsockname()[1]
        with socket.create_connection((LOOPBACK, port)):
            accepted, _ = listener.accept()
            # The side that closes first is the one that waits.
            accepted.close()
    return port


def listens(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True
