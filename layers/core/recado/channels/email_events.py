"""What SES tells of a mail that we sent: Delivery, Bounce, Complaint and the rest, in both of its forms.

`eventType` comes through a configuration set and has our tags; `notificationType` is the older form. Source:
SES developer guide, "Contents of event data that Amazon SES publishes to Amazon SNS".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from recado.channels import Kind, Received, Unreadable
from recado.channels import events as form
from recado.channels.email_headers import ADDRESS, MAX_ADDRESS
from recado.channels.events import Fields, child, identifier, items, text
from recado.channels.traits import ALL_PURPOSES
from recado.errors import Outcome, UnreadableInput

NAME: Final = "email"
NOBODY: Final = "-"
"""The account of what names none: no clinic's, so that it is kept for an operator."""
NOT_SPAM: Final = "not-spam"
"""Somebody took a mail of ours out of the spam folder: a complaint that is none."""
BOUNCES: Final[dict[str, Outcome]] = {"Permanent": "bad_address", "Transient": "retry"}
"""Undetermined, and what is not known: nobody can say whether it arrives the next time."""
MAX_RECIPIENTS: Final = 50
"""SES takes as many in one call; ours go to one."""


class Told(NamedTuple):
    """One event: what SES calls it, what it says of it, and whose account it is of."""

    kind: str
    mail: Fields
    detail: Fields
    account: str
    raw: Fields


def read(kind: str, document: Fields) -> Iterator[Received | Unreadable]:
    """The events of one notification: one for each recipient. Raises UnreadableInput."""
    mail = child(document, "mail")
    detail = child(document, DETAILS.get(kind, kind[:1].lower() + kind[1:]))
    told = Told(kind, mail, detail, _account(mail), document)
    if not identifier(mail, "messageId"):
        raise UnreadableInput("a notification without a message's id")
    for person in _people(told):
        yield from _events(told, person)


def instant(told: Any) -> str:
    """SES's time, of any zone → ISO 8601 in UTC; "" for what is none."""
    try:
        at = datetime.fromisoformat(told).astimezone(UTC).replace(tzinfo=None)
    except (TypeError, ValueError, OverflowError):
        return ""
    if at.year not in form.YEARS:
        return ""
    return at.isoformat(timespec="milliseconds" if at.microsecond else "seconds") + "Z"


def _events(told: Told, person: str) -> Iterator[Received]:
    if told.kind == "Complaint" and _is_complaint(told):
        yield _received(told, person, "consent", ("stop",), _stopped(told))
    if told.kind not in STATUSES:
        yield _received(told, person, "notice", (told.kind[: form.MAX_ID],), _notice(told))
        return
    status, error = STATUSES[told.kind], _error(told)
    provider_id = identifier(told.mail, "messageId")
    event = form.receipt(provider_id, status, reference=_tag(told.mail, "reference"), error=error)
    parts = (status, told.kind.replace(" ", ""), str(error["code"]) if error else "")
    yield _received(told, person, "receipt", parts, event)


def _received(told: Told, person: str, kind: Kind, parts: tuple[str, ...], event: Fields) -> Received:
    known = (identifier(told.mail, "messageId"), *parts, person)
    return Received(
        channel=NAME,
        account=told.account,
        kind=kind,
        key=f"{NAME}/{told.account}/{kind}/" + "/".join(filter(None, known)),
        sender=person,
        identities=[("email", person)] if person else [],
        at=instant(told.detail.get("timestamp")) or instant(told.mail.get("timestamp")),
        event=event,
        raw=told.raw,
    )


def _account(mail: Fields) -> str:
    """The clinic's address: our own tag, else who it was sent from."""
    for known in (_tag(mail, "account"), text(mail, "source")):
        address = known.strip().lower()
        if ADDRESS.fullmatch(address) and len(address) <= MAX_ADDRESS:
            return address
    return NOBODY


def _tag(mail: Fields, name: str) -> str:
    """What we had SES keep with the mail; each tag is a list."""
    told = child(mail, "tags").get(name)
    return identifier({"tag": told[0]}, "tag") if isinstance(told, list) and told else ""


def _people(told: Told) -> list[str]:
    """Whom this is about, as SES writes them; nobody in particular is ""."""
    for name in ("bouncedRecipients", "complainedRecipients", "delayedRecipients"):
        if listed := items(told.detail, name):
            return _addresses([text(one, "emailAddress") for one in listed])
    known = told.detail.get("recipients") or told.mail.get("destination")
    return _addresses(known if isinstance(known, list) else [])


def _addresses(listed: list[Any]) -> list[str]:
    told = [one.strip().lower() for one in listed[:MAX_RECIPIENTS] if isinstance(one, str)]
    return list(dict.fromkeys(one for one in told if len(one) <= MAX_ADDRESS and "@" in one)) or [""]


def _error(told: Told) -> Fields | None:
    if told.kind == "Bounce":
        code = "/".join(filter(None, (text(told.detail, "bounceType"), text(told.detail, "bounceSubType"))))
        return _failure(code, BOUNCES.get(text(told.detail, "bounceType"), "unknown"))
    if told.kind == "Reject":
        return _failure("Reject", "fix_request")
    return _failure("RenderingFailure", "fix_request") if STATUSES[told.kind] == "failed" else None


def _failure(code: str, outcome: Outcome) -> Fields:
    return {"code": code[: form.MAX_ID], "title": "", "detail": "", "outcome": outcome}


def _is_complaint(told: Told) -> bool:
    return text(told.detail, "complaintFeedbackType") != NOT_SPAM


def _stopped(told: Told) -> Fields:
    """Who calls our mail spam wants none that they did not ask for."""
    evidence = text(told.detail, "complaintFeedbackType") or "complaint"
    return form.consent("stop", ALL_PURPOSES, f"SES complaint: {evidence[: form.MAX_NAME]}")


def _notice(told: Told) -> Fields:
    return {"type": told.kind[: form.MAX_NAME], "name": "", "provider_id": identifier(told.mail, "messageId")}


DETAILS: Final = {"Rendering Failure": "failure", "DeliveryDelay": "deliveryDelay"}
"""Under which name the details of a kind are, where it is not its own."""
STATUSES: Final = {
    "Send": "sent",
    "DeliveryDelay": "sent",
    "Delivery": "delivered",
    "Complaint": "delivered",
    "Bounce": "failed",
    "Reject": "failed",
    "Rendering Failure": "failed",
    "RenderingFailure": "failed",
}
"""Kind of event → the state of a receipt. Whoever complains of a mail has got it."""
