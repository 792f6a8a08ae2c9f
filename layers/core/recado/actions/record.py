"""One event off the inbound queue → one message, one patient, one open contact, exactly once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from recado.actions.again import again
from recado.actions.complete_phone import complete_phone
from recado.actions.identify import Sender, identify, introduce
from recado.actions.open_mail import open_mail
from recado.actions.read_message import read_message
from recado.actions.record_consent import record_consent
from recado.actions.record_echo import record_echo
from recado.actions.record_notice import record_notice
from recado.actions.record_past import record_past
from recado.actions.record_receipt import record_receipt
from recado.channels import Received, traits_of
from recado.errors import Stale
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import Question
from recado.rules import contacts as rules
from recado.rules.communications import communication_id
from recado.rules.consent import spoken
from recado.rules.identity import contact_points, is_proven
from recado.rules.patients import brought_by
from recado.rules.questions import answered, serves_itself
from recado.rules.replies import Kind, read
from recado.store import contacts, patients, tenants
from recado.store.rows import transaction
from recado.texts import closest


def record(tenant: str, received: Received, now: datetime) -> None:
    """Store what a provider told us, whatever it is. The same event again changes nothing."""
    if "content" in received.event:
        received = open_mail(tenant, received)
    if "typed_phone" in received.event:
        received = complete_phone(tenant, received)
    if received.event.get("historic"):
        record_past(tenant, received, now)
    else:
        RECORDERS.get(received.kind, record_notice)(tenant, received, now)


@again
def record_message(tenant: str, received: Received, now: datetime) -> None:
    """Message, patient and open contact in one transaction, whose key is the provider's id."""
    left = _left(received)
    if left and _is_known(tenant, received):
        return
    received = _moved(tenant, received, left, now)
    event, points = received.event, contact_points(received.identities)
    proven = is_proven(event["type"], points)
    name = event.get("name") or None
    sender = identify(tenant, points, name, now, brought_by(event), left=left, proven=proven)
    latest = None if sender.new else contacts.latest_contact(tenant, sender.patient)
    contact, moment = rules.placed(_open(tenant, received, sender, latest, now), now)
    communication = read_message(tenant, received, contact.patient, moment, now)
    communication = communication.model_copy(update={"contact": contact.id})
    own_words = communication.kind not in ("form", "interaction")
    pending = False
    if own_words and proven and not communication.automatic:
        # Who may be anybody settles nothing, and is answered by people only.
        said = read(communication.text, communication.payload).kind
        question = _question(tenant, sender, communication, said, contact.spoken_at)
        communication = communication.model_copy(update={"question": question})
        pending = _serves(tenant, received, contact, communication, now)
    after = rules.heard(contact, communication, now, pending=pending)
    after = after if own_words else rules.answered_as_before(after, contact)
    try:
        with transaction() as work:
            introduce(tenant, sender, work)
            contacts.save_communication(tenant, communication, work)
            contacts.save_contact(tenant, after, work)
    except Stale:
        if contacts.find_communication(tenant, communication.id) is None:
            raise


def _serves(
    tenant: str, received: Received, contact: Contact, communication: Communication, now: datetime
) -> bool:
    """Whether automatic handling has to look at what was said."""
    said = read(communication.text, communication.payload).kind
    question, stops = communication.question, traits_of(received.channel).cancel_stops
    asked = question is not None
    word = spoken(communication.text, communication.payload, cancel_stops=stops, asked=asked)
    return (
        word is not None
        or serves_itself(said, question)
        or rules.expects_time(contact)
        or _finds_it_closed(tenant, received)
        or _finds_nobody(tenant, contact, communication, now)
    )


def _left(received: Received) -> list[ContactPoint]:
    """What somebody has left who has another number or id from now on."""
    changed = received.event.get("changed_to") or ()
    systems, to = {system for system, _ in changed}, contact_points(changed)
    return [one for one in contact_points(received.identities) if one.system in systems and one not in to]


def _is_known(tenant: str, received: Received) -> bool:
    """Whether it was recorded before: somebody else may be at what was left by now, who stays there."""
    own_id = communication_id(tenant, received.channel, received.account, received.event["provider_id"])
    return contacts.find_communication(tenant, own_id) is not None


def _moved(tenant: str, received: Received, left: Sequence[ContactPoint], now: datetime) -> Received:
    """Somebody who has another number or id from now on is the same person there, and is answered there.

    They are there before their message is recorded, which is what says that it is done.
    """
    changed = received.event.get("changed_to") or ()
    if not changed:
        return received
    if left:
        from recado.actions.change_number import change_number  # noqa: PLC0415 - it happens to few

        change_number(tenant, left, contact_points(changed), now)
    address = str(changed[0][1]).removeprefix("+")
    known = [*received.identities, *((system, value) for system, value in changed)]
    return received._replace(identities=known, sender=address)


def _finds_it_closed(tenant: str, received: Received) -> bool:
    """Whether they wrote on a paused account, and are told so. No machine's message is answered."""
    closed = not tenants.is_open(tenant, received.channel, received.account)
    return closed and not received.event.get("automatic")


def _finds_nobody(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Whether they are told by when they will be answered."""
    clinic = tenants.get(tenant)
    if not clinic.hours and not clinic.email_reply_hours:
        return False
    from recado.actions.acknowledge import due  # noqa: PLC0415 - most clinics' days are long

    return due(clinic, contact, communication, now) is not None


def _open(tenant: str, received: Received, sender: Sender, latest: Contact | None, now: datetime) -> Contact:
    """The patient's open contact, or the next one."""
    if latest is not None and latest.state != "closed":
        return latest
    language = sender.language or closest(received.event.get("language"), tenants.get(tenant).language)
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
        origin=brought_by(received.event),
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


RECORDERS: Final[Mapping[str, Callable[[str, Received, datetime], None]]] = {
    "message": record_message,
    "receipt": record_receipt,
    "consent": record_consent,
    "echo": record_echo,
}
"""By the kind of event; any other is a notice."""
