"""A provider on loopback: takes what is sent, and answers as it is told to. One for the whole session."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl

Fault = Literal["reset_before", "reset_after"]


class Refusal(NamedTuple):
    """An error as its provider gives it."""

    code: int
    status: int = 400


class Provider:
    """What it accepted is in `taken`; what it should do next, instead of accepting, goes into `script`."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.script: deque[Refusal | Fault] = deque()
        self.files: dict[str, tuple[int, str, bytes]] = {}
        """What it gives for a path that begins with the host: status, kind, bytes; else 404."""
        self.asked: list[str] = []
        """The paths that were asked for."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        os.environ["PROVIDERS_URL"] = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        """Close its port."""
        self._server.shutdown()
        self._server.server_close()

    def fresh(self) -> None:
        """Forget everything."""
        self.taken.clear()
        self.script.clear()
        self.files.clear()
        self.asked.clear()

    def keep(self, media_id: str, content: bytes, mime: str = "image/png") -> None:
        """Have a file that somebody sent by WhatsApp."""
        where = {"url": f"https://lookaside.fbsbx.com/{media_id}", "mime_type": mime}
        self.files[f"/graph.facebook.com/v25.0/{media_id}"] = (
            200,
            "application/json",
            json.dumps(where).encode(),
        )
        self.files[f"/lookaside.fbsbx.com/{media_id}"] = 200, mime, content

    def last_id(self) -> str:
        """The id that it gave the last message it took."""
        return f"wamid.out.{len(self.taken)}"

    def last_sid(self) -> str:
        """The same, as Twilio gives ids."""
        return f"SM{len(self.taken):032x}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        return type("Handler", (_Handler,), {"provider": self})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider: Provider

    def do_GET(self) -> None:
        self.provider.asked.append(self.path)
        if self.path in self.provider.files:
            self._give(*self.provider.files[self.path])
            return
        action = self.provider.script.popleft() if self.provider.script else None
        if isinstance(action, Refusal):
            self._answer(action.status, {"error": {"code": action.code, "message": "refused"}})
        else:
            self._answer(200, {"id": self.path.partition("?")[0].rpartition("/")[2]})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        action = self.provider.script.popleft() if self.provider.script else None
        if isinstance(action, Refusal):
            refusal = {"code": action.code, "message": "refused"}
            self._answer(action.status, refusal if self._twilio() else {"error": refusal})
            return
        if action != "reset_before":
            self.provider.taken.append(dict(parse_qsl(raw.decode())) if self._twilio() else json.loads(raw))
        if action is not None:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif self._twilio():
            self._answer(201, {"sid": self.provider.last_sid(), "status": "queued"})
        else:
            self._answer(200, {"messages": [{"id": self.provider.last_id()}]})

    def _twilio(self) -> bool:
        """Whether it is asked as Twilio, which takes forms; else as Meta."""
        return self.path.startswith("/api.twilio.com/")

    def _answer(self, status: int, document: dict[str, Any]) -> None:
        self._give(status, "application/json", json.dumps(document).encode())

    def _give(self, status: int, kind: str, payload: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
