"""Several servers, side by side."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from labs.kit.stack.server import Server


@contextlib.contextmanager
def start(*servers: Server) -> Iterator[tuple[Any, ...]]:
    """Start all at once, and give them when all answer; if one fails, none is left."""
    entered: list[Server] = []

    def enter(server: Server) -> None:
        server.__enter__()
        entered.append(server)

    try:
        at_once(enter, servers)
        yield servers
    finally:
        at_once(lambda server: server.__exit__(None, None, None), entered)


def at_once(act: Callable[[Server], None], servers: Sequence[Server]) -> None:
    """Return when all are done; at the first failure, or at Ctrl-C, the others are cut short."""
    from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

    with ThreadPoolExecutor(max(1, len(servers))) as threads:
        acts = {threads.submit(act, server): server for server in servers}
        try:
            for done in wait(acts, return_when=FIRST_EXCEPTION).done:
                done.result()
        except BaseException:
            for each, server in acts.items():
                if not each.done():
                    server.stop()
            raise
