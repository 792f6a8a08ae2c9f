"""What is open with one record of a person goes on in the contact of another."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.hand_over import hand_over_all
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.rules import takeovers as rules
from recado.store import contacts, patients
from recado.store.rows import Transaction, transaction


def gather_contacts(tenant: str, record: Patient, root: Patient, now: datetime, within: Transaction) -> None:
    """Let what is open with `record` go on in the open contact of `root`, or in a new one of theirs.

    Nothing of it is lost: what is unread or still to be handled, the call that is owed, the lines on which
    free text may go, the agent. The record's own contact counts no more, and keeps what it was.
    """
    own, theirs = contacts.latest_contact(tenant, record.id), contacts.latest_contact(tenant, root.id)
    if own is None:
        return
    if own.state == "closed":
        _remember(tenant, theirs, own, within)
        return
    if theirs is not None and theirs.state != "closed":
        after, before = rules.gathered(theirs, own, now), theirs
    else:
        after = rules.carried(own, root, theirs, now)
        before = after.model_copy(update={"state": "new"})
    aside = rules.set_aside(own, after.id, now)
    contacts.save_contact(tenant, aside, within)
    contacts.save_contact(tenant, after, within)
    hand_over_all(tenant, [(own, aside), (before, after)], now, within)


@again
def gather_late(tenant: str, record_id: str, now: datetime) -> None:
    """Gather what was opened with a record in the very moment in which it was confirmed to be another's."""
    record = patients.get(tenant, record_id)
    own = contacts.latest_contact(tenant, record_id) if record.keeper != record.id else None
    if own is not None and own.state != "closed":
        with transaction() as work:
            gather_contacts(tenant, record, patients.get(tenant, record.keeper), now, work)


def _remember(tenant: str, theirs: Contact | None, own: Contact, within: Transaction) -> None:
    if theirs is None:
        return
    after = rules.remembering(theirs, own)
    if after != theirs:
        contacts.save_contact(tenant, after, within)
