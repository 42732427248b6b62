"""One database of a running PostgreSQL."""

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from labs.kit.stack.initdb import program
from labs.kit.stack.ports import LOOPBACK
from labs.kit.trouble import Trouble

if TYPE_CHECKING:
    import psycopg


@dataclass(frozen=True)
class Database:
    """Where it is, and the two ways to talk to it: a connection, and psql."""

    port: int
    password: str
    name: str = "postgres"

    @property
    def dsn(self) -> str:
        """For any driver: psycopg, asyncpg, or a service that is given a URL."""
        return f"postgresql://postgres:{self.password}@{LOOPBACK}:{self.port}/{self.name}"

    def connect(self, **options: Any) -> "psycopg.Connection":
        """A connection that commits every statement by itself, unless told not to."""
        # Not at the top: it takes a quarter of a second, and psql may be all that is needed.
        import psycopg

        return psycopg.connect(self.dsn, **{"autocommit": True, "sslmode": "disable", **options})

    def psql(self, sql: str, *options: str) -> str:
        """What the real psql prints; it stops at the first error, which is raised in its words."""
        done = subprocess.run(
            [program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", *options, "-f", "-"],
            input=sql,
            capture_output=True,
            text=True,
            env=self.environment(),
            check=False,
        )
        if done.returncode:
            raise Trouble(done.stderr.strip())
        return done.stdout

    def environment(self) -> dict[str, str]:
        """What leads PostgreSQL's own programs here."""
        return clean(
            PGHOST=LOOPBACK,
            PGPORT=str(self.port),
            PGUSER="postgres",
            # Not an option: options can be read by everybody on the machine.
            PGPASSWORD=self.password,
            PGDATABASE=self.name,
            PGSSLMODE="disable",
        )


def clean(**variables: str) -> dict[str, str]:
    """The environment without the learner's own PGHOST and the like."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**ours, "LC_ALL": "C", "TZ": "UTC", **variables}
