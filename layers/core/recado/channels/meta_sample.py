"""A webhook of Messenger or Instagram as Meta would send it: for trials of a clinic and for tests."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from recado.channels import Person, Request
from recado.channels.meta_messaging import OBJECTS


def text(channel: str, account: str, person: Person, said: str, at: str) -> Request:
    """Somebody writes, known by their handle; the message's id is made of all of it."""
    known = f"{account}/{person.handle}/{said}/{at}".encode("utf-8", "surrogatepass")
    stamp = int(datetime.fromisoformat(at).timestamp() * 1000)
    item = {
        "sender": {"id": person.handle},
        "recipient": {"id": account},
        "timestamp": stamp,
        "message": {"mid": f"m_{hashlib.sha256(known).hexdigest()[:32]}", "text": said},
    }
    entry = {"id": account, "time": stamp, "messaging": [item]}
    body = json.dumps({"object": OBJECTS[channel], "entry": [entry]}).encode()
    return Request("POST", f"/webhooks/{channel}", {}, {"content-type": "application/json"}, body)
