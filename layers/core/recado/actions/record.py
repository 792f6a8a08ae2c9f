"""One event off the inbound queue → one message, one patient, one open contact, exactly once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from recado.actions.again import again
from recado.actions.complete_phone import complete_phone
from recado.actions.identify import identify
from recado.actions.introduce import introduce
from recado.actions.next_steps import next_steps
from recado.actions.open_mail import open_mail
from recado.actions.read_message import read_message
from recado.actions.record_consent import record_consent
from recado.actions.record_echo import record_echo
from recado.actions.record_notice import record_notice
from recado.actions.record_past import record_past
from recado.actions.record_receipt import record_receipt
from recado.channels import Received
from recado.errors import Stale
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.rules import contacts as rules
from recado.rules.communications import communication_id
from recado.rules.households import Heard
from recado.rules.identity import contact_points, is_proven
from recado.rules.patients import brought_by
from recado.rules.questions import answered
from recado.rules.replies import read
from recado.rules.senders import Sender
from recado.store import contacts, tenants
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
    message = read_message(tenant, received, now)
    proven = is_proven(event["type"], points)
    sender = identify(
        tenant, points, _heard(received, message, proven), now, brought_by(event), left=left, proven=proven
    )
    if event.get("form"):
        from recado.actions.take_down import take_down  # noqa: PLC0415 - few messages are forms

        sender = take_down(tenant, received, sender, now)
    sender = _speaking(tenant, sender, message, proven=proven)
    latest = None if sender.new else contacts.latest_contact(tenant, sender.holder)
    contact, moment = rules.placed(_open(tenant, received, sender, latest, now), now)
    communication = _filed(message, sender, contact, moment, settles=_settles(message, proven))
    pending = _settles(message, proven) and bool(next_steps(tenant, contact, communication, now))
    after = rules.heard(contact, communication, now, pending=pending)
    after = after if _carries_answer(message) else rules.answered_as_before(after, contact)
    after = _urgent(after, communication, contact, now)
    after = after.model_copy(update={"language": sender.speaks or after.language})
    try:
        with transaction() as work:
            introduce(tenant, sender, work)
            contacts.save_communication(tenant, communication, work)
            contacts.save_contact(tenant, after, work)
    except Stale:
        if contacts.find_communication(tenant, communication.id) is None:
            raise


def _speaking(tenant: str, sender: Sender, message: Communication, *, proven: bool) -> Sender:
    """The sender, with the language that they write in where theirs is not surely known."""
    from recado.rules.languages import speaking  # noqa: PLC0415 - no start waits for it

    return speaking(sender, message, tenants.get(tenant).language, proven=proven)


def _urgent(after: Contact, communication: Communication, before: Contact, now: datetime) -> Contact:
    """The contact, marked where what was said cannot wait."""
    from recado.rules.urgent import is_urgent  # noqa: PLC0415 - no start waits for it

    return after.model_copy(update={"urgent_at": now}) if is_urgent(communication, before) else after


def _carries_answer(message: Communication) -> bool:
    """Whether answers go where it came from: not to a form, nor to the front desk."""
    return message.kind not in ("form", "interaction")


def _settles(message: Communication, proven: bool) -> bool:
    """Whether anything may be done about it by itself: who may be anybody, and a machine, settle nothing, and
    are answered by people only."""
    return _carries_answer(message) and proven and not message.automatic


def _heard(received: Received, message: Communication, proven: bool) -> Heard:
    """What it says of whom it is from, and about."""
    name = received.event.get("name") or None
    if not _settles(message, proven):
        return Heard(name, received.channel)
    return Heard(
        name,
        received.channel,
        line=rules.line_of(message),
        answers=read(message.text, message.payload).kind in ("confirm", "cancel"),
        payload=message.payload,
        quoted=message.reply_to,
    )


def _filed(
    message: Communication, sender: Sender, contact: Contact, moment: str, *, settles: bool
) -> Communication:
    """The message in its place, with the question of ours that it answers."""
    question = answered(
        sender.questions if settles else (),
        payload=message.payload,
        quoted=message.reply_to,
        spoken_at=contact.spoken_at,
        now=message.at,
    )
    return message.model_copy(
        update={
            "patient": sender.patient,
            "contact": contact.id,
            "moment": moment,
            "author": sender.author,
            "question": question,
        }
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


def _open(tenant: str, received: Received, sender: Sender, latest: Contact | None, now: datetime) -> Contact:
    """Their open contact, or the next one; that of the team that looks after them, if one does."""
    team = sender.link.care_team or (latest.care_team if latest else None)
    if latest is not None and latest.state != "closed":
        return rules.cared(latest, team)
    language = sender.language or closest(received.event.get("language"), tenants.get(tenant).language)
    return rules.opened(
        sender.holder,
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
        kind=sender.link.kind,
        care_team=team,
    )


RECORDERS: Final[Mapping[str, Callable[[str, Received, datetime], None]]] = {
    "message": record_message,
    "receipt": record_receipt,
    "consent": record_consent,
    "echo": record_echo,
}
"""By the kind of event; any other is a notice."""
