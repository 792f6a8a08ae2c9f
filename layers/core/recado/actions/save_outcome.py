"""What became of a message of ours → its row; where it came to nothing, another way or somebody's list."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.actions.fall_back import fall_back
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.rules import contacts as rules
from recado.rules.sending import ended_badly, falls_back
from recado.store import contacts, patients
from recado.store.rows import Transaction, transaction


def save_outcome(
    tenant: str,
    before: Communication,
    after: Communication,
    now: datetime,
    within: Transaction | None = None,
    *,
    stopped: bool = False,
) -> None:
    """Save an outbound communication; what failed for good goes by another way, where one is left, unless the
    person stopped it.

    Where none is, people see to what did not surely arrive and is not tried again: the patient's open contact
    has one more thing unread, and where none is open, one opens for it. All of it is one transaction. Raises
    Stale when the communication or the contact changed meanwhile: load it again.
    """
    told, instead, contact = _follow(tenant, before, after, now, stopped=stopped)
    if instead is None and contact is None:
        contacts.save_communication(tenant, told, within)
    elif within is None:
        with transaction() as work:
            _save(tenant, (told, instead), contact, work)
    else:
        _save(tenant, (told, instead), contact, within)


def _save(
    tenant: str,
    communications: tuple[Communication | None, ...],
    contact: Contact | None,
    within: Transaction,
) -> None:
    for one in communications:
        if one is not None:
            contacts.save_communication(tenant, one, within)
    if contact is not None:
        contacts.save_contact(tenant, contact, within)


def _follow(
    tenant: str, before: Communication, after: Communication, now: datetime, *, stopped: bool
) -> tuple[Communication, Communication | None, Contact | None]:
    """The communication as it is to be saved, what goes in its stead, the contact that either is seen in."""
    another_way, bad = falls_back(before, after, now, stopped=stopped), ended_badly(before, after)
    if not another_way and not bad:
        return after, None, None
    patient = patients.known(tenant, after.patient)
    latest = contacts.latest_contact(tenant, patient.keeper if patient else after.patient)
    planned = fall_back(tenant, after, patient, latest, now) if another_way and patient else None
    if planned is not None:
        instead, contact = planned
        return after.model_copy(update={"replaced_by": instead.id}), instead, contact
    return after, None, _marked(patient, latest, after, now) if bad else None


def _marked(
    patient: Patient | None, latest: Contact | None, communication: Communication, now: datetime
) -> Contact | None:
    """The contact on which it is seen; none for a patient who is gone."""
    if latest is not None and latest.state != "closed":
        return rules.undelivered(latest)
    return rules.undelivered(_opened(patient, latest, communication, now)) if patient else None


def _opened(patient: Patient, latest: Contact | None, about: Communication, now: datetime) -> Contact:
    written_in = about.template.language if about.template else ""
    opened = rules.opened(
        patient.keeper,
        latest.number + 1 if latest else 1,
        now=now,
        channel=about.channel,
        account=about.account,
        address=about.address,
        language=patient.language or (latest.language if latest else texts.closest(written_in)),
        patient_name=patient.name,
        reason="undelivered",
        spoken_at=latest.spoken_at if latest else None,
        heard_at=latest.heard_at if latest else None,
        kind=patient.kind,
        care_team=patient.care_team,
    )
    return opened.model_copy(update={"speaker": patient.id})
