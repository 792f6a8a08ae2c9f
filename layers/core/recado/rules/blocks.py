"""Where records are filed, and what a block holds when one comes there or leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from recado.model.block import Block, Filed, Key
from recado.model.patient import ANONYMOUS, Patient
from recado.rules.patients import profile_of

MOST_KEPT: Final = 16
"""Records that a block keeps, the latest: a name that more have is too common to tell, and the row stays
within kilobytes."""
LEAST: Final = 2
"""Keys under which a record is filed at least, however many contact points it has: where those are all that
is looked at to decide, what is there is read to be written, and decides nothing."""
LONGEST: Final = 200
"""Characters of a key: nobody has such a name, and DynamoDB's keys end at 2,048 bytes."""


SPELT: Final = frozenset({"email", "unverified_email", "document", "ehr"})
"""Systems of which one thing is written in several ways: who has it is filed, since a contact point is of one
spelling. Of all others the contact point tells who is there."""


def keys_of(patient: Patient) -> tuple[Key, ...]:
    """Where a record is to be filed and looked for besides its contact points.

    What no single person stands behind is not filed.
    """
    if patient.id == ANONYMOUS or patient.kind == "household":
        return ()
    exact, others = looked_up(patient)
    return tuple(one for one in (*exact, *others) if not at_point(one) and len(one.value) <= LONGEST)


def looked_up(patient: Patient) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    """The keys by which it is looked who a record is of: exact ones, others. `resolve` decides by the first
    MOST_READS of both."""
    from recado.rules.matching import MOST_READS, keys  # noqa: PLC0415 - few messages need it

    wanted = keys(profile_of(patient))
    exact = tuple(one for one in wanted if one.exact)[:MOST_READS]
    return exact, tuple(one for one in wanted if not one.exact)[: max(LEAST, MOST_READS - len(exact))]


def at_point(key: Key) -> bool:
    """Whether a contact point tells who is found by this key."""
    return key.exact and key.system not in SPELT


def put_in(block: Block, entry: Filed, *, again: bool) -> Block:
    """The block with this record, in the place of what it held of it. `again`: it was filed there before."""
    unseen = _unseen(block)
    known = _people(block.filed)
    if again and unseen and entry.record not in {one.record for one in block.filed}:
        unseen -= entry.person not in known
    others = [one for one in block.filed if one.record != entry.record]
    latest = sorted((entry, *others), key=lambda one: one.profile.seen_at, reverse=True)
    kept, dropped = latest[:MOST_KEPT], latest[MOST_KEPT:]
    unseen += len(_people(dropped) - _people(kept))
    return block.model_copy(update={"filed": tuple(kept), "people": unseen + len(_people(kept))})


def taken_out(block: Block, record: str) -> Block:
    """The block without this record, which was filed there."""
    unseen = _unseen(block)
    kept = tuple(one for one in block.filed if one.record != record)
    if len(kept) == len(block.filed):
        unseen = max(0, unseen - 1)
    return block.model_copy(update={"filed": kept, "people": unseen + len(_people(kept))})


def without(block: Block, people: Iterable[str]) -> Block:
    """The block as if nothing were kept there of these people."""
    gone = frozenset(people)
    kept = tuple(one for one in block.filed if one.person not in gone)
    return block.model_copy(update={"filed": kept, "people": _unseen(block) + len(_people(kept))})


def _unseen(block: Block) -> int:
    """How many people are filed there of whom nothing is kept."""
    return max(0, block.people - len(_people(block.filed)))


def _people(filed: Iterable[Filed]) -> set[str]:
    return {one.person for one in filed}
