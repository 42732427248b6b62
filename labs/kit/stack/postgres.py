"""PostgreSQL, with streaming replicas."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from pwd import struct_passwd
from typing import TYPE_CHECKING, Any

from labs.kit.stack.database import Database, clean
from labs.kit.stack.initdb import account, program, template
from labs.kit.stack.ports import LOOPBACK, reserve
from labs.kit.stack.server import Server

if TYPE_CHECKING:
    import psycopg

SETTINGS = {
    # In production this loses committed data; here nothing outlives its block.
    "fsync": "off",
    "listen_addresses": LOOPBACK,
    # A socket's path has a length limit, which macOS's temporary folders exceed.
    "unix_socket_directories": "",
    # In its folder, so that it goes with it even after a crash, and is not limited by a container.
    "dynamic_shared_memory_type": "mmap",
}

# The shell becomes the server, so that the guard, which holds the one, holds the other.
FROM_TEMPLATE = 'cp -R "$1" "$2" && shift 2 && exec "$@"'
FROM_PRIMARY = '"$1" -D "$2" -R -X stream -c fast --no-sync --no-manifest && shift 2 && exec "$@"'


MEMORY = Path("/dev/shm")


class Postgres(Server):
    """A PostgreSQL of its own, with `settings` as in postgresql.conf.

    It never waits for the disk (`fsync` is off): right for a database that is thrown away, and a
    loss of data anywhere else. `Postgres({"fsync": "on"})` waits.
    """

    name = "postgres"
    # An immediate shutdown: the only kind that ends sessions that are busy computing.
    ending = "QUIT"

    def __init__(self, settings: Mapping[str, object] | None = None):
        super().__init__()
        self.settings = {**SETTINGS, **(settings or {})}

    def command(self) -> list[str]:
        self.port = reserve()
        self.data = self.folder / "data"
        self.main = Database(self.port, self.password())
        settings = {**self.settings, "port": self.port}
        options = [part for name in settings for part in ("-c", f"{name}={settings[name]}")]
        return [*self.filling(), program("postgres"), "-D", str(self.data), *options]

    def filling(self) -> list[str]:
        """A shell that fills the data folder, and then becomes what follows."""
        return ["/bin/sh", "-c", FROM_TEMPLATE, "sh", str(template() / "data"), str(self.data)]

    def place(self) -> str:
        """In memory where there is plenty: it is three times as fast as a busy disk.

        After a thousand files were deleted, ext4 takes five minutes to forget them, and every new
        file is slow for as long. Who sets TMPDIR decides for themselves.
        """
        usual = super().place()
        return str(MEMORY) if usual == "/tmp" and roomy(MEMORY) else usual

    def password(self) -> str:
        return (template() / "password").read_text()

    def user(self) -> struct_passwd | None:
        return account()

    def environment(self) -> dict[str, str]:
        return clean()

    def answers(self) -> bool:
        # The file costs nothing to ask; the query makes sure, and that it is not somebody else's.
        status = (self.data / "postmaster.pid").read_text().splitlines()[7:]
        if not status or status[0].strip() not in ("ready", "standby"):
            return False
        return self.psql("show data_directory", "-At").strip() == str(self.data)

    @property
    def url(self) -> str:
        return self.main.dsn

    @property
    def dsn(self) -> str:
        """Of the database `postgres`, for any driver."""
        return self.main.dsn

    def connect(self, **options: Any) -> "psycopg.Connection":
        """A connection that commits every statement by itself, unless told not to."""
        return self.main.connect(**options)

    def psql(self, sql: str, *options: str) -> str:
        """What the real psql prints; it stops at the first error, which is raised in its words."""
        return self.main.psql(sql, *options)

    @contextlib.contextmanager
    def database(self) -> Iterator[Database]:
        """An empty database that nobody else sees, dropped at the end with whoever is in it."""
        name = f"lab_{secrets.token_hex(4)}"
        with self.connect() as connection:
            connection.execute(f"create database {name}")
        try:
            yield Database(self.port, self.main.password, name)
        finally:
            with self.connect() as connection:
                connection.execute(f"drop database {name} with (force)")

    def replica(self) -> "Replica":
        """A streaming standby of this server, to be started like any other."""
        return Replica(self)


def roomy(place: Path) -> bool:
    try:
        return shutil.disk_usage(place).free > 1 << 30 and os.access(place, os.W_OK)
    except OSError:
        return False


class Replica(Postgres):
    """A hot standby that pg_basebackup made; it answers once it streams from its primary."""

    name = "replica"

    def __init__(self, primary: Postgres):
        super().__init__(primary.settings)
        self.primary = primary

    def filling(self) -> list[str]:
        return ["/bin/sh", "-c", FROM_PRIMARY, "sh", program("pg_basebackup"), str(self.data)]

    def password(self) -> str:
        return self.primary.main.password

    def environment(self) -> dict[str, str]:
        return self.primary.main.environment()

    def answers(self) -> bool:
        streams = "select status = 'streaming' from pg_stat_wal_receiver"
        return super().answers() and self.psql(streams, "-At").strip() == "t"
