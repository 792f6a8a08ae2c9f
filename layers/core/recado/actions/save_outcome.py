"""What became of a message of ours → its row, and where it came to nothing, somebody's list."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.errors import NotFound
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.rules import contacts as rules
from recado.rules.sending import ended_badly
from recado.store import contacts, patients
from recado.store.rows import Transaction, transaction


def save_outcome(
    tenant: str,
    before: Communication,
    after: Communication,
    now: datetime,
    within: Transaction | None = None,
) -> None:
    """Save an outbound communication; people see to one that did not surely arrive and is not tried again.

    In the same transaction, the patient's open contact has one more thing unread; where none is open, one
    opens for it. Raises Stale when the communication or the contact changed meanwhile: load it again.
    """
    contact = _marked(tenant, after, now) if ended_badly(before, after) else None
    if contact is None:
        contacts.save_communication(tenant, after, within)
    elif within is None:
        with transaction() as work:
            _save(tenant, after, contact, work)
    else:
        _save(tenant, after, contact, within)


def _save(tenant: str, communication: Communication, contact: Contact, within: Transaction) -> None:
    contacts.save_communication(tenant, communication, within)
    contacts.save_contact(tenant, contact, within)


def _marked(tenant: str, communication: Communication, now: datetime) -> Contact | None:
    """The contact on which it is seen; none for a patient who is gone."""
    latest = contacts.latest_contact(tenant, communication.patient)
    if latest is not None and latest.state != "closed":
        return rules.undelivered(latest)
    try:
        patient = patients.get(tenant, communication.patient)
    except NotFound:
        return None
    return rules.undelivered(_opened(patient, latest, communication, now))


def _opened(patient: Patient, latest: Contact | None, about: Communication, now: datetime) -> Contact:
    written_in = about.template.language if about.template else ""
    return rules.opened(
        patient.id,
        latest.number + 1 if latest else 1,
        now=now,
        channel=about.channel,
        account=about.account,
        address=about.address,
        language=patient.language or (latest.language if latest else texts.closest(written_in)),
        patient_name=patient.name,
        reason="undelivered",
    )
