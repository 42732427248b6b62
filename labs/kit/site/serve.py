"""The one server of `make start`: the course and JupyterLab, one process, port and origin."""

import atexit
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Any

from labs.kit.course import ROOT
from labs.kit.trouble import Trouble

CACHE = ROOT / ".cache"


def main(options: list[str]) -> None:
    """Return when it was told to stop: by Ctrl-C, or because who started it is gone."""
    settle()
    port = chosen_port(os.environ.get("PORT", ""))
    token = os.environ["JUPYTER_TOKEN"] = secrets.token_hex(24)
    from jupyterlab.labapp import LabApp

    ours = {"port": port, "port_retries": 0, "open_browser": False, "answer_yes": True}
    app: Any = LabApp.initialize_server(
        [
            f"--config={Path(__file__).with_name('jupyter_config.py')}",
            "--ServerApp.log_level=40",
            "--LabApp.log_level=40",
            # In the terminal of `make start`, its few messages need no date.
            "--ServerApp.log_format=%(message)s",
            *(f"--ServerApp.{name}={value}" for name, value in ours.items()),
            *options,
        ]
    )
    # Jupyter has read it, and kernels do not need it.
    del os.environ["JUPYTER_TOKEN"]
    address = f"http://127.0.0.1:{port}{app.base_url}"
    app.io_loop.add_callback(announce, address, token)
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Jupyter's own asks whether it is meant, or, without a terminal, is not there at all.
        signal.signal(ending, lambda *_: app.stop(from_signal=True))
    watch_parent(app)
    app.start()
    print("Ended.", flush=True)


def settle() -> None:
    """Keep to the repository: nothing of a learner's own Jupyter is read, and none is written."""
    places = {
        "JUPYTER_CONFIG_DIR": "jupyter/config",
        "JUPYTER_DATA_DIR": "jupyter/data",
        "IPYTHONDIR": "jupyter/ipython",
        "MPLCONFIGDIR": "matplotlib",
    }
    for name, place in places.items():
        (CACHE / place).mkdir(parents=True, exist_ok=True)
        os.environ[name] = str(CACHE / place)
    # Not in the repository: the kernels' sockets are in it, and their paths have to be short.
    runtime = os.environ["JUPYTER_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="jupyter-", dir="/tmp")
    atexit.register(shutil.rmtree, runtime, ignore_errors=True)
    # A notebook's `!lab`, and a terminal's, are this course's.
    here = [str(Path(sys.executable).parent), str(CACHE / "tools" / "bin")]
    os.environ["PATH"] = os.pathsep.join([*here, os.environ.get("PATH", os.defpath)])


def chosen_port(wanted: str) -> int:
    free = "`make start` without PORT finds a free one."
    if wanted and not wanted.isdigit():
        raise Trouble(f"PORT is `{wanted}`, which is not a number. {free}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(wanted or 0)))
        except (OSError, OverflowError) as wrong:
            reason = getattr(wrong, "strerror", None) or "no such port"
            raise Trouble(f"Port {wanted} cannot be used: {reason}. {free}") from None
        return probe.getsockname()[1]


def announce(address: str, token: str) -> None:
    course = f"{address}course/?token={token}"
    print(
        f"\nThe course:  {course}\nJupyterLab:  {address}lab?token={token}\n"
        "Ctrl-C ends it, with every notebook and server that it started.\n",
        flush=True,
    )
    seen = sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if seen and sys.stdout.isatty() and "CI" not in os.environ:
        webbrowser.open(course)


def watch_parent(app: Any) -> None:
    """Stop when `make` is gone, even by `kill -9`; nobody would be left to stop us."""
    from tornado.ioloop import PeriodicCallback

    parent = os.getppid()

    def look() -> None:
        if os.getppid() != parent:
            watching.stop()
            app.stop(from_signal=True)

    watching = PeriodicCallback(look, 500)
    watching.start()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Trouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        # It had not begun to listen, or it would have ended in order.
        sys.exit("\nStopped. `make start` goes on from here.")
