"""What Meta sends: webhooks as documented, serialised and signed as Meta does."""

import hashlib
import hmac
import json
import secrets
import time
from typing import Any

from infra.local.clinics import Line
from infra.local.fakes.post import Post

Json = dict[str, Any]


def new_id() -> str:
    """A WhatsApp message id, shaped like a real one."""
    return f"wamid.{secrets.token_hex(20).upper()}"


def wire(body: Json) -> bytes:
    """Compact ASCII with \\uXXXX and \\/: the bytes that Meta signs. A re-serialised body never fits."""
    return json.dumps(body, separators=(",", ":"), ensure_ascii=True).replace("/", "\\/").encode()


def signature(raw: bytes, app_secret: str) -> str:
    """The X-Hub-Signature-256 header."""
    return "sha256=" + hmac.new(app_secret.encode(), raw, hashlib.sha256).hexdigest()


async def call(post: Post, channel: str, body: Json, app_secret: str) -> bool:
    """Call a webhook as Meta does; was it accepted?"""
    raw = wire(body)
    headers = {"content-type": "application/json", "x-hub-signature-256": signature(raw, app_secret)}
    return await post.call(f"/{channel}", raw, headers)


def message(line: Line, sender: str, name: str, content: Json) -> Json:
    """The WhatsApp entry of one message; `content` holds `type`, what belongs to it and perhaps `context`."""
    entry = {"from": sender, "id": new_id(), "timestamp": str(int(time.time())), **content}
    contacts = [{"profile": {"name": name}, "wa_id": sender}]
    return entry_of(line, {"contacts": contacts, "messages": [entry]})


def status(line: Line, item: Json, state: str, error: Json | None) -> Json:
    """The WhatsApp entry of one status; our own reference comes back as biz_opaque_callback_data."""
    entry: Json = {
        "id": item["id"],
        "status": state,
        "timestamp": str(int(time.time())),
        "recipient_id": item["to"].removeprefix("+"),
    }
    if item["reference"]:
        entry["biz_opaque_callback_data"] = item["reference"]
    if error:
        entry["errors"] = [{**error, "message": error["title"]}]
    return entry_of(line, {"statuses": [entry]})


def preference(line: Line, sender: str, name: str, value: str) -> Json:
    """The WhatsApp entry of somebody who stops or resumes the clinic's offers."""
    told = {
        "wa_id": sender,
        "detail": f"User requested to {value} marketing messages",
        "category": "marketing_messages",
        "value": value,
        "timestamp": int(time.time()),
    }
    contacts = [{"profile": {"name": name}, "wa_id": sender}]
    return entry_of(line, {"contacts": contacts, "user_preferences": [told]}, "user_preferences")


def webhook(entry: Json) -> Json:
    """A WhatsApp webhook of one entry."""
    return {"object": "whatsapp_business_account", "entry": [entry]}


def business(line: Line) -> str:
    """The id of the WhatsApp business account (WABA) that a number belongs to."""
    return f"9{line.account[1:]}"


def entry_of(line: Line, content: Json, field: str = "messages") -> Json:
    """One entry of a WhatsApp webhook."""
    metadata = {
        "display_phone_number": "".join(filter(str.isdigit, line.display)),
        "phone_number_id": line.account,
    }
    value = {"messaging_product": "whatsapp", "metadata": metadata, **content}
    return {"id": business(line), "changes": [{"value": value, "field": field}]}
