"""PostgreSQL's simple query protocol, version 3, for the PostgreSQL that is in the page.

https://www.postgresql.org/docs/18/protocol-message-formats.html
"""

import struct
from collections.abc import Callable, Iterator

from labs.kit.session import Answer, Refused, Session, read


def over_wire(execute: Callable[[bytes], bytes]) -> Session:
    """`execute` takes the bytes of a message, and gives all that the server answers."""

    def send(sql: str) -> list[Answer]:
        body = sql.encode() + b"\0"
        return list(answers(execute(b"Q" + struct.pack("!i", len(body) + 4) + body)))

    return Session(send)


def answers(said: bytes) -> Iterator[Answer]:
    """In the order of the statements; the first refusal is raised, as nothing follows it."""
    kinds: list[int] = []
    for mark, body in messages(said):
        if mark == b"T":
            names, kinds = columns(body)
            answer = Answer(names, [])
            yield answer
        elif mark == b"D":
            answer.rows.append(
                tuple(read(kind, v) for kind, v in zip(kinds, values(body), strict=True))
            )
        elif mark == b"E":
            fields = {part[:1]: part[1:].decode() for part in body.split(b"\0") if part}
            raise Refused(fields[b"C"], fields[b"M"])


def messages(said: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place < len(said):
        (length,) = struct.unpack_from("!i", said, place + 1)
        yield said[place : place + 1], said[place + 5 : place + 1 + length]
        place += 1 + length


def columns(body: bytes) -> tuple[list[str], list[int]]:
    (count,) = struct.unpack_from("!h", body)
    names, kinds, place = [], [], 2
    for _ in range(count):
        end = body.index(b"\0", place)
        names.append(body[place:end].decode())
        # Table, column, then the type; after it: size, modifier, format.
        kinds.append(struct.unpack_from("!i", body, end + 7)[0])
        place = end + 19
    return names, kinds


def values(body: bytes) -> Iterator[bytes | None]:
    (count,) = struct.unpack_from("!h", body)
    place = 2
    for _ in range(count):
        (length,) = struct.unpack_from("!i", body, place)
        place += 4
        yield None if length < 0 else body[place : place + length]
        place += max(length, 0)
