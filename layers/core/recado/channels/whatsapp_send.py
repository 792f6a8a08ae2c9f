"""Sending by WhatsApp's Cloud API: what goes into the request, what its answer means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from recado.channels import File, Outgoing, Sent, Template
from recado.channels.events import child, text
from recado.channels.http import Answer, Http
from recado.channels.whatsapp_codes import outcome, wait_s
from recado.errors import SendFailed

GRAPH_URL: Final = "https://graph.facebook.com/v25.0"
MAX_FILE: Final = 25 * 1024 * 1024
"""Bytes; reliability.md section 5.2."""
PHONE: Final = re.compile(r"\+?[0-9]{5,20}")


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, http: Http) -> Sent:
    """POST the message once. Raises SendFailed; a missing token is `fix_account`, and nothing leaves."""
    url = f"{GRAPH_URL}/{quote(account, safe='')}/messages"
    return _settle(http.post_json(url, request_body(outgoing), _authorised(credentials)))


def fetch(credentials: Mapping[str, Any], attachment: Mapping[str, Any], http: Http) -> File:
    """A file by its id: first where it is (for five minutes), then the file. Raises SendFailed."""
    found = http.get(f"{GRAPH_URL}/{quote(str(attachment['id']), safe='')}", _authorised(credentials))
    document = found.json()
    if found.status != 200:
        raise _failure(child(document, "error"), found)
    answer = http.get(text(document, "url"), _authorised(credentials), MAX_FILE + 1)
    if answer.status != 200:
        raise _failure({}, answer)
    return File(answer.body, text(document, "mime_type") or answer.headers.get("content-type", ""))


def check(account: str, credentials: Mapping[str, Any], http: Http) -> None:
    """Ask for the number's own entry. Raises SendFailed."""
    url = f"{GRAPH_URL}/{quote(account, safe='')}?fields=verified_name,quality_rating"
    answer = http.get(url, _authorised(credentials))
    if answer.status != 200:
        raise _failure(child(answer.json(), "error"), answer)


def _authorised(credentials: Mapping[str, Any]) -> dict[str, str]:
    token = credentials.get("access_token", "")
    if not token:
        raise SendFailed("fix_account", "No access token is stored for this account.")
    return {"authorization": f"Bearer {token}"}


def request_body(outgoing: Outgoing) -> dict[str, Any]:
    """The JSON that the Cloud API takes for one message."""
    body: dict[str, Any] = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    body |= _recipient(outgoing.to)
    if outgoing.reply_to:
        body["context"] = {"message_id": outgoing.reply_to}
    if outgoing.template:
        body |= {"type": "template", "template": _template(outgoing.template)}
    else:
        body |= {"type": "text", "text": {"body": outgoing.text, "preview_url": False}}
    return body | {"biz_opaque_callback_data": outgoing.reference}


def _recipient(to: str) -> dict[str, str]:
    """A number with its "+" (without, the business's own country code may be put in front), or a BSUID."""
    return {"to": f"+{to.removeprefix('+')}"} if PHONE.fullmatch(to) else {"recipient": to}


def _template(template: Template) -> dict[str, Any]:
    components: list[dict[str, Any]] = []
    if template.parameters:
        components.append({"type": "body", "parameters": _parameters(template.parameters)})
    components += [
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": str(index),
            "parameters": [{"type": "payload", "payload": payload}],
        }
        for index, (payload, _) in enumerate(template.buttons)
    ]
    language = {"code": template.language.replace("-", "_")}
    return {"name": template.name, "language": language, "components": components}


def _parameters(values: Mapping[str, str]) -> list[dict[str, str]]:
    """Positional in the order of their numbers when the names are numbers, else named."""
    # Meta refuses line breaks, tabs and runs of spaces inside a parameter (132018).
    tidy = {name: " ".join(value.split()) for name, value in values.items()}
    if all(name.isdecimal() for name in tidy):
        return [{"type": "text", "text": tidy[name]} for name in sorted(tidy, key=int)]
    return [{"type": "text", "parameter_name": name, "text": value} for name, value in tidy.items()]


def _settle(answer: Answer) -> Sent:
    document = answer.json()
    error = document.get("error")
    if isinstance(error, dict) or not 200 <= answer.status < 300:
        raise _failure(error if isinstance(error, dict) else {}, answer)
    messages = document.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    provider_id = first.get("id") if isinstance(first, dict) else None
    if not isinstance(provider_id, str) or not provider_id:
        raise SendFailed("unknown", "The provider accepted the request but named no message.")
    return Sent(provider_id)


def _failure(error: dict[str, Any], answer: Answer) -> SendFailed:
    code = error.get("code")
    number = code if isinstance(code, int) and not isinstance(code, bool) else None
    # Never the provider's own words: they may repeat the number or the text.
    told = f"The provider answered HTTP {answer.status}, code {number}."
    wait = _retry_after(answer) or wait_s(number)
    return SendFailed(outcome(number, answer.status), told, provider_code=number, retry_after=wait)


def _retry_after(answer: Answer) -> float | None:
    seconds = answer.headers.get("retry-after", "")
    return float(seconds) if re.fullmatch(r"[0-9]{1,6}", seconds) else None
