"""A program that starts servers in one of the ways that have left orphans, to be killed at it.

It says `ready` when the moments begin at which it may be killed, and `pid N` for what must be gone
then. What it starts works in its temporary folder, which is how whatever is left of it is found.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from labs.kit.stack import Envoy, Postgres, Server, Valkey, guard, start

EDGE = {"static_resources": {}}

FOREVER = "do $$ begin loop end loop; end $$"
COMPUTING = f"select count(*) from pg_stat_activity where query = '{FOREVER}' and state = 'active'"


def launching() -> None:
    """Killed while the servers are being started, side by side and again and again."""
    say("ready")
    while True:
        with start(Envoy(EDGE), Postgres(), Valkey()):
            pass


def computing() -> None:
    """Killed while sessions compute, which look at nothing else."""
    with Postgres() as db:
        for _ in range(2):
            connection = db.connect()
            say(f"pid {connection.info.backend_pid}")
            threading.Thread(target=connection.execute, args=(FOREVER,), daemon=True).start()
        while db.psql(COMPUTING, "-At") != "2\n":
            pass
        rest(db)


def forking() -> None:
    """Killed with children that were forked while a thread was starting servers, and live on."""
    threading.Thread(target=launching, daemon=True).start()
    for _ in range(10):
        if os.fork() == 0:
            outlive()
        time.sleep(0.02)
    time.sleep(60)


def threading_() -> None:
    """Killed with servers that a thread started, while it does or after it has ended."""
    say("ready")
    started: list[Server] = []
    thread = threading.Thread(target=lambda: started.extend([Postgres().start(), Valkey().start()]))
    thread.start()
    thread.join()
    rest(*started)


def spawning() -> None:
    """Killed with a child that was given every open file, and lives on."""
    with start(Postgres(), Envoy(EDGE)) as servers:
        child = subprocess.Popen(["sleep", "60"], close_fds=False, cwd="/")
        say(f"child {child.pid}")
        rest(*servers)


def at_the_worst_moment() -> None:
    """Killed between the order to launch and the report of it, which then goes to nobody."""

    class Last:
        def write(self, order: bytes) -> None:
            os.write(writing, order)
            os.kill(os.getpid(), signal.SIGKILL)

    reading, writing = os.pipe()
    guard.lifeline = lambda: (reading, Last())
    say("ready")
    Postgres().start()


def outlive() -> None:
    os.chdir("/")
    say(f"child {os.getpid()}")
    os.execvp("sleep", ["sleep", "60"]) if os.getpid() % 2 else time.sleep(60)
    os._exit(0)


def rest(*servers: Server) -> None:
    for server in servers:
        say(f"pid {server.pid}")
    say("ready")
    time.sleep(60)


def say(words: str) -> None:
    # In one piece, because threads and children say things too.
    os.write(1, f"{words}\n".encode())


SCENES = {
    "launching": launching,
    "computing": computing,
    "forking": forking,
    "a thread": threading_,
    "spawning": spawning,
    "the worst moment": at_the_worst_moment,
}


def left(folder: Path) -> list[int]:
    """The processes that work in a folder, or name it: servers, their children, their guards."""
    if not Path("/proc/self/cwd").exists():
        listed = subprocess.run(["ps", "-axww", "-o", "pid=,command="], capture_output=True)
        lines = listed.stdout.decode(errors="replace").splitlines()
        return [int(line.split()[0]) for line in lines if str(folder) in line]
    return [int(each.name) for each in Path("/proc").glob("[0-9]*") if works_in(each, folder)]


def works_in(process: Path, folder: Path) -> bool:
    try:
        where = bytes((process / "cwd").readlink())
        return bytes(folder) in where + (process / "cmdline").read_bytes()
    except OSError:
        return False


if __name__ == "__main__":
    # Whoever runs the tests in the background may have had Ctrl-C ignored, and that is inherited.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    SCENES[sys.argv[1]]()
