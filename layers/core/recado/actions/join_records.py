"""Two records become one person's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from recado.actions.again import again
from recado.actions.file_record import file_records
from recado.actions.gather_contacts import gather_contacts, gather_late
from recado.actions.relink import relink
from recado.actions.share_consent import share_stops
from recado.errors import Conflict, NotFound
from recado.model.alias import Alias
from recado.model.block import Block, Key
from recado.model.patient import Join, Patient
from recado.model.review import Review
from recado.rules.people import Group, confirmed, joined
from recado.rules.reviews import pair_id
from recado.store import aliases, contacts, patients, reviews
from recado.store.rows import Transaction, transaction

_NOTHING: Final[Mapping[Key, Block]] = MappingProxyType({})


class Said(NamedTuple):
    """Who of the clinic (`agent:<id>`) said something, and when."""

    by: str
    at: datetime


def join_records(tenant: str, record: str, into: str, by: str, now: datetime) -> None:
    """Somebody of the clinic (`by`) says that `record` is of the same person as `into`, or confirms it.

    From then on they have one open contact, at the root of `into`. Said again it changes nothing. Raises
    NotFound, and Conflict for what hangs on a join that nobody has confirmed, and for too many records.
    """
    _join_records(tenant, record, into, Said(by, now))
    for one in (record, into):
        gather_late(tenant, one, now)


@again
def _join_records(tenant: str, record: str, into: str, said: Said) -> None:
    asked = reviews.find(tenant, pair_id(record, into))
    with transaction() as work:
        write_join(tenant, (record, into), asked, said, work)


def write_join(
    tenant: str, pair: tuple[str, str], asked: Review | None, said: Said, within: Transaction
) -> None:
    """See join_records; `asked` is what people were asked about the two (a record, and the one that it is
    joined to), which is answered with it."""
    one, other = patients.get(tenant, pair[0]), patients.get(tenant, pair[1])
    _answer(tenant, asked, said, within)
    if (one.person or one.id) == (other.person or other.id):
        _confirm(tenant, one, other, said, within)
        return
    if one.keeper != (one.person or one.id) or other.keeper != (other.person or other.id):
        raise Conflict("Recado joined one of them to another record: say first whether that is right.")
    root, member = patients.get(tenant, other.keeper), patients.get(tenant, one.keeper)
    group = add_join(tenant, member, root, _join(member, other, asked, said), within)
    gather_contacts(tenant, group.members[0], group.root, said.at, within)


def _confirm(tenant: str, one: Patient, other: Patient, said: Said, within: Transaction) -> None:
    root = patients.get(tenant, one.person or one.id)
    record, into = (other, one) if one.keeper == root.id else (one, other)
    if record.keeper == root.id:
        return
    if into.keeper != root.id:
        raise Conflict("Neither of them is surely this person: say first which one is.")
    guess = next(join for join in root.joined if join.record == record.id)
    aliases.settle_guess(tenant, guess, within)
    known = share_stops(tenant, confirmed(root, record, said.by, into.id), said.at, within)
    group = save_group(tenant, known, within)
    gather_contacts(tenant, group.members[0], group.root, said.at, within)


def _answer(tenant: str, asked: Review | None, said: Said, within: Transaction) -> None:
    if asked is not None and asked.state != "same":
        answer = {"state": "same", "decided_by": said.by, "decided_at": said.at}
        reviews.decide(tenant, asked.model_copy(update=answer), within)


def _join(record: Patient, into: Patient, asked: Review | None, said: Said) -> Join:
    judged = {"score": asked.score, "rule": asked.rule, "evidence": asked.evidence} if asked else {}
    join = Join(record=record.id, into=into.id, by=said.by, at=said.at, confirmed=True)
    return join.model_copy(update=judged)


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

    Contacts stay where they are: for a person of the clinic, who confirms, see `join_records`; what one side
    has opted out of, the other has then, too. The records are filed anew; `known` is what was read of the
    blocks.

    Raises Conflict where rules.people.may_join says no (which of two is the root: rules.people.direction);
    the transaction raises Stale when a record, or a block, changed meanwhile.
    """
    members = [patients.get(tenant, one.record) for one in record.joined]
    group = share_stops(tenant, joined(root, record, members, join), join.at, within)
    if not join.confirmed:
        aliases.note_guess(tenant, join, within)
    return save_group(tenant, group, within, known)


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


def _alias(tenant: str, record: Patient) -> Alias:
    try:
        first_at = contacts.get_contact(tenant, f"{record.id}.1").opened_at
    except NotFound:
        first_at = None
    return Alias(record=record.id, person=record.person or record.id, first_at=first_at)
