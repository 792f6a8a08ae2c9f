"""What one webhook of Twilio says: a message, an opt-out, what became of a message of ours, or of a call.

Source: Twilio's "Webhook request" references for messaging, message status and voice. All come to the same
address, one event a request, as a form. A message holds no time: it is of when it arrives. New fields may
appear at any time, and only those that are named here are read.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import Final, Literal

from recado.channels import Received, Request, Unreadable, events, twilio
from recado.channels.events import MAX_ID, YEARS, Fields, collected, digest, file, identifier
from recado.channels.traits import ALL_PURPOSES
from recado.channels.twilio_codes import read_error
from recado.errors import UnreadableInput

Form = dict[str, str]

PREFIX: Final = "whatsapp:"
NUMBER: Final = re.compile(r"[+ ]?([0-9]{3,20})")
"""A `+` that was sent as it is arrives as a space."""
MAX_FILES: Final = 10
REFERENCE: Final = "ref"
"""In the address that we name for callbacks: our own id of the message."""

STATUSES: Final = {
    # Twilio has it: all that "sent" means here.
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), "sent"),
    "delivered": "delivered",
    "read": "read",
    **dict.fromkeys(("undelivered", "failed", "canceled"), "failed"),
}
ARRIVING: Final = ("receiving", "received")
"""The states of a message *to* us."""
OPT_OUT: Final[dict[str, Literal["stop", "start"]]] = {"STOP": "stop", "START": "start"}
"""By Advanced Opt-Out, and answered by Twilio itself. HELP is somebody who asks: a message."""
KINDS: Final = {"image": "image", "audio": "audio", "video": "video"}
"""By the first half of a MIME type; text/vcard is a contact, anything else a document."""


def parse(request: Request, channel: str) -> list[Received | Unreadable]:
    """The one event of a verified request; never raises."""
    return collected(channel, request.body, lambda body: [_read(request, channel, twilio.form(body))])


def _read(request: Request, channel: str, form: Form) -> Received:
    sid = identifier(form, "MessageSid") or identifier(form, "SmsSid") or identifier(form, "SmsMessageSid")
    state = (form.get("MessageStatus") or form.get("SmsStatus") or "").lower()
    if form.get("CallSid"):
        return _call(request, channel, form)
    if not sid:
        raise UnreadableInput("no id")
    if state and state not in ARRIVING:
        return _status(request, channel, form, sid, state)
    message = _message(request, channel, form, sid)
    return _opted(message, form, sid) if form.get("OptOutType", "").upper() in OPT_OUT else message


def _opted(message: Received, form: Form, sid: str) -> Received:
    """Somebody stopped, or takes us again; Twilio has told them so."""
    told = form["OptOutType"].upper()
    return message._replace(
        kind="consent",
        key=f"{message.channel}/{message.account}/consent/{sid}",
        event=events.consent(OPT_OUT[told], ALL_PURPOSES, f"OptOutType {told}"),
    )


def _message(request: Request, channel: str, form: Form, sid: str) -> Received:
    account = _account(request, form, "To")
    identities = _people(form, "From")
    if not identities:
        raise UnreadableInput("a message without a sender")
    return Received(
        channel=channel,
        account=account,
        kind="message",
        key=f"{channel}/{account}/message/{sid}",
        sender=identities[0][1],
        identities=identities,
        at="",
        event=_said(form, sid),
        raw=dict(form),
    )


def _said(form: Form, sid: str) -> Fields:
    files = _files(form)
    return events.message(
        sid,
        _kind(form, files),
        text=form.get("ButtonText") or form.get("ListTitle") or form.get("Body") or form.get("Address", ""),
        name=form.get("ProfileName", ""),
        payload=form.get("ButtonPayload") or form.get("ListId") or None,
        attachments=[*files, *_place(form)],
        reply_to=identifier(form, "OriginalRepliedMessageSid") or None,
        origin=_origin(form),
        **({"forwarded": True} if form.get("Forwarded", "").lower() == "true" else {}),
        **_unsupported(form, files),
    )


def _kind(form: Form, files: list[Fields]) -> str:
    if form.get("Latitude") and form.get("Longitude"):
        return "location"
    if form.get("ListId"):
        return "list"
    if form.get("ButtonPayload") or form.get("ButtonText"):
        return "button"
    if files:
        return "sticker" if form.get("MessageType") == "sticker" else str(files[0]["kind"])
    return "unsupported" if _unsupported(form, files) else "text"


def _unsupported(form: Form, files: list[Fields]) -> Fields:
    """A kind that we do not know and that says nothing which we could show keeps its name."""
    told = form.get("MessageType", "")
    known = not told or told in ("text", "button", "interactive", "location") or files or form.get("Body")
    return {} if known else {"original_type": told[:MAX_ID]}


def _files(form: Form) -> list[Fields]:
    """What hangs on the message; Twilio keeps it until it is fetched or deleted."""
    told = form.get("NumMedia", "")
    count = min(int(told), MAX_FILES) if told.isascii() and told.isdigit() and len(told) <= 4 else 0
    urls = [(form.get(f"MediaUrl{at}", ""), form.get(f"MediaContentType{at}", "")) for at in range(count)]
    return [file(_kind_of(mime), url=url, mime=mime, id=_media_id(url)) for url, mime in urls if url]


def _kind_of(mime: str) -> str:
    half = mime.partition("/")[0]
    return "contacts" if "vcard" in mime.lower() else KINDS.get(half.lower(), "document")


def _media_id(url: str) -> str:
    last = url.rpartition("/")[2]
    return last if len(last) <= MAX_ID else ""


def _place(form: Form) -> list[Fields]:
    if not (form.get("Latitude") and form.get("Longitude")):
        return []
    name = ", ".join(filter(None, (form.get("Label", ""), form.get("Address", ""))))
    spot = {"latitude": form["Latitude"][:40], "longitude": form["Longitude"][:40]}
    return [{"kind": "location", "name": name[: events.MAX_NAME], **spot}]


def _origin(form: Form) -> Fields | None:
    """An advert that was tapped (WhatsApp)."""
    kind = form.get("ReferralSourceType", "")
    if not (kind or form.get("ReferralSourceId")):
        return None
    return {
        "type": kind or "advert",
        "id": identifier(form, "ReferralSourceId"),
        "url": form.get("ReferralSourceUrl", ""),
    }


def _status(request: Request, channel: str, form: Form, sid: str, state: str) -> Received:
    """A callback. Whose message it was we said ourselves, in the address that was called and signed."""
    account, identities = _account(request, form, "From"), _people(form, "To")
    code, outcome = form.get("ErrorCode", "")[:MAX_ID], STATUSES.get(state)
    error = read_error(code, form.get("ErrorMessage", "")) if code.strip("0") or outcome == "failed" else None
    told = Received(
        channel=channel,
        account=account,
        kind="receipt",
        key="/".join(filter(None, (channel, account, "receipt", sid, state[:MAX_ID], code))),
        sender=identities[0][1] if identities else "",
        identities=identities,
        at="",
        event={},
        raw=dict(form),
    )
    if outcome is None:
        notice: Fields = {"type": "status", "name": state[:MAX_ID], "provider_id": sid}
        return told._replace(kind="notice", key=told.key.replace("/receipt/", "/notice/", 1), event=notice)
    reference = identifier(request.query, REFERENCE)
    return told._replace(event=events.receipt(sid, outcome, reference=reference, error=error))


def _call(request: Request, channel: str, form: Form) -> Received:
    """A call at the number: nothing here follows from it, and it is kept. In order by SequenceNumber."""
    ours, theirs = ("From", "To") if form.get("Direction", "").startswith("outbound") else ("To", "From")
    account, sid = _account(request, form, ours), identifier(form, "CallSid")
    identities = _people(form, theirs)
    name, number = form.get("CallStatus", "")[:MAX_ID], identifier(form, "SequenceNumber")
    return Received(
        channel=channel,
        account=account,
        kind="notice",
        key=f"{channel}/{account}/notice/{sid or digest(form)}/{number or name}",
        sender=identities[0][1] if identities else "",
        identities=identities,
        at=_time(form.get("Timestamp", "")),
        event={
            "type": "call",
            "name": name,
            "provider_id": sid,
            "sequence": number,
            "seconds": identifier(form, "CallDuration"),
        },
        raw=dict(form),
    )


def _account(request: Request, form: Form, ours: str) -> str:
    """Our number, or the service that several numbers share where that is what the clinic has.

    Raises UnreadableInput for an event of neither.
    """
    number = form.get(ours, "").strip().removeprefix(PREFIX).strip().lstrip("+")
    service = identifier(form, "MessagingServiceSid")
    named = [one for one in (number, service) if 0 < len(one) <= MAX_ID]
    if not named:
        raise UnreadableInput("no account")
    return request.account if request.account in named else named[0]


def _people(form: Form, place: str) -> list[tuple[str, str]]:
    """Who is at the other end: a number, and on WhatsApp the id of a person who may hide theirs."""
    told = form.get(place, "")
    whatsapp = told.startswith(PREFIX) or bool(form.get("WaId") or form.get("ExternalUserId"))
    address = told.removeprefix(PREFIX)
    number = NUMBER.fullmatch(address) or NUMBER.fullmatch(form.get("WaId", "") if place == "From" else "")
    user = identifier(form, "ExternalUserId") if place == "From" else ""
    if not user and whatsapp and not NUMBER.fullmatch(address):
        user = address.strip() if len(address) <= MAX_ID else ""
    found = [("phone", f"+{number[1]}")] if number else []
    return found + ([("bsuid", user)] if user else [])


def _time(stamp: str) -> str:
    """RFC 2822 → ISO 8601 in UTC; "" for what is no time."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - rare, and slow to load

    try:
        at = parsedate_to_datetime(stamp).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at.year in YEARS else ""
