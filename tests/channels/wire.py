"""A provider at the other end of a real socket: it says exactly the bytes it is told to, or nothing."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from recado import channels
from recado.channels.http import Http


class Wire:
    """Listens on loopback. `requests` holds what came in: the head as text, the body as JSON or text."""

    def __init__(self, *answers: bytes | None) -> None:
        self.requests: list[tuple[str, Any]] = []
        self._answers = list(answers)
        self._done = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        for answer in self._answers:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self.requests.append(_read(connection))
                if answer is None:
                    self._done.wait(5)
                else:
                    connection.sendall(answer)

    def close(self) -> None:
        self._done.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


@contextmanager
def wire(*answers: bytes | None) -> Iterator[Wire]:
    """A provider that gives one answer a connection: bytes as they are, b"" hangs up, None never answers."""
    made = Wire(*answers)
    try:
        yield made
    finally:
        made.close()


def through(http: Http) -> channels.Wire:
    """What a channel sends through, where it needs nothing but HTTP."""

    def none(*_: object) -> NoReturn:
        raise AssertionError("This channel was not to use that.")

    return channels.Wire(http, none, none)


def answer(status: int, body: object, *headers: str) -> bytes:
    """An HTTP answer with a JSON body."""
    payload = json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Said", f"content-length: {len(payload)}", "connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + payload


def _read(connection: socket.socket) -> tuple[str, Any]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65_536)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if b"content-length" in line), 0)
    while len(body) < length:
        body += connection.recv(65_536)
    is_json = b"content-type: application/json" in lines
    return head.decode(), json.loads(body) if is_json else body.decode()
