"""Sending by Twilio's REST API, and asking it for files: what goes into a request, what its answer means."""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from recado.channels import File, Outgoing, Sent, Template
from recado.channels.buttons import written
from recado.channels.events import items, text
from recado.channels.http import Answer, Http
from recado.channels.twilio_codes import outcome
from recado.channels.twilio_messages import PREFIX, REFERENCE
from recado.errors import SendFailed

API_URL: Final = "https://api.twilio.com/2010-04-01/Accounts"
MEDIA: Final = re.compile(r"https://api\.twilio\.com/[^\s?#@\\]+")
REDIRECTED: Final = re.compile(
    r"https://(?:(?:mms|media)\.twiliocdn\.com/|s3-external-1\.amazonaws\.com/media\.twiliocdn\.com/)[^\s@\\]+"
)
"""Where Twilio says that a file lies. Source: its "Protect media access with HTTP basic authentication"."""
MAX_FILE: Final = 25 * 1024 * 1024
"""Bytes, as of any channel (rules.files)."""
PHONE: Final = re.compile(r"\+?[0-9]{7,20}")
SHORT_CODE: Final = re.compile(r"[0-9]{3,6}")
CONTENT_SID: Final = re.compile(r"HX[0-9a-fA-F]{32}")


def send(channel: str, account: str, credentials: Mapping[str, Any], outgoing: Outgoing, http: Http) -> Sent:
    """POST the message once. Raises SendFailed; missing credentials are `fix_account`, and nothing leaves."""
    sid, headers = _authorised(credentials)
    fields = [*request_fields(channel, account, credentials, outgoing).items()]
    fields += [("MediaUrl", one.url) for one in outgoing.media]
    headers |= {"content-type": "application/x-www-form-urlencoded"}
    url = f"{API_URL}/{sid}/Messages.json"
    return _settle(http.request("POST", url, urlencode(fields).encode(), headers))


def fetch(credentials: Mapping[str, Any], attachment: Mapping[str, Any], http: Http) -> File:
    """A file that somebody sent. Raises SendFailed.

    Twilio answers with another address, of its own stores: it is asked once, without credentials.
    """
    url = str(attachment.get("url", ""))
    _, headers = _authorised(credentials)
    if not MEDIA.fullmatch(url):
        raise SendFailed("fix_request", "This file is not at the provider.")
    answer = http.get(url, headers, MAX_FILE + 1)
    if 300 <= answer.status < 400:
        location = answer.headers.get("location", "")
        if not REDIRECTED.fullmatch(location):
            raise SendFailed("fix_request", "The provider points to a place that is not its own.")
        answer = http.get(location, {}, MAX_FILE + 1)
    if answer.status != 200:
        raise _failure(answer)
    return File(answer.body, answer.headers.get("content-type", ""))


def check(channel: str, account: str, credentials: Mapping[str, Any], http: Http) -> None:
    """Ask Twilio for the account at it, and for the number, if it is one of SMS. Raises SendFailed."""
    sid, headers = _authorised(credentials)
    known = http.get(f"{API_URL}/{sid}.json", headers)
    if known.status in (401, 403, 404):
        raise SendFailed(
            "fix_account",
            "Twilio does not accept the account SID with this auth token.",
            provider_code="refused",
        )
    if known.status != 200:
        raise _failure(known)
    if known.json().get("status") != "active":
        raise SendFailed(
            "fix_account", "The account at Twilio is suspended or closed.", provider_code="not_ready"
        )
    # A number of WhatsApp's is none of Twilio's own.
    if channel == "twilio_sms" and PHONE.fullmatch(account):
        found = http.get(f"{API_URL}/{sid}/IncomingPhoneNumbers.json?PhoneNumber=%2B{account}", headers)
        _check_number(found, f"/webhooks/{channel}/{account}", credentials)


def _check_number(found: Answer, path: str, credentials: Mapping[str, Any]) -> None:
    if found.status != 200:
        raise _failure(found)
    numbers = items(found.json(), "incoming_phone_numbers")
    if not numbers:
        raise SendFailed(
            "fix_account", "This account at Twilio has no such number.", provider_code="unknown_account"
        )
    # A messaging service has a webhook of its own, in the place of its numbers'.
    if not credentials.get("messaging_service_sid") and not text(numbers[0], "sms_url").endswith(path):
        raise SendFailed(
            "fix_account",
            "The number at Twilio is not told to send its messages here.",
            provider_code="webhook_elsewhere",
        )


def request_fields(
    channel: str, account: str, credentials: Mapping[str, Any], outgoing: Outgoing
) -> dict[str, str]:
    """The form that Twilio takes for one message, without its files."""
    whatsapp = channel == "twilio_whatsapp"
    prefix = PREFIX if whatsapp else ""
    to = f"+{outgoing.to.removeprefix('+')}" if PHONE.fullmatch(outgoing.to) else outgoing.to
    fields = {"To": f"{prefix}{to}", **_sender(account, credentials, prefix)}
    if whatsapp and outgoing.template:
        fields |= _content(outgoing.template, credentials)
    else:
        fields["Body"] = written(outgoing)
    return fields | _callback(channel, account, outgoing.reference)


def _sender(account: str, credentials: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """The service that chooses among several numbers, where there is one; a number; or a name."""
    service = credentials.get("messaging_service_sid") or (account if account.startswith("MG") else "")
    if service:
        return {"MessagingServiceSid": service}
    known_as = account if SHORT_CODE.fullmatch(account) or not account.isdigit() else f"+{account}"
    return {"From": f"{prefix}{known_as}"}


def _callback(channel: str, account: str, reference: str) -> dict[str, str]:
    """Where Twilio is to tell what becomes of it, with our own id; the address is part of what it signs.

    Without a public address of ours, Twilio tells where the number's own settings say.
    """
    public = os.environ.get("WEBHOOKS_URL", "")
    if not public:
        return {}
    path = f"/webhooks/{channel}/{quote(account, safe='')}"
    return {"StatusCallback": f"{public}{path}?{urlencode({REFERENCE: reference})}"}


def _content(template: Template, credentials: Mapping[str, Any]) -> dict[str, str]:
    """A template by its ContentSid, which is its name, or is kept with the account under name/language."""
    named = f"{template.name}/{template.language}"
    sid = template.name if CONTENT_SID.fullmatch(template.name) else _content_sids(credentials).get(named)
    if not sid:
        raise SendFailed("fix_account", "This account has no ContentSid for the template.")
    # WhatsApp refuses line breaks, tabs and runs of spaces inside a parameter.
    values = {name: " ".join(value.split()) for name, value in template.parameters.items()}
    variables = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return {"ContentSid": sid, **({"ContentVariables": variables} if values else {})}


def _content_sids(credentials: Mapping[str, Any]) -> dict[str, str]:
    """As a mapping, or as it is typed: `name/language=HX…`, one a line."""
    kept = credentials.get("content_sids") or ()
    pairs = kept.items() if isinstance(kept, Mapping) else (str(line).partition("=")[::2] for line in kept)
    return {name.strip(): str(sid).strip() for name, sid in pairs}


def _authorised(credentials: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    sid, token = credentials.get("account_sid", ""), credentials.get("auth_token", "")
    if not sid or not token:
        raise SendFailed("fix_account", "No account SID and auth token are stored for this account.")
    encoded = b64encode(f"{sid}:{token}".encode()).decode()
    return quote(str(sid), safe=""), {"authorization": f"Basic {encoded}"}


def _settle(answer: Answer) -> Sent:
    sid = answer.json().get("sid")
    if not 200 <= answer.status < 300:
        raise _failure(answer)
    if not isinstance(sid, str) or not sid:
        raise SendFailed("unknown", "The provider accepted the request but named no message.")
    return Sent(sid)


def _failure(answer: Answer) -> SendFailed:
    code = answer.json().get("code")
    number = code if isinstance(code, int) and not isinstance(code, bool) else None
    # Never the provider's own words: they may repeat the number or the text.
    told = f"The provider answered HTTP {answer.status}, code {number}."
    return SendFailed(
        outcome(number, answer.status), told, provider_code=number, retry_after=_retry_after(answer)
    )


def _retry_after(answer: Answer) -> float | None:
    seconds = answer.headers.get("retry-after", "")
    return float(seconds) if re.fullmatch(r"[0-9]{1,6}", seconds) else None
