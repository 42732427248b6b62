"""What checks may ask for by the name of a server. Here `check` and `stack` meet, and only here.

PostgreSQL and Valkey take a moment to start and nothing to share: the worker keeps one of each
warm, and every run gets a database of its own. Envoy, Prometheus and Alertmanager are their
configuration: a check starts its own, from the answer.
"""

import re
from contextlib import ExitStack
from functools import partial
from importlib import import_module

from labs.kit.course import read_lab

SHARED = ("postgres", "valkey")
# One connection to a server of the lab's: all that a check needs which a page can run too.
PART = {"session": "postgres"}
OWN = ("envoy", "prometheus", "alertmanager")
CLIENTS = {
    "postgres": ("psycopg",),
    "session": ("psycopg", "labs.kit.session"),
    "valkey": ("valkey",),
    "envoy": ("labs.kit.stack.envoy", "yaml", "http.client", "http.server"),
    "prometheus": ("labs.kit.stack.prometheus", "yaml", "http.client"),
    "alertmanager": ("labs.kit.stack.alertmanager", "yaml", "http.client", "http.server"),
}


class Bench:
    """The warm servers of one worker, ended with it."""

    def __init__(self):
        self.stack, self.warm = ExitStack(), {}

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.stack.close()

    def provided(self, exercise):
        """Makers by name, for the servers that the exercise needs."""
        needs = needed(exercise)
        for name in needs:
            # Before the fork: psycopg takes a quarter of a second to import, once.
            for module in CLIENTS.get(name, ()):
                import_module(module)
        shared = {name: partial(fresh, name, self._warm(name)) for name in SHARED if name in needs}
        if "session" in needs:
            shared["session"] = partial(session, self._warm("postgres"))
        return shared | {name: partial(starter, name) for name in OWN if name in needs}

    def _warm(self, name):
        server = self.warm.get(name)
        if server is None or server.guard.status() is not None:
            server = self.warm[name] = self.stack.enter_context(server_class(name)())
        return server


def needed(exercise):
    """Of the lab's servers, or of parts of them, those that the checks of this exercise name."""
    checks = exercise.folder / "checks.py"
    words = set(re.findall(r"\w+", checks.read_text(encoding="utf-8"))) if checks.exists() else ()
    servers = read_lab(exercise.lab, exercise.folder.parent).needs
    parts = [part for part, server in PART.items() if server in servers]
    return [name for name in [*servers, *parts] if name in words]


def server_class(name):
    from labs.kit import stack

    return getattr(stack, name.capitalize())


def fresh(name, server):
    """A database that nobody else is in, gone after the run."""
    if name == "postgres":
        with server.database() as database:
            yield database
    else:
        client = server.client()
        client.flushall()
        yield client
        client.close()


def session(server):
    """One connection to a database that nobody else is in."""
    from labs.kit.session import over_psycopg

    with server.database() as database, database.connect() as connection:
        yield over_psycopg(connection)


def starter(name):
    """A function that starts this server as often as a check likes; all end with the run."""
    with ExitStack() as stack:
        yield lambda *given, **options: stack.enter_context(server_class(name)(*given, **options))
