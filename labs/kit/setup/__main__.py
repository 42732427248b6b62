"""`python3 -m labs.kit.setup start` sets up and serves; `ready` sets up for `make test`."""

import os
import sys

# Before any import of ours: an older Python may not even be able to read those files.
if os.name == "nt":
    sys.exit("Ground School runs on Linux and macOS. On Windows use WSL: `wsl --install`.")
if sys.version_info < (3, 11):  # noqa: UP036
    major, minor = sys.version_info[:2]
    sys.exit(
        f"This is Python {major}.{minor} ({sys.executable}), and Ground School needs 3.11 or "
        "newer. `make start PYTHON=python3.12` names another, if you have one."
    )

from labs.kit.setup.steps import ready, start
from labs.kit.trouble import Trouble


def main() -> None:
    try:
        {"start": start, "ready": ready}[sys.argv[1]]()
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. `make start` goes on from here.")


main()
