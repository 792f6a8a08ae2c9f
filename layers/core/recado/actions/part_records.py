"""A record that was joined to a person is taken apart again: both are as they were."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from recado.actions.again import again
from recado.actions.join_records import Said, save_group
from recado.actions.part_contacts import part_contacts
from recado.actions.share_consent import take_back
from recado.errors import Conflict
from recado.model.patient import Join, Patient
from recado.rules import people as rules
from recado.rules.people import Group
from recado.rules.reviews import asked_about, pair_id
from recado.store import aliases, patients, reviews
from recado.store.rows import Transaction, transaction


@again
def part_records(tenant: str, record_id: str, by: str, now: datetime) -> None:
    """Somebody of the clinic (`by`) says that a record is another person's than it was taken for.

    With it goes what was joined to it. What each said meanwhile stays its own, and so does what is open with
    each. The machine does not join the two again. Raises NotFound, and Conflict for a record that stands for
    itself or from which too many hang.
    """
    record = patients.get(tenant, record_id)
    if record.person is None:
        raise Conflict("This record is not joined to another one.")
    root = patients.get(tenant, record.person)
    join = next(one for one in root.joined if one.record == record.id)
    hanging = [patients.get(tenant, one.record) for one in rules.below(root.joined, record.id)]
    if len(hanging) >= rules.MOVED:
        raise Conflict("Too many records hang on this one: take them apart first.")
    rest, group = rules.parted(root, record, hanging)
    with transaction() as work:
        _store(tenant, rest, group, work)
        _remember(tenant, join, Said(by, now), work)
        if record.keeper == root.id:
            part_contacts(tenant, rest, group, now, work, since=join.at)


def was_parted(tenant: str, record_id: str, person: Collection[str]) -> bool:
    """Whether somebody has said that a record is not of the person who has these records."""
    asked = reviews.of_record(tenant, record_id)
    return any(one.state == "different" and {one.one, one.other} & {*person} for one in asked)


def _store(tenant: str, rest: Patient, group: Group, within: Transaction) -> None:
    gone = {one.id for one in (group.root, *group.members)}
    left = {rest.id, *(join.record for join in rest.joined)}
    save_group(tenant, _taken_back(tenant, group, left, within), within)
    patients.put(tenant, take_back(tenant, rest, gone, within), within)
    for join in rest.joined:
        before = patients.get(tenant, join.record)
        after = take_back(tenant, before, gone, within)
        if after != before:
            patients.put(tenant, after, within)
    for one in (rest, group.root):
        if not one.joined:
            aliases.drop(tenant, one.id, within)


def _taken_back(tenant: str, group: Group, others: Collection[str], within: Transaction) -> Group:
    root, *members = (take_back(tenant, one, others, within) for one in (group.root, *group.members))
    return Group(root, tuple(members))


def _remember(tenant: str, join: Join, said: Said, within: Transaction) -> None:
    """That the two are different, whoever believed that they are not."""
    aliases.settle_guess(tenant, join, within)
    asked = reviews.find(tenant, pair_id(join.record, join.into)) or asked_about(join)
    answer = {"state": "different", "decided_by": said.by, "decided_at": said.at}
    reviews.decide(tenant, asked.model_copy(update=answer), within)
