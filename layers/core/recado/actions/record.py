"""One event off the inbound queue → one message, one patient, one open contact, exactly once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from recado.actions.again import again
from recado.actions.identify import Sender, identify, introduce
from recado.actions.record_consent import record_consent
from recado.actions.record_receipt import record_receipt
from recado.channels import Received
from recado.errors import Stale
from recado.model.communication import Attachment, Communication
from recado.model.contact import Contact
from recado.model.patient import Origin, Question
from recado.model.tenant import Language
from recado.rules import contacts as rules
from recado.rules.communications import communication_id
from recado.rules.consent import spoken
from recado.rules.identity import contact_points
from recado.rules.questions import answered, serves_itself
from recado.rules.replies import Kind, read
from recado.store import contacts, patients, tenants, unreadable
from recado.store.rows import transaction


def record(tenant: str, received: Received, now: datetime) -> None:
    """Store what a provider told us, whatever it is. The same event again changes nothing."""
    RECORDERS.get(received.kind, record_notice)(tenant, received, now)


def record_notice(tenant: str, received: Received, _now: datetime) -> None:
    """What nothing of ours follows from: kept, for an operator."""
    reason = f"notice: {received.event.get('type', '')}"
    unreadable.keep_event(tenant, received.channel, reason, received.raw)


@again
def record_message(tenant: str, received: Received, now: datetime) -> None:
    """Message, patient and open contact in one transaction, whose key is the provider's id."""
    event = received.event
    points = contact_points(received.identities)
    sender = identify(tenant, points, event.get("name") or None, now)
    latest = None if sender.new else contacts.latest_contact(tenant, sender.patient)
    contact, moment = rules.placed(_open(tenant, received, sender, latest, now), now)
    communication = _communication(tenant, received, contact, moment, now)
    said = read(communication.text, communication.payload).kind
    question = _question(tenant, sender, communication, said, contact.spoken_at)
    communication = communication.model_copy(update={"question": question})
    word = spoken(communication.text, communication.payload, received.channel, asked=question is not None)
    pending = word is not None or serves_itself(said, question) or _finds_it_closed(tenant, received)
    try:
        with transaction() as work:
            introduce(tenant, sender, work)
            contacts.save_communication(tenant, communication, work)
            contacts.save_contact(tenant, rules.heard(contact, communication, now, pending=pending), work)
    except Stale:
        if contacts.find_communication(tenant, communication.id) is None:
            raise


def _finds_it_closed(tenant: str, received: Received) -> bool:
    """Whether they wrote on a paused account, and are told so. No machine's message is answered."""
    closed = not tenants.is_open(tenant, received.channel, received.account)
    return closed and not received.event.get("automatic")


def _open(tenant: str, received: Received, sender: Sender, latest: Contact | None, now: datetime) -> Contact:
    """The patient's open contact, or the next one."""
    if latest is not None and latest.state != "closed":
        return latest
    language: Language = sender.language or tenants.get(tenant).language
    return rules.opened(
        sender.patient,
        latest.number + 1 if latest else 1,
        now=now,
        channel=received.channel,
        account=received.account,
        address=received.sender,
        language=language,
        patient_name=sender.name,
        spoken_at=latest.spoken_at if latest else None,
        heard_at=latest.heard_at if latest else None,
        origin=_origin(received),
    )


def _question(
    tenant: str, sender: Sender, communication: Communication, said: Kind, spoken_at: datetime | None
) -> Question | None:
    """The question that a message answers. Questions hang on the contact point that they were asked at.

    What reads like an answer, and answers nothing that was asked where it came from, may answer what was
    asked at the person's primary contact point (they hide their number by now, say): one more read.
    """

    def among(questions: Sequence[Question]) -> Question | None:
        return answered(
            questions,
            payload=communication.payload,
            quoted=communication.reply_to,
            spoken_at=spoken_at,
            now=communication.at,
        )

    found = among(sender.questions)
    if found is not None or sender.elsewhere is None or said not in ("confirm", "cancel"):
        return found
    return among((*sender.questions, *patients.view(tenant, sender.elsewhere).questions))


def _quoted(tenant: str, received: Received) -> str | None:
    """Our id of the message that this one quotes: one of ours, else one of the patient's own."""
    provider_id = received.event.get("reply_to")
    if not provider_id:
        return None
    receipt = contacts.find_receipt(tenant, received.channel, received.account, provider_id)
    if receipt and receipt.communication:
        return receipt.communication
    return communication_id(tenant, received.channel, received.account, provider_id)


def _communication(
    tenant: str, received: Received, contact: Contact, moment: str, now: datetime
) -> Communication:
    event: Mapping[str, Any] = received.event
    provider_id = event["provider_id"]
    attachments = tuple(_attachment(one) for one in event.get("attachments") or ())
    is_waiting = any(one.state == "waiting" for one in attachments)
    return Communication(
        id=communication_id(tenant, received.channel, received.account, provider_id),
        patient=contact.patient,
        contact=contact.id,
        channel=received.channel,
        account=received.account,
        address=received.sender,
        direction="inbound",
        kind=event["type"],
        original_type=event.get("original_type"),
        text=event.get("text") or "",
        author="patient",
        state="received",
        at=now,
        moment=moment,
        provider_id=provider_id,
        provider_at=datetime.fromisoformat(received.at) if received.at else None,
        reply_to=_quoted(tenant, received),
        payload=event.get("payload"),
        attachments=attachments,
        due_at=now + rules.SWEEP_AFTER if is_waiting else None,
        subject=event.get("subject"),
        origin=_origin(received),
        raw=received.raw,
    )


def _attachment(told: Mapping[str, Any]) -> Attachment:
    """A file waits at its provider to be fetched; what is told in fields of its own is all there."""
    attachment = Attachment.model_validate(told)
    is_file = bool(attachment.id or attachment.url) and attachment.state == "none"
    return attachment.model_copy(update={"state": "waiting"}) if is_file else attachment


def _origin(received: Received) -> Origin | None:
    told = received.event.get("origin")
    return Origin.model_validate(told) if told else None


RECORDERS: Final[Mapping[str, Callable[[str, Received, datetime], None]]] = {
    "message": record_message,
    "receipt": record_receipt,
    "consent": record_consent,
}
"""By the kind of event; any other is a notice."""
