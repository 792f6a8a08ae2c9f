"""Two records become one person's."""

from __future__ import annotations

from recado.actions.file_record import NOTHING, Known, file_records
from recado.actions.inherit_consent import inherit
from recado.model.patient import Join, Patient
from recado.rules.people import Group, joined
from recado.store import patients
from recado.store.rows import Transaction


def add_join(
    tenant: str, record: Patient, root: Patient, join: Join, within: Transaction, *, known: Known = NOTHING
) -> None:
    """Write that `record`, with all that is joined to it, is of `root`'s person. Both are roots.

    Contacts stay where they are: for a person of the clinic, who confirms, see `join`. What one side has
    opted out of, the other has too. `known` are the blocks by which the machine has judged. Raises Conflict
    where rules.people.may_join says no (which of two is the root: rules.people.direction); the transaction
    raises Stale when a record, or such a block, changed meanwhile.
    """
    members = [patients.get(tenant, one.record) for one in record.joined]
    after = joined(root, record, members, join)
    moved = tuple(inherit(tenant, one, root, join.at, within) for one in after.members)
    save_group(tenant, Group(inherit(tenant, after.root, record, join.at, within), moved), within, known)
    if record.opted_out - root.opted_out:
        for one in root.joined:
            before = patients.get(tenant, one.record)
            stopped = inherit(tenant, before, record, join.at, within)
            if stopped != before:
                patients.put(tenant, stopped, within)


def save_group(tenant: str, group: Group, within: Transaction, known: Known = NOTHING) -> None:
    """Store the root, and records with what hangs on them: links, and what they are filed under."""
    root, *members = file_records(tenant, (group.root, *group.members), within, known)
    patients.put(tenant, root, within)
    for record in members:
        patients.put(tenant, record, within)
        _relink(tenant, record, within)


def _relink(tenant: str, record: Patient, within: Transaction) -> None:
    """Let its contact points say whose record it is; what else they say of it stays as it is."""
    whose = {"person": record.person or "", "confirmed": record.confirmed}
    for point in record.live:
        for link in patients.view(tenant, point).links:
            if link.patient == record.id:
                patients.relink(tenant, point, link.model_copy(update=whose), link.place, within)
