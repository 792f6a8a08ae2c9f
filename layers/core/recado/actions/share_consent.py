"""What one record takes from us counts for the others of its person, for as long as that is sure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from recado import texts
from recado.actions.change_consent import PEOPLE, change_consent
from recado.model.consent import Consent
from recado.model.patient import Patient
from recado.rules import consent as rules
from recado.rules.communications import communication_id
from recado.rules.people import Group, kept_at
from recado.store import patients
from recado.store.rows import Transaction

Known = tuple[Patient, Sequence[Consent]]
"""A record, and what was ever said about writing to it."""


def known(tenant: str, record: Patient) -> Known:
    """The record with its history."""
    return record, patients.consents(tenant, record.id)


def change_person(tenant: str, said: Consent, meant: Sequence[Known], within: Transaction) -> None:
    """Store what was said of these records, and of those which people have confirmed to be the same persons'.

    What only the machine takes for theirs is left alone: by bearing another's name nobody stops, or starts,
    what is sent to them.
    """
    for patient, history in meant:
        change_consent(tenant, patient, said, history, within)
    stored = {patient.id for patient, _ in meant}
    for patient, _ in meant:
        for other, history in _others(tenant, patient, stored):
            copy = _copy(tenant, said, patient, other)
            if len(stored) < PEOPLE and rules.is_news(copy, history):
                stored.add(other.id)
                change_consent(tenant, other, copy, history, within)


def _others(tenant: str, patient: Patient, stored: Collection[str]) -> list[Known]:
    root = patient if patient.keeper == patient.id else patients.get(tenant, patient.keeper)
    return [known(tenant, patients.get(tenant, one)) for one in kept_at(root) if one not in stored]


def share_stops(tenant: str, group: Group, now: datetime, within: Transaction) -> Group:
    """A root and records that have come to its person, none of which is stored here, out of all that the
    other side is out of itself. The root's other records follow, and are.

    Only among those that people have confirmed: a guess changes nobody's rights.
    """
    came = [one for one in group.members if one.keeper == group.root.id]
    if not any(one.opted_out for one in (group.root, *came)):
        return group
    here = {group.root.id, *(one.id for one in came)}
    others = [patients.get(tenant, one) for one in kept_at(group.root) if one not in here] if came else []
    for one in others:
        after = share_consent(tenant, one, came, now, within)
        if after != one:
            patients.put(tenant, after, within)
    there = (group.root, *others)
    moved = [share_consent(tenant, one, there, now, within) if one in came else one for one in group.members]
    return Group(share_consent(tenant, group.root, came, now, within), tuple(moved))


def share_consent(
    tenant: str, record: Patient, others: Sequence[Patient], now: datetime, within: Transaction
) -> Patient:
    """A record, which is not stored here, out of all that these other records are out of themselves; why it
    is, is stored."""
    for other in others:
        purposes = rules.own_stops(*known(tenant, other)) if other.opted_out else frozenset()
        if purposes:
            said = _inherited(tenant, record, other, sorted(purposes), now)
            patients.keep_consent(tenant, record.id, said, within)
            record = record.model_copy(update={"opted_out": record.opted_out | purposes})
    return record


def take_back(tenant: str, record: Patient, gone: Collection[str], within: Transaction) -> Patient:
    """A record, which is not stored here, as if the records that are `gone` had never been its person's."""
    history = patients.consents(tenant, record.id)
    copies = [one for one in history if one.source.removeprefix(rules.COPIED) in gone]
    for one in copies:
        patients.drop_consent(tenant, record.id, one, within)
    return rules.without(record, history, copies)


def _copy(tenant: str, said: Consent, of: Patient, to: Patient) -> Consent:
    own = {"id": communication_id(tenant, "consent", to.id, said.id), "source": f"{rules.COPIED}{of.id}"}
    return said.model_copy(update=own)


def _inherited(
    tenant: str, record: Patient, other: Patient, purposes: Sequence[str], now: datetime
) -> Consent:
    return Consent.model_validate(
        {
            "id": communication_id(tenant, "consent", record.id, f"{other.id}:{now.isoformat()}"),
            "action": "stop",
            "purposes": tuple(purposes),
            "source": f"{rules.COPIED}{other.id}",
            "wording": texts.WORDING,
            "at": now,
            "recorded_at": now,
        }
    )
