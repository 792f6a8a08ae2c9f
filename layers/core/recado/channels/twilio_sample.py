"""A webhook as Twilio would send it, unsigned: for trials of a clinic's channel and for tests."""

from __future__ import annotations

from urllib.parse import urlencode

from recado.channels import Person, Request
from recado.channels.events import digest


def message(channel: str, account: str, person: Person, said: str, at: str) -> Request:
    """Somebody with a number writes; the message's id is made of all of it."""
    sid = digest({"by": person.phone, "to": account, "said": said, "at": at})
    whatsapp = channel == "twilio_whatsapp"
    prefix = "whatsapp:" if whatsapp else ""
    fields = {
        "MessageSid": f"SM{sid}",
        "SmsStatus": "received",
        "From": f"{prefix}{person.phone}",
        "To": f"{prefix}{account if account.startswith('MG') else '+' + account}",
        "Body": said,
        "NumMedia": "0",
        "NumSegments": "1",
        "ApiVersion": "2010-04-01",
    }
    if whatsapp:
        number = person.phone.removeprefix("+")
        fields |= {"ProfileName": person.name, "WaId": number, "MessageType": "text"}
    return posted(channel, account, fields)


def posted(channel: str, account: str, fields: dict[str, str]) -> Request:
    """These fields as a form, at the account's address."""
    headers = {"content-type": "application/x-www-form-urlencoded; charset=UTF-8"}
    path = f"/webhooks/{channel}/{account}"
    body = urlencode(fields, errors="surrogatepass").encode()
    return Request("POST", path, {}, headers, body, f"https://webhooks.invalid{path}", account)
