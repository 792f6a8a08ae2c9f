"""What Meta sends: payloads of the WhatsApp Cloud API as documented, serialised and signed as Meta does."""

import hashlib
import hmac
import json
import secrets
import time
from typing import Any

from infra.local.clinics import Clinic

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


def message(clinic: Clinic, sender: str, name: str, content: Json) -> Json:
    """The webhook of one message; `content` holds `type`, what belongs to it and perhaps `context`."""
    entry = {"from": sender, "id": new_id(), "timestamp": str(int(time.time())), **content}
    contacts = [{"profile": {"name": name}, "wa_id": sender}]
    return _webhook(clinic, {"contacts": contacts, "messages": [entry]})


def status(clinic: Clinic, item: Json, state: str, error: Json | None) -> Json:
    """The webhook of one status; our own reference comes back as biz_opaque_callback_data."""
    entry: Json = {
        "id": item["id"],
        "status": state,
        "timestamp": str(int(time.time())),
        "recipient_id": item["to"].removeprefix("+"),
    }
    if item["reference"]:
        entry["biz_opaque_callback_data"] = item["reference"]
    if error:
        entry["errors"] = [error]
    return _webhook(clinic, {"statuses": [entry]})


def _webhook(clinic: Clinic, content: Json) -> Json:
    metadata = {
        "display_phone_number": "".join(filter(str.isdigit, clinic.display)),
        "phone_number_id": clinic.whatsapp,
    }
    value = {"messaging_product": "whatsapp", "metadata": metadata, **content}
    entry = {"id": f"9{clinic.whatsapp[1:]}", "changes": [{"value": value, "field": "messages"}]}
    return {"object": "whatsapp_business_account", "entry": [entry]}
