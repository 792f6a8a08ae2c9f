"""An update as Telegram would send it, unsigned: for trials of a clinic's channel and for tests."""

from __future__ import annotations

import json
from datetime import datetime

from recado.channels import Person, Request
from recado.channels.events import digest


def message(account: str, person: Person, said: str, at: str) -> Request:
    """Somebody with a name writes in a private chat; the ids are made of all of it."""
    user = int(digest({"by": person.handle})[:8], 16)
    number = int(digest({"by": person.handle, "to": account, "said": said, "at": at})[:8], 16)
    first, _, last = person.name.partition(" ")
    someone = {"id": user, "first_name": first, "last_name": last, "username": person.handle}
    told = {
        "message_id": number,
        "from": {**someone, "is_bot": False},
        "chat": {**someone, "type": "private"},
        "date": int(datetime.fromisoformat(at).timestamp()),
        "text": said,
    }
    return posted(account, {"update_id": number, "message": told})


def posted(account: str, update: object) -> Request:
    """An update, at the bot's address."""
    path, body = f"/webhooks/telegram/{account}", json.dumps(update).encode()
    url = f"https://webhooks.invalid{path}"
    return Request("POST", path, {}, {"content-type": "application/json"}, body, url, account)
