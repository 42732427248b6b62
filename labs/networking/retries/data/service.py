"""A service that does one thing at a time, in order, and riders who ask it at a steady rate."""

import asyncio
import contextlib

WORK = 0.01
"""Seconds of work for a request: about 100 a second is all that it can do."""

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
REQUEST = b"GET / HTTP/1.1\r\nHost: fareway\r\nConnection: close\r\n\r\n"


class Service:
    """It works off its queue, also for those who no longer listen: it cannot know."""

    def __init__(self):
        self.queue, self.came, self.stalled = asyncio.Queue(), [], False

    async def __aenter__(self):
        self.server = await asyncio.start_server(self._hear, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        self.worker = asyncio.create_task(self._work())
        return self

    async def __aexit__(self, *raised):
        self.worker.cancel()
        self.server.close()

    async def _hear(self, reader, writer):
        with contextlib.suppress(OSError, EOFError, asyncio.CancelledError):
            while True:
                await reader.readuntil(b"\r\n\r\n")
                self.came.append(asyncio.get_running_loop().time())
                await self.queue.put(writer)

    async def _work(self):
        loop = asyncio.get_running_loop()
        free = loop.time()
        while True:
            writer = await self.queue.get()
            while self.stalled:
                await asyncio.sleep(0.01)
                free = loop.time()
            # By the clock, so that a busy machine does not make the service slower.
            free = max(free, loop.time() - WORK) + WORK
            await asyncio.sleep(max(0, free - loop.time()))
            with contextlib.suppress(OSError):
                writer.write(ANSWER)


async def ride(port, patience):
    """One rider: whether an answer of 200 came within the patience, in seconds."""
    try:
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(REQUEST)
            answer = await reader.readline()
            writer.close()
            return b" 200 " in answer
    except (OSError, TimeoutError):
        return False


async def riders(port, rate, seconds, patience=4):
    """When each asked, counted from now, and whether they were served."""
    loop, asked, tasks = asyncio.get_running_loop(), [], []
    begin = loop.time()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0, begin + number / rate - loop.time()))
        asked.append(loop.time() - begin)
        tasks.append(asyncio.create_task(ride(port, patience)))
    served = await asyncio.gather(*tasks)
    return begin, list(zip(asked, served, strict=True))
