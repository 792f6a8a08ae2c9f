"""Webhook bodies of Messenger and Instagram in pieces, and the samples of `events/`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from recado.channels import Received, Request, Unreadable, messenger, meta

from tests.channels.bodies import EVENTS

PAGE = "300000000000001"
PERSON = "7000000000000001"
AT = 1795442400000


def item(**content: Any) -> dict[str, Any]:
    """One item of `messaging`, from the person to the page; a field given as None is left out."""
    known = {"sender": {"id": PERSON}, "recipient": {"id": PAGE}, "timestamp": AT, **content}
    return {key: value for key, value in known.items() if value is not None}


def said(**content: Any) -> dict[str, Any]:
    return item(message={"mid": "m_1", **content})


def body(*items: Any, account: str | None = PAGE, under: str = "messaging", kind: str = "page") -> bytes:
    entry = {"id": account, "time": AT + 5000, under: list(items)}
    return json.dumps({"object": kind, "entry": [entry]}).encode()


def posted(raw: bytes) -> Request:
    return Request("POST", "/webhooks/messenger", {}, {}, raw)


def events(raw: bytes) -> list[Received | Unreadable]:
    return messenger.parse(posted(raw))


def received(raw: bytes) -> list[Received]:
    found = events(raw)
    assert all(isinstance(event, Received) for event in found), found
    return [event for event in found if isinstance(event, Received)]


def one(content: dict[str, Any], under: str = "messaging") -> Received:
    (event,) = received(body(content, under=under))
    return event


def sample(name: str) -> list[Received]:
    return received((EVENTS / f"messenger_{name}.json").read_bytes())


def sign(request: Request, key: str) -> Request:
    return request._replace(headers={**request.headers, meta.HEADER: meta.sign(request.body, key)})


def together(requests: Sequence[Request]) -> Request:
    bodies = [json.loads(request.body) for request in requests]
    entries = [entry for one in bodies for entry in one["entry"]]
    return requests[0]._replace(body=json.dumps({**bodies[0], "entry": entries}).encode())


def file(kind: str, url: str, name: str = "") -> dict[str, str]:
    return {"kind": kind, "id": "", "url": url, "mime": "", "name": name, "sha256": ""}
