"""WhatsApp webhook bodies in pieces, and the samples of `events/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from recado.channels import Received, Unreadable, whatsapp

EVENTS = Path(__file__).parents[2] / "events"
ACCOUNT = "100000000000001"
SENDER = "5511987654321"


def sample(name: str) -> Any:
    """One file of `events/`, read."""
    return json.loads((EVENTS / f"{name}.json").read_text("utf-8"))


def message(kind: str = "text", content: Any = None, **fields: Any) -> dict[str, Any]:
    """One item of `messages`; a field given as None is left out."""
    given = {
        "from": SENDER,
        "id": "wamid.1",
        "timestamp": "1795442400",
        "type": kind,
        kind: content if content is not None else {"body": "Olá"},
        **fields,
    }
    return {key: value for key, value in given.items() if value is not None}


def status(state: str, **fields: Any) -> dict[str, Any]:
    """One item of `statuses`."""
    return {"id": "wamid.9", "status": state, "timestamp": "1795442400", "recipient_id": SENDER, **fields}


def body(field: str = "messages", account: str | None = ACCOUNT, **value: Any) -> bytes:
    """A whole body with one change."""
    metadata = {"metadata": {"phone_number_id": account}} if account else {}
    change = {"field": field, "value": {**metadata, **value}}
    entry = {"id": "900000000000001", "time": 1795442400, "changes": [change]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def read_one(item: dict[str, Any], **value: Any) -> Received:
    """The one event of a body with this message."""
    (event,) = whatsapp.read_body(body(messages=[item], **value))
    assert isinstance(event, Received), event
    return event


def refused(raw: bytes) -> Unreadable:
    """The one Unreadable of a body."""
    (event,) = whatsapp.read_body(raw)
    assert isinstance(event, Unreadable), event
    return event
