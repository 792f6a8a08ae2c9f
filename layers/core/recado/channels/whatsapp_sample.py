"""A WhatsApp webhook as Meta would send it: for trials of a clinic's channel and for tests."""

from __future__ import annotations

import json
from datetime import datetime

from recado.channels import Person, Request
from recado.channels.events import digest


def text(account: str, person: Person, said: str, at: str) -> Request:
    """Somebody with a number and a name writes; the message's id is made of all of it."""
    number = person.phone.removeprefix("+")
    message = {
        "from": number,
        "id": f"wamid.{digest({'by': number, 'to': account, 'said': said, 'at': at})}",
        "timestamp": str(int(datetime.fromisoformat(at).timestamp())),
        "type": "text",
        "text": {"body": said},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "", "phone_number_id": account},
        "contacts": [{"profile": {"name": person.name}, "wa_id": number}],
        "messages": [message],
    }
    entry = {"id": "0", "changes": [{"field": "messages", "value": value}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    return Request("POST", "/webhooks/whatsapp", {}, {"content-type": "application/json"}, body)
