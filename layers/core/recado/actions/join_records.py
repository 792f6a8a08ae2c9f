"""Two records become one person's."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from recado.actions.file_record import file_records
from recado.actions.share_consent import share
from recado.errors import NotFound
from recado.model.patient import Alias, Join, Patient
from recado.model.profile import Block, Key
from recado.rules.people import Group, joined
from recado.store import aliases, contacts, patients
from recado.store.rows import Transaction

_NOTHING: Final[Mapping[Key, Block]] = MappingProxyType({})


def add_join(
    tenant: str,
    record: Patient,
    root: Patient,
    join: Join,
    within: Transaction,
    *,
    known: Mapping[Key, Block] = _NOTHING,
) -> Group:
    """Write that `record`, with all that is joined to it, is of `root`'s person. Both are roots.

    Contacts stay where they are: for a person of the clinic, who confirms, see `join`. What one side has
    opted out of, the other has too. The records are filed anew; `known` is what was read of the blocks.

    Raises Conflict where rules.people.may_join says no (which of two is the root: rules.people.direction);
    the transaction raises Stale when a record, or a block, changed meanwhile.
    """
    mine = (record, *(patients.get(tenant, one.record) for one in record.joined))
    after = joined(root, record, mine[1:], join)
    theirs = _to_share_with(tenant, root, record)
    moved = (share(tenant, one, theirs, join.at, within) for one in after.members)
    group = Group(share(tenant, after.root, mine, join.at, within), tuple(moved))
    for one in theirs[1:]:
        stopped = share(tenant, one, mine, join.at, within)
        if stopped != one:
            patients.put(tenant, stopped, within)
    return save_group(tenant, group, within, known)


def _to_share_with(tenant: str, root: Patient, record: Patient) -> tuple[Patient, ...]:
    """The root, and its other records where one side has opted out of something."""
    if not root.opted_out and not record.opted_out:
        return (root,)
    return (root, *(patients.get(tenant, one.record) for one in root.joined))


def save_group(
    tenant: str, group: Group, within: Transaction, known: Mapping[Key, Block] = _NOTHING
) -> Group:
    """Store a root and records of its person, with what they are found by; the group as it is stored."""
    root, *members = file_records(tenant, (group.root, *group.members), within, known)
    for record in (root, *members):
        patients.put(tenant, record, within)
        relink(tenant, record, within)
    for record in (root, *members) if root.joined else ():
        aliases.put(tenant, _alias(tenant, record), within)
    return Group(root, tuple(members))


def relink(tenant: str, record: Patient, within: Transaction) -> None:
    """Let its contact points say whose record it is; what else they say of it stays as it is."""
    whose = {"person": record.person or "", "confirmed": record.confirmed}
    for point in record.live:
        for link in patients.view(tenant, point).links:
            changed = link.model_copy(update=whose)
            if link.patient == record.id and changed != link:
                patients.relink(tenant, point, changed, link.place, within)


def _alias(tenant: str, record: Patient) -> Alias:
    try:
        first_at = contacts.get_contact(tenant, f"{record.id}.1").opened_at
    except NotFound:
        first_at = None
    return Alias(record=record.id, person=record.person or record.id, first_at=first_at)
