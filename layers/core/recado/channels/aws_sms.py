"""SMS through AWS End User Messaging: messages and events come by SNS, what we send goes to AWS.

Source: the user guide's "Two-way SMS message payload" and "Event types". The account is the
number's digits. A message holds no time, and is of when SNS had it; an event is about whichever account we
named when we sent, in its context.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from recado.channels import (
    File,
    Need,
    Outgoing,
    Person,
    Received,
    Request,
    Sent,
    Traits,
    Unreadable,
    Wire,
    accepted,
    events,
    sns,
    strict_json,
)
from recado.channels.events import Fields, child, collected, identifier, text, time
from recado.channels.traits import ALL_PURPOSES
from recado.errors import Outcome, SendFailed, UnreadableInput

NAME: Final = "aws_sms"
PROVIDER: Final = "aws"
TRAITS: Final = Traits(
    systems=("phone",),
    max_text=1600,
    needs=(
        # A pool, a name or an ARN in the place of the number; what tells of events.
        Need("origination_identity", secret=False, optional=True),
        Need("configuration_set", secret=False, optional=True),
    ),
    family="sms",
    stops={"DESTINATION_PHONE_NUMBER_OPTED_OUT": ALL_PURPOSES},
    cancel_stops=True,
)

SENT: Final = ("SENT", "PENDING", "QUEUED", "SUCCESSFUL", "UNKNOWN", "FALLEN_BACK_TO_SMS")
"""AWS or the carrier has it: no more than that is known. UNKNOWN ends the 72 hours for receipts."""
RECEIVED: Final = {"DELIVERED": "delivered", "READ": "read"}
FAILED: Final[dict[str, Outcome]] = {
    "INVALID": "bad_address",
    "UNREACHABLE": "bad_address",
    "CARRIER_UNREACHABLE": "bad_address",
    # The person's device, or their carrier's list, refuses us.
    "BLOCKED": "opted_out",
    "CARRIER_BLOCKED": "opted_out",
    # The account does not allow this country.
    "PROTECT_BLOCKED": "fix_account",
    **dict.fromkeys(("INVALID_MESSAGE", "SPAM", "TTL_EXPIRED", "FAILED"), "fix_request"),
    **dict.fromkeys(("FILE_INACCESSIBLE", "FILE_TYPE_UNSUPPORTED", "FILE_SIZE_EXCEEDED"), "fix_request"),
}
FAMILIES: Final = ("TEXT", "MEDIA", "RCS")
"""What an event's type begins with, if it is about a message."""

verify = sns.verify
handshake = sns.handshake
reply = accepted


def parse(request: Request) -> list[Received | Unreadable]:
    """The one event of a notification; never raises."""
    return collected(NAME, request.body, lambda body: [_read(strict_json.load(body), request)])


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Send one message from the number `account`. Raises SendFailed by AWS's codes and reasons."""
    from recado.channels import aws_sms_send  # noqa: PLC0415 - keeps the webhook's import small

    return aws_sms_send.send(account, credentials, outgoing, wire)


def fetch(_account: str, _credentials: Mapping[str, Any], _file: Mapping[str, Any], _wire: Wire) -> File:
    """Nothing is ever attached. Raises SendFailed."""
    raise SendFailed("fix_request", "Files do not come by this channel.")


def check(account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
    """Ask AWS whether the number is there and can be answered. Raises SendFailed."""
    from recado.channels import aws_sms_send  # noqa: PLC0415

    aws_sms_send.check(account, credentials, wire)


def sample(account: str, person: Person, said: str, at: str) -> Request:
    """A notification in which `person` writes `said`."""
    import json  # noqa: PLC0415

    told = {
        "originationNumber": person.phone,
        "destinationNumber": f"+{account}",
        "messageKeyword": f"KEYWORD_{account}",
        "messageBody": said,
        "inboundMessageId": events.digest({"by": person.phone, "to": account, "said": said, "at": at}),
        "previousPublishedMessageId": "",
    }
    return Request("SNS", "", {}, {"x-sns-timestamp": at}, json.dumps(told).encode())


def _read(told: Any, request: Request) -> Received:
    if not isinstance(told, dict):
        raise UnreadableInput("not a notification of a message")
    if text(told, "eventType"):
        return _event(told)
    if "inboundMessageId" not in told:
        raise UnreadableInput("not a notification of a message")
    return _message(told, sns.notified_at(request))


def _message(told: Fields, at: str) -> Received:
    account, provider_id = _digits(told, "destinationNumber"), identifier(told, "inboundMessageId")
    sender = _digits(told, "originationNumber")
    if not (account and provider_id and sender):
        raise UnreadableInput("a message without an id, a sender or an account")
    return Received(
        channel=NAME,
        account=account,
        kind="message",
        key=f"{NAME}/{account}/message/{provider_id}",
        sender=f"+{sender}",
        identities=[("phone", f"+{sender}")],
        at=at,
        event=events.message(
            provider_id,
            "text",
            text=text(told, "messageBody"),
            reply_to=identifier(told, "previousPublishedMessageId") or None,
        ),
        raw=told,
    )


def _event(told: Fields) -> Received:
    context = child(told, "context")
    account = identifier(context, "account") or _digits(told, "originationPhoneNumber")
    provider_id, name = identifier(told, "messageId"), identifier(told, "eventType")
    if not (account and provider_id and name):
        raise UnreadableInput("an event without an id, a type or an account")
    to = _digits(told, "destinationPhoneNumber")
    kind, event = _became(told, provider_id, name)
    return Received(
        channel=NAME,
        account=account,
        kind="receipt" if kind == "receipt" else "notice",
        key=f"{NAME}/{account}/{kind}/{provider_id}/{name}",
        sender=f"+{to}" if to else "",
        identities=[("phone", f"+{to}")] if to else [],
        at=time(told.get("eventTimestamp")),
        event=event,
        raw=told,
    )


def _became(told: Fields, provider_id: str, name: str) -> tuple[str, Fields]:
    """What became of a message of ours; any other event is kept as a notice."""
    family, _, state = name.partition("_")
    reference = identifier(child(told, "context"), "reference")
    if family not in FAMILIES:
        state = ""
    if state in SENT or state in RECEIVED:
        status = RECEIVED.get(state, "sent")
        return "receipt", events.receipt(provider_id, status, reference=reference)
    if outcome := FAILED.get(state):
        described = text(told, "messageStatusDescription")[:200]
        error = {"code": name, "title": described, "detail": "", "outcome": outcome}
        return "receipt", events.receipt(provider_id, "failed", reference=reference, error=error)
    return "notice", {"type": "event", "name": name, "provider_id": provider_id}


def _digits(told: Fields, key: str) -> str:
    """A number's digits; "" for what is none."""
    digits = identifier(told, key).strip().removeprefix("+")
    return digits if digits.isascii() and digits.isdigit() and len(digits) <= 20 else ""
