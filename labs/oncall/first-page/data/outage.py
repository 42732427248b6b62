"""The rides database without a free connection, the alerts about it, and a shell to look with."""

import json
import os
import secrets
import subprocess
import time
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
from psycopg.pq import DiagnosticField

from labs.kit.stack import binary

FLOOD = json.loads((Path(__file__).parent / "alerts.json").read_text())["flood"]
SESSIONS = "select pid from pg_stat_activity where datname = current_database() and usename = %s"
# Where amtool looks: as its makers build it, and as Debian does.
AMTOOL = (".config/amtool/config.yml", ".config/prometheus/amtool.yml")


class Outage:
    """A program leaves its sessions `idle in transaction`, and riders get no connection."""

    def __init__(self, postgres, alertmanager, home, program):
        self.postgres, self.home, self.program = postgres, home, program
        self.alertmanager = alertmanager()
        self.user = {"user": f"rides_{postgres.name}", "password": secrets.token_hex(8)}

    def __enter__(self):
        with ExitStack() as stack:
            self.stack = stack
            self.fill()
            self.alert()
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *raised):
        self.stack.close()

    def fill(self):
        name, password = self.user.values()
        self.ask(f"create role {name} login password '{password}'")
        self.stack.callback(self.ask, f"drop role {name}")
        self.waiting = [self.connect("rides") for _ in range(2)]
        self.booking = self.connect("rides")
        self.booking.pgconn.send_query(b"select pg_sleep(60)")
        self.held = [self.connect(self.program, autocommit=False) for _ in range(5)]
        for connection in self.held:
            connection.execute("select 1")
        taken = len(self.sessions())
        self.ask(f"alter database {self.postgres.name} connection limit {taken}")

    def alert(self):
        self.alertmanager.post([{"labels": alert["labels"]} for alert in FLOOD])
        tell_amtool(self.home, self.alertmanager.url)

    def connect(self, program, **options):
        given = {**self.user, "application_name": program, **options}
        return self.stack.enter_context(closing(self.postgres.connect(**given)))

    def ask(self, sql, *given):
        # On a connection of its own: a mitigation may have ended any other.
        with closing(self.postgres.connect()) as connection:
            answered = connection.execute(sql, given or None)
            return answered.fetchall() if answered.description else []

    def limit(self):
        return self.ask("select datconnlimit from pg_database where datname = current_database()")

    def sessions(self):
        return {pid for (pid,) in self.ask(SESSIONS, self.user["user"])}

    def look(self, commands):
        before = self.sessions(), self.alertmanager.api("silences"), self.limit()
        self.looked = [(command, *self.shell(command)) for command in commands]
        after = self.sessions(), self.alertmanager.api("silences"), self.limit()
        names = "sessions", "silences", "the connection limit"
        differ = zip(names, before, after, strict=True)
        self.changed = [name for name, earlier, later in differ if earlier != later]

    def act(self, commands):
        self.acted = [(command, *self.shell(command)) for command in commands]
        self.left, self.served = self.still_held(), self.serves()
        self.bookable = self.books()

    def shell(self, command):
        """How a command ends, and all that it says. psql and amtool know where to look."""
        tools = [str(binary(tool).parent) for tool in ("psql", "amtool")]
        environment = {
            **self.postgres.environment(),
            "HOME": str(self.home),
            "PATH": os.pathsep.join([*tools, os.environ["PATH"]]),
        }
        try:
            done = subprocess.run(
                ["/bin/sh", "-c", command], env=environment, cwd=self.home, timeout=5, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "still running after 5 s", ""
        return f"status {done.returncode}", done.stdout.strip()

    def still_held(self):
        """How many of the sessions that hold connections are left."""
        # Asked, not waited for: a session that was told to end says so before it answers.
        left = sum(map(answers, self.held))
        return "none" if not left else "all" if left == len(self.held) else "some"

    def serves(self):
        """Are the sessions alive that served riders? One is in the middle of a booking."""
        self.ask("select pg_cancel_backend(%s)", self.booking.info.backend_pid)
        # A session that was ended says that first; one that was not says that it was interrupted.
        result = self.booking.pgconn.get_result()
        said = result.error_field(DiagnosticField.SQLSTATE) if result else None
        return said == b"57014" and all(map(answers, self.waiting))

    def books(self):
        """Does the rides service get one more connection? What ends leaves room a moment later."""
        deadline = time.monotonic() + (0 if self.left == "all" else 2)
        while True:
            try:
                return answers(self.connect("rides"))
            except psycopg.OperationalError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.005)


def tell_amtool(home, url):
    for place in AMTOOL:
        (home / place).parent.mkdir(parents=True, exist_ok=True)
        (home / place).write_text(f"alertmanager.url: {url}\n")


def answers(connection):
    try:
        connection.execute("select 1")
    except psycopg.Error:
        return False
    return True
