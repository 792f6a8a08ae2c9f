"""One event off the inbound queue → one message, one patient, one open contact, exactly once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from recado.actions.again import again
from recado.actions.identify import Sender, identify, introduce
from recado.actions.save_outcome import save_outcome
from recado.channels import Received
from recado.errors import Stale
from recado.model.communication import Communication, CommunicationState, Receipt
from recado.model.contact import Contact
from recado.model.patient import ContactPoint, Question
from recado.model.tenant import Language
from recado.rules import contacts as rules
from recado.rules.communications import communication_id, joined, receipted
from recado.rules.identity import canonical_phone
from recado.rules.questions import answered, serves_itself
from recado.rules.replies import Kind, read
from recado.store import contacts, patients, tenants, unreadable
from recado.store.rows import transaction

_STATES: Mapping[str, CommunicationState] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}


def record(tenant: str, received: Received, now: datetime) -> None:
    """Store what a provider told us, whatever it is. The same event again changes nothing."""
    if received.kind == "message":
        record_message(tenant, received, now)
    elif received.kind == "receipt":
        record_receipt(tenant, received, now)
    else:
        reason = f"notice: {received.event.get('type', '')}"
        unreadable.keep_event(tenant, received.channel, reason, received.raw)


@again
def record_message(tenant: str, received: Received, now: datetime) -> None:
    """Message, patient and open contact in one transaction, whose key is the provider's id."""
    event = received.event
    points = [_point(system, value) for system, value in received.identities]
    sender = identify(tenant, points, event.get("name") or None, now)
    latest = None if sender.new else contacts.latest_contact(tenant, sender.patient)
    contact, moment = rules.placed(_open(tenant, received, sender, latest, now), now)
    communication = _communication(tenant, received, contact, moment, now)
    said = read(communication.text, communication.payload).kind
    question = _question(tenant, sender, communication, said, contact.spoken_at)
    communication = communication.model_copy(update={"question": question})
    pending = serves_itself(said, question)
    try:
        with transaction() as work:
            introduce(tenant, sender, work)
            contacts.save_communication(tenant, communication, work)
            contacts.save_contact(tenant, rules.heard(contact, communication, now, pending=pending), work)
    except Stale:
        if contacts.find_communication(tenant, communication.id) is None:
            raise


def _point(system: str, value: str) -> ContactPoint:
    if system == "phone":
        return ContactPoint(system="phone", value=canonical_phone(value))
    return ContactPoint.model_validate({"system": system, "value": value})


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
        attachment=event.get("attachment"),
        raw=received.raw,
    )


@again
def record_receipt(tenant: str, received: Received, now: datetime) -> None:
    """Move the state of one of our messages, never backwards; an early receipt waits for its message."""
    provider_id = received.event["provider_id"]
    receipt = contacts.find_receipt(tenant, received.channel, received.account, provider_id)
    ours = (receipt and receipt.communication) or received.event.get("reference")
    communication = contacts.find_communication(tenant, ours) if ours else None
    if communication is not None and communication.direction == "outbound":
        _settle(tenant, communication, received, now)
    else:
        _park(tenant, received, receipt, now)


def _told(received: Received) -> tuple[CommunicationState, str | None]:
    """The state that a receipt tells of, and the provider's code for what went wrong."""
    error = received.event.get("error")
    return _STATES[received.event["status"]], str(error["code"]) if error else None


def _settle(tenant: str, communication: Communication, received: Received, now: datetime) -> None:
    after = receipted(communication, *_told(received))
    if after is not communication:
        provider_id = communication.provider_id or received.event["provider_id"]
        known = after.model_copy(update={"provider_id": provider_id})
        save_outcome(tenant, communication, known, now)


def _park(tenant: str, received: Received, parked: Receipt | None, now: datetime) -> None:
    """Keep a status until the send that it belongs to has told us the provider's id (F4)."""
    status, error = _told(received)
    known = parked or Receipt(
        channel=received.channel,
        account=received.account,
        provider_id=received.event["provider_id"],
        at=now,
    )
    state = joined(known.status or status, status)
    if state != known.status:
        update = {"status": state, "error": error or known.error}
        contacts.save_receipt(tenant, known.model_copy(update=update))
