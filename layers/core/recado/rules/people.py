"""Which records are one person's: how they come together, and apart again.

A person's records hang together as a tree of joins. All of it is kept at the root, so that whoever takes one
join away finds what hung on it, as it was. What a person of the clinic has confirmed never hangs on what only
the machine believes: contacts are one for confirmed records, and must not move because of a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from recado.errors import Conflict
from recado.model.patient import Join, Patient

MOST: Final = 20
"""Records of one person. Who has more is a mistake of somebody's."""

SPARED: Final = 5
"""Places of a person that the machine leaves free: who bears their name at many numbers keeps out nothing
that people know to be theirs."""

MOVED: Final = 5
"""Records that come to a person, or leave it, at once, each with its links and all that it is found by: a
transaction holds a hundred rows."""


class Group(NamedTuple):
    """The root of a person, and some or all of their other records."""

    root: Patient
    members: tuple[Patient, ...] = ()


def direction(one: Patient, other: Patient) -> tuple[Patient, Patient] | None:
    """Of two roots that the machine takes for one person: which becomes a record of which (record, root).

    The older is the root, unless it would put what people have confirmed below a guess. None: only a person
    can decide.
    """
    older, younger = sorted((one, other), key=lambda root: (root.created_at, root.id))
    for record, root in ((younger, older), (older, younger)):
        if may_join(record, root, confirmed=False):
            return record, root
    return None


def may_join(record: Patient, root: Patient, *, confirmed: bool) -> bool:
    """Whether this root may become a record of that one's person."""
    roots = record.person is None and root.person is None and record.id != root.id
    guessed = not confirmed and any(join.confirmed for join in record.joined)
    most = MOST if confirmed else MOST - SPARED
    few = len(record.joined) < MOVED and len(record.joined) + len(root.joined) + 2 <= most
    return roots and not guessed and few


def joined(root: Patient, record: Patient, members: Iterable[Patient], join: Join) -> Group:
    """The root with this record, and the records that are its members now: this one, and those that were
    joined to it (`members`), which keep their own joins. Raises Conflict when they may not be joined."""
    if not may_join(record, root, confirmed=join.confirmed):
        raise Conflict("These records cannot be joined as they are.")
    after = root.model_copy(update={"joined": (*root.joined, join, *record.joined)})
    moved = (record.model_copy(update={"joined": ()}), *members)
    return Group(after, _members(moved, after))


def parted(root: Patient, record: Patient, members: Iterable[Patient]) -> tuple[Patient, Group]:
    """The root without this record, and the record with what hangs on it (`members`), as it was."""
    hanging = {join.record for join in below(root.joined, record.id)}
    rest = (join for join in root.joined if join.record not in hanging and join.record != record.id)
    own = tuple(join for join in root.joined if join.record in hanging)
    alone = record.model_copy(update={"person": None, "confirmed": False, "joined": own})
    return root.model_copy(update={"joined": tuple(rest)}), Group(alone, _members(members, alone))


def confirmed(root: Patient, record: Patient, by: str, into: str) -> Group:
    """The root after somebody said that the record is that person, as `into` is; and the record.

    Nothing of what the rules had found is forgotten.
    """
    said = {"confirmed": True, "confirmed_by": by, "into": into}
    joins = (one.model_copy(update=said) if one.record == record.id else one for one in root.joined)
    after = root.model_copy(update={"joined": tuple(joins)})
    return Group(after, _members([record], after))


def kept_at(root: Patient) -> tuple[str, ...]:
    """The records whose contacts are this root's: itself, and those that are confirmed."""
    members = (join.record for join in root.joined)
    return (root.id, *(one for one in members if all(join.confirmed for join in path(root.joined, one))))


def guessed(one: Patient) -> str | None:
    """A record to be taken apart for this one to be with nobody by a guess; none: it is not. What hangs on it
    goes with it."""
    if one.person:
        return None if one.confirmed else one.id
    kept = kept_at(one)
    return next((join.record for join in one.joined if not join.confirmed and join.into in kept), None)


def edge(root: Patient, one: str, other: str) -> Join | None:
    """The join of the one record to the other, whichever was joined to which."""
    pair = {one, other}
    return next((join for join in root.joined if {join.record, join.into} == pair), None)


def below(joins: Sequence[Join], record: str) -> tuple[Join, ...]:
    """The joins that hang on this record, nearest first."""
    own = [join for join in joins if join.into == record]
    return (*own, *(one for join in own for one in below(joins, join.record)))


def path(joins: Sequence[Join], record: str) -> Iterator[Join]:
    """The joins between this record and its root, its own first."""
    by_record = {join.record: join for join in joins}
    join = by_record.get(record)
    while join is not None:
        yield join
        join = by_record.get(join.into)


def _members(records: Iterable[Patient], root: Patient) -> tuple[Patient, ...]:
    kept = kept_at(root)
    return tuple(one.model_copy(update={"person": root.id, "confirmed": one.id in kept}) for one in records)
