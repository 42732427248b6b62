"""Valkey full of keys, full of clients, loading, and behind another one."""

import contextlib
import socket

from labs.kit.stack import Valkey
from labs.kit.stack.ports import LOOPBACK
from symptoms.services import until


@contextlib.contextmanager
def running():
    with Valkey() as cache:
        yield cache


class Wire:
    """Its words as they are sent: clients cut off the first word of an error."""

    def __init__(self, server, login=True):
        self.socket = socket.create_connection((LOOPBACK, server.port), timeout=10)
        self.lines = self.socket.makefile("r", encoding="utf-8", newline="\r\n")
        if login:
            self.say(f"AUTH {server.password}")

    def say(self, command):
        with contextlib.suppress(OSError):
            self.socket.sendall(f"{command}\r\n".encode())
        return self.lines.readline().strip()

    def close(self):
        self.lines.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def say(*commands, login=True):
    """The answer to the last of these commands."""

    def run(cache):
        with Wire(cache, login) as wire:
            return [wire.say(command) for command in commands][-1]

    return run


def full(_):
    with Valkey({"maxmemory": 1}) as cache, Wire(cache) as wire:
        return wire.say("SET fare 12")


def crowded(_):
    with Valkey({"maxclients": 5}) as cache, contextlib.ExitStack() as held:
        return until(lambda: refused(held.enter_context(Wire(cache, login=False))))


def refused(wire):
    said = wire.say("PING")
    return said if "max number" in said else None


@contextlib.contextmanager
def replicated(**settings):
    with Valkey() as primary, Valkey(settings) as replica:
        replica.client().config_set("primaryauth", primary.password)
        yield primary, replica


def loading(_):
    """A replica takes over all keys of its primary, and tarries at each."""
    with replicated(**{"loading-process-events-interval-bytes": 1024}) as (primary, replica):
        primary.client().execute_command("DEBUG", "POPULATE", "20000")
        replica.client().config_set("key-load-delay", 1000)
        replica.client().replicaof(LOOPBACK, primary.port)
        with Wire(replica) as wire:
            return until(lambda: starts(wire.say("GET key:1"), "-LOADING"))


def starts(said, word):
    return said if said.startswith(word) else None


def read_only(_):
    with replicated() as (primary, replica):
        replica.client().replicaof(LOOPBACK, primary.port)
        with Wire(replica) as wire:
            return wire.say("SET fare 12")


def primary_gone(_):
    with replicated(**{"replica-serve-stale-data": "no"}) as (primary, replica):
        replica.client().replicaof(LOOPBACK, primary.port)
        with Wire(replica) as wire:
            return until(lambda: starts(wire.say("GET fare"), "-MASTERDOWN"))


def unsaved(_):
    """Its folder has gone, so that it cannot write the snapshot that it is to write."""
    with Valkey({"save": "3600 1"}) as cache, Wire(cache) as wire:
        (cache.folder / "dump.rdb").mkdir()
        wire.say("SET fare 12")
        wire.say("BGSAVE")
        return until(lambda: starts(wire.say("SET fare 13"), "-MISCONF"))


SAID = {
    "OOM command not allowed when used memory > 'maxmemory'": full,
    "max number of clients reached": crowded,
    "LOADING Valkey is loading the dataset in memory": loading,
    "READONLY You can't write against a read only replica": read_only,
    "MASTERDOWN Link with MASTER is down": primary_gone,
    "MISCONF Valkey is configured to save RDB snapshots": unsaved,
    "WRONGTYPE Operation against a key holding the wrong kind of value": say(
        "LPUSH offers 1", "GET offers"
    ),
    "NOAUTH Authentication required": say("PING", login=False),
}
