"""Requests to our own servers."""

import json

from labs.kit.stack.ports import LOOPBACK


def request(port: int, path: str, *, method: str = "GET", body: object = None) -> tuple[int, str]:
    """The status and the text; an OSError if nothing answers. It knows no proxy."""
    # Not at the top: it takes longer to import than the rest of the stack.
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection(LOOPBACK, port, timeout=10)
    text = None if body is None else json.dumps(body)
    headers = {} if body is None else {"Content-Type": "application/json"}
    try:
        connection.request(method, path, text, headers)
        response = connection.getresponse()
        return response.status, response.read().decode(errors="replace")
    except HTTPException as error:
        raise OSError(f"no HTTP from port {port}: {error!r}") from error
    finally:
        connection.close()
