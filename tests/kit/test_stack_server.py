"""What all servers have in common, shown by the smallest of them: a shell."""

import gc
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import watching
from watching import alive, until

from labs.kit.stack import NotReady, Server, Valkey, start
from labs.kit.stack import server as server_module

stack_folder = watching.stack_folder
pytestmark = pytest.mark.usefixtures("stack_folder")


class Shell(Server):
    """A server that is ready when it has written so."""

    name = "shell"
    patience = 20.0

    def __init__(self, script: str):
        super().__init__()
        self.script = script

    def command(self) -> list[str]:
        return ["/bin/sh", "-c", self.script]

    def answers(self) -> bool:
        return "ready" in self.log


LASTING = "echo ready; exec sleep 60"


def test_a_server_that_dies_says_how_and_its_last_words():
    with pytest.raises(NotReady) as trouble, Shell("echo no such luck >&2; exit 3"):
        pass

    assert str(trouble.value).startswith(
        "shell exited with status 3 before it answered. Its log ends with:\n    no such luck\n"
    )


def test_the_whole_log_is_where_the_message_says():
    with pytest.raises(NotReady) as trouble, Shell("seq 1 20; exit 3"):
        pass

    log = Path(str(trouble.value).rpartition("All of it: ")[2])
    assert log.read_text().split() == [str(number) for number in range(1, 21)]


def test_a_server_that_a_signal_ends_says_which():
    with pytest.raises(NotReady, match=r"shell was ended by SIGKILL before it answered\."):
        Shell("kill -KILL $$").start()


def test_a_server_that_runs_and_never_answers_says_that_and_is_ended():
    server = Shell("exec sleep 60")
    server.patience = 0.1

    with pytest.raises(NotReady, match=r"shell still runs, but has not answered in 0.1 s\."):
        server.start()

    assert server.guard is None


def test_only_the_log_is_left_of_a_server_that_failed():
    server = Shell("mkdir data; exit 3")

    with pytest.raises(NotReady):
        server.start()

    assert [file.name for file in server.folder.iterdir()] == ["log.txt"]


def test_nothing_is_left_of_a_server_that_went_well():
    with Shell(LASTING) as server:
        pid = server.pid

    assert not server.folder.exists()
    assert not alive(pid)


def test_nothing_is_left_after_an_exception():
    server = Shell(LASTING)

    with pytest.raises(ZeroDivisionError), server:
        _ = 1 / 0

    assert not server.folder.exists()
    assert server.guard is None


def test_a_server_that_ignores_its_ending_is_killed_with_its_children():
    server = Shell("trap '' TERM; sleep 60 & echo $!; echo ready; wait; sleep 60")
    server.grace = 0.1

    with server:
        child = int(server.log.split()[0])

    assert until(lambda: not alive(child))


def test_a_server_that_nobody_holds_any_more_is_ended():
    server = Shell(LASTING).start()
    pid = server.pid

    del server
    gc.collect()

    assert until(lambda: not alive(pid))


def test_a_server_that_a_forked_child_leaves_goes_on():
    with Shell(LASTING) as server:
        child = os.fork()
        if child == 0:
            server.stop()
            os._exit(0)
        os.waitpid(child, 0)

        assert alive(server.pid)
        assert server.folder.exists()


def test_one_server_entered_twice_is_one_server():
    server = Shell(LASTING)

    with server as outer:
        pid = outer.pid
        with server as inner:
            assert inner.pid == pid
        assert alive(pid)
    assert not alive(pid)


def test_a_server_can_be_started_again():
    server = Shell(LASTING)
    with server:
        first = server.folder

    with server:
        assert server.folder != first


def test_a_server_that_is_not_running_has_no_pid():
    with pytest.raises(server_module.Trouble, match="shell is not running"):
        _ = Shell(LASTING).pid


def test_a_sandboxs_mark_is_not_inherited(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GROUND_SCHOOL_RUN", "strays of this run")

    with Shell(f"env; {LASTING}") as server:
        assert "GROUND_SCHOOL_RUN" not in server.log


LIMITED = """
import resource, sys
from test_stack_server import LASTING, Shell
for name in ("CPU", "FSIZE", "DATA", "AS", "NOFILE"):
    limit = getattr(resource, f"RLIMIT_{name}")
    soft = {"CPU": 60, "NOFILE": 100}.get(name, 3 << 30)
    resource.setrlimit(limit, (soft, resource.getrlimit(limit)[1]))
with Shell("for each in t f d v n; do ulimit -S -$each; done; " + LASTING) as server:
    print(server.log)
"""


def test_a_sandboxs_soft_limits_are_not_inherited():
    said = owner(LIMITED)

    limits = [resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_DATA, resource.RLIMIT_AS]
    hard = [resource.getrlimit(limit)[1] for limit in [*limits, resource.RLIMIT_NOFILE]]
    words = ["unlimited" if limit == resource.RLIM_INFINITY else str(limit) for limit in hard]
    assert said.split() == [*words, "ready"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may undo niceness")
def test_an_owners_niceness_is_not_inherited():
    said = owner(
        "import os; os.nice(7)\n"
        "from test_stack_server import LASTING, Shell\n"
        "with Shell('nice; ' + LASTING) as server: print(server.log)\n"
    )

    assert said.split() == ["0", "ready"]


def test_a_temporary_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    missing = tmp_path / "not there"
    monkeypatch.setattr(tempfile, "tempdir", str(missing))

    with pytest.raises(NotReady) as trouble:
        Shell(LASTING).start()

    assert str(trouble.value) == (
        f"shell was not started, because {missing} cannot be written: No such file or directory. "
        "TMPDIR names another folder to use."
    )


def test_a_read_only_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(NotReady, match=r"cannot be written: Read-only file system\."):
        Shell(LASTING).start()

    assert list(tmp_path.iterdir()) == []


def refuse(path: Path, *mode: str) -> None:
    raise OSError(30, "Read-only file system", str(path))


def test_a_path_with_spaces_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    place = tmp_path / "my own disk"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))

    with Shell(LASTING) as server:
        assert server.folder.parent == place.resolve()
    assert list(place.iterdir()) == []


def test_servers_start_side_by_side():
    with start(Shell(LASTING), Shell(LASTING), Valkey()) as (first, second, cache):
        assert first.folder != second.folder
        assert cache.client().ping()


def test_when_one_fails_none_is_left():
    good = Shell(LASTING)

    with pytest.raises(NotReady), start(good, Shell("exit 3")):
        pass

    assert good.guard is None


def test_the_failure_of_one_cuts_the_waiting_for_the_others_short():
    """The other would be waited for for a minute."""
    never = Shell("exec sleep 60")
    never.patience = 60

    with pytest.raises(NotReady, match="shell exited with status 3"), start(never, Shell("exit 3")):
        pass


def test_importing_the_stack_brings_no_client_library():
    said = owner(
        "import sys, labs.kit.stack\n"
        "print({'psycopg', 'valkey', 'yaml', 'http.client'} & set(sys.modules))"
    )

    assert said.strip() == "set()"


def owner(program: str) -> str:
    """What another process printed."""
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
