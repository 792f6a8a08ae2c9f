"""A provider says that somebody stopped, or takes again, what we send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from recado import texts
from recado.actions.again import again
from recado.actions.change_consent import EVIDENCE, everybody
from recado.actions.identify import identify
from recado.actions.introduce import introduce
from recado.actions.share_consent import change_person, known
from recado.channels import Received, traits_of
from recado.model.communication import Communication
from recado.model.consent import Consent
from recado.model.contact_point import ContactPoint
from recado.rules import consent as rules
from recado.rules.communications import communication_id
from recado.rules.households import Heard
from recado.rules.identity import contact_points
from recado.store import patients
from recado.store.rows import Transaction, transaction

WRITABLE: Final = frozenset({"phone", "email"})
"""Addresses that staff and forms give as well, under which somebody new may be written to first."""


@again
def record_consent(tenant: str, received: Received, now: datetime) -> None:
    """Store the change for everybody behind the address. The same event again changes nothing, and of two the
    one that was said later holds.

    An address that nobody has yet is remembered as stopped where somebody could be booked under it later;
    else (a messenger's id, a start) there is nothing to remember.
    """
    from recado.store import erasures  # noqa: PLC0415 - few events are of this kind

    points = contact_points(received.identities)
    said = _said(tenant, received, now)
    if erasures.was_heard(tenant, said.id) or _was_anothers(tenant, points, said):
        return
    sender = identify(tenant, points, Heard(), now)
    if sender.people:
        _change_known(tenant, sender.people[0].patient, said)
    elif sender.new is not None and said.action == "stop" and _may_be_written_to(points):
        with transaction() as work:
            stopped = rules.after(sender.new, said, ())
            introduce(tenant, sender._replace(new=stopped), work)
            patients.keep_consent(tenant, stopped.id, said, work)


def _was_anothers(tenant: str, points: Sequence[ContactPoint], said: Consent) -> bool:
    """Whether somebody has said it who has left such a point since: whoever is there now has not."""
    links = (link for point in points for link in patients.whole_view(tenant, point).links)
    left = {link.patient for link in links if link.left}
    return any(one.id == said.id for patient in left for one in patients.consents(tenant, patient))


def _change_known(tenant: str, patient_id: str, said: Consent) -> None:
    people = [known(tenant, one) for one in everybody(tenant, patient_id)]
    meant = [
        (patient, history)
        for patient, history in people
        if rules.is_news(said, history)
        and (said.action == "stop" or rules.resumes(history, own=patient.id == patient_id))
    ]
    if not meant:
        return
    with transaction() as work:
        change_person(tenant, said, meant, work)


def _may_be_written_to(points: Sequence[ContactPoint]) -> bool:
    return any(point.system in WRITABLE for point in points)


def _said(tenant: str, received: Received, now: datetime) -> Consent:
    event = received.event
    told = datetime.fromisoformat(received.at) if received.at else now
    return Consent(
        id=communication_id(tenant, "consent", received.account, received.key),
        action=event["action"],
        purposes=tuple(event["purposes"]),
        channel=received.channel,
        account=received.account,
        source=f"event:{received.key}",
        evidence=str(event.get("evidence") or "")[:EVIDENCE],
        wording=texts.WORDING,
        at=min(told, now),
        recorded_at=now,
    )


def note_refusal(
    tenant: str, communication: Communication, code: object, now: datetime, within: Transaction
) -> None:
    """Where a provider refuses a message since the person stopped it there, they have stopped it everywhere.

    `code` is the provider's. Within the transaction that stores the refusal; once for each communication.
    """
    purposes = rules.refused(code, traits_of(communication.channel).stops)
    if not purposes:
        return
    said = Consent(
        id=communication_id(tenant, "consent", communication.account, f"refusal:{communication.id}"),
        action="stop",
        purposes=tuple(sorted(purposes)),
        channel=communication.channel,
        account=communication.account,
        source=f"refusal:{communication.id}",
        evidence=str(code),
        wording=texts.WORDING,
        at=now,
        recorded_at=now,
    )
    patient = patients.known(tenant, communication.patient)
    if patient is None:
        return
    meant = known(tenant, patient)
    if rules.is_news(said, meant[1]):
        change_person(tenant, said, [meant], within)
