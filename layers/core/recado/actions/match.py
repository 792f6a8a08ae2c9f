"""Whose record this is: of somebody known, of somebody new, or a question for a person (ADR 17)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from typing import Final, NamedTuple, cast

from recado.actions.again import again
from recado.actions.file_record import file_record
from recado.actions.join_records import add_join
from recado.errors import NotFound
from recado.model.block import Block, Filed, Key
from recado.model.contact_point import ContactPoint
from recado.model.patient import ANONYMOUS, Join, Link, Patient
from recado.model.profile import Profile
from recado.model.review import Reason, Review
from recado.rules import blocks as rules
from recado.rules.matching import VERSION, Also, Resolution, compare, resolve
from recado.rules.patients import profile_of
from recado.rules.people import direction
from recado.rules.reviews import pair_id
from recado.store import blocks, patients, reviews
from recado.store.rows import transaction

UNKNOWN: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a record was seen that does not say so."""


_Way = tuple[Patient, Patient]
"""A root, and that one of whose person it is to become a record."""


class _Case(NamedTuple):
    """A record, what it is judged by, and what was judged."""

    record: Patient
    held: Mapping[Key, Block]
    """As it was read."""
    verdict: Resolution
    known: str = ""
    """The record that it is taken to be of one person with, or may be."""
    way: _Way | None = None
    """Which record is to be joined to which; none where the machine may not."""
    asked: bool = False
    """Whether people are being asked about the two already."""


@again
def match(tenant: str, patient_id: str, now: datetime, *, led: bool = True) -> Resolution | None:
    """Join a record to the person whose it is, or ask, and let it be found; what was decided.

    One transaction, after one for each other person whom the record shows to be the one found; the same again
    changes nothing. None where there was nothing to do: for a record that is matched already as it is, or
    that says nothing to know anybody by beside its contact points, which `led` who wrote to it. Raises Stale
    and Unavailable: ask again.
    """
    record = _unmatched(tenant, patient_id, led=led)
    if record is None:
        return None
    case = _judged(tenant, record, _held(tenant, record), now)
    while shown := _shown(tenant, case):
        _join_shown(tenant, case, shown, now)
        case = _judged(tenant, record, _held(tenant, record), now)
    with transaction() as work:
        if case.way:
            add_join(tenant, *case.way, _join(case, case.way, now), work, known=_filed(case))
        else:
            patients.put(tenant, file_record(tenant, record, work, _filed(case)), work)
        if case.verdict.decision == "review" and not case.asked:
            reviews.raise_(tenant, _review(case, now), work)
    return case.verdict


def _unmatched(tenant: str, patient_id: str, *, led: bool) -> Patient | None:
    """The record, marked as matched, if it is to be."""
    try:
        record = patients.get(tenant, patient_id)
    except NotFound:
        return None
    profile = profile_of(record).model_dump_json(exclude={"seen_at"})
    mark = hashlib.sha256(profile.encode()).hexdigest()[:16]
    known_by = rules.keys_of(record) or (not led and rules.looked_up(record)[0])
    if record.matched == mark or not known_by:
        return None
    return record.model_copy(update={"matched": mark})


def _held(tenant: str, record: Patient) -> dict[Key, Block]:
    """All that may be looked at to decide, or is to be written: what is filed in one read, and each contact
    point in one."""
    exact, _ = rules.looked_up(record)
    filed = rules.keys_of(record)
    held = dict(zip(filed, blocks.read(tenant, filed), strict=True))
    return held | {one: _behind(tenant, one) for one in exact if rules.at_point(one)}


def _behind(tenant: str, key: Key) -> Block:
    """Who is behind a contact point, as if they were filed there."""
    links = patients.view(tenant, ContactPoint(system=key.system, value=key.value)).links
    there = [one for one in links if one.kind != "household" and one.patient != ANONYMOUS]
    filed = [
        Filed(record=one.patient, person=one.person or one.patient, profile=_said(one, key)) for one in there
    ]
    return Block(filed=tuple(filed), people=len({one.person for one in filed}))


def _said(link: Link, key: Key) -> Profile:
    point = ContactPoint(system=key.system, value=key.value)
    return link.profile or Profile(name=link.name or "", points=(point,), seen_at=UNKNOWN)


def _judged(tenant: str, record: Patient, held: Mapping[Key, Block], now: datetime) -> _Case:
    """Whose record it is, but for those of whom people have said that they are somebody else."""
    others = {record.person or record.id}

    def read(keys: Sequence[Key]) -> list[Block]:
        return [rules.without(held.get(one, Block()), others) for one in keys]

    while True:
        verdict = resolve(profile_of(record), read, now)
        case = _Case(record, held, verdict)
        if verdict.found is None or verdict.decision == "new":
            return case
        group = _person(tenant, verdict.found.person)
        known = _asked(tenant, _records(record), [one.id for one in group])
        if group and all(one.state == "open" for one in known):
            case = case._replace(known=verdict.found.record, asked=bool(known))
            return case if verdict.decision == "review" else _allowed(tenant, case, group)
        others.add(verdict.found.person)


def _person(tenant: str, root: str) -> tuple[Patient, ...]:
    """A person's records, the root first; none when they are no more."""
    return tuple(one for top in patients.some(tenant, [root]) for one in (top, *_members(tenant, top)))


def _members(tenant: str, root: Patient) -> list[Patient]:
    return patients.some(tenant, [join.record for join in root.joined])


def _records(root: Patient) -> list[str]:
    return [root.id, *(join.record for join in root.joined)]


def _asked(tenant: str, mine: Sequence[str], others: Sequence[str]) -> list[Review]:
    """What people are asked, or have said, about any of these records and any of those."""
    return reviews.some(tenant, [pair_id(one, other) for one, other in product(mine, others)])


def _allowed(tenant: str, case: _Case, group: Sequence[Patient]) -> _Case:
    """How the record is joined to this person's; where a machine may not do that, people are asked."""
    mine = (case.record, *_members(tenant, case.record))
    conflicts = _conflicts(mine, group)
    way = _way(mine, group)
    if way and not conflicts and not case.asked:
        return case._replace(way=way)
    why = conflicts[0] if conflicts else "likely"
    return case._replace(verdict=case.verdict._replace(decision="review", why=why))


def _conflicts(mine: Sequence[Patient], others: Sequence[Patient]) -> list[str]:
    pairs = [(profile_of(one), profile_of(other)) for one, other in product(mine, others)]
    return [field for one, other in pairs for field in compare(one, other).conflicts]


def _way(mine: Sequence[Patient], others: Sequence[Patient]) -> _Way | None:
    """Of two people's records, the roots first: which is to be joined to which. Where both have several, only
    a person decides."""
    return direction(mine[0], others[0]) if len(mine) == 1 or len(others) == 1 else None


class _Shown(NamedTuple):
    """Somebody who is filed, and whom a record shows to be the person that it is of."""

    also: Also
    way: _Way


def _shown(tenant: str, case: _Case) -> _Shown | None:
    """Who else is to be joined to the person found before the record is: if it may be, and a machine may join
    the two as well as it may join the record to either."""
    if case.way is None or case.verdict.found is None:
        return None
    for also in case.verdict.also:
        group, other = _person(tenant, case.verdict.found.person), _person(tenant, also.found.person)
        way = _way(other, group) if group and other else None
        mine = (case.record, *_members(tenant, case.record), *group)
        ids = [one.id for one in mine], [one.id for one in other]
        if way and not _conflicts(mine, other) and not _asked(tenant, *ids):
            return _Shown(also, way)
    return None


def _join_shown(tenant: str, case: _Case, shown: _Shown, now: datetime) -> None:
    below, root = shown.way
    other = shown.also.found
    into = case.known if other.person == below.id else other.record
    join = Join(
        record=below.id,
        into=into,
        by="recado",
        at=now,
        score=shown.also.score,
        rule=VERSION,
        evidence=shown.also.evidence,
    )
    with transaction() as work:
        add_join(tenant, below, root, join, work, known=_filed(case))


def _filed(case: _Case) -> dict[Key, Block]:
    return {key: block for key, block in case.held.items() if not rules.at_point(key)}


def _join(case: _Case, way: _Way, now: datetime) -> Join:
    below, _ = way
    return Join(
        record=below.id,
        into=case.known if below is case.record else case.record.id,
        by="recado",
        at=now,
        score=case.verdict.score,
        rule=VERSION,
        evidence=case.verdict.evidence,
    )


def _review(case: _Case, now: datetime) -> Review:
    return Review(
        id=pair_id(case.known, case.record.id),
        one=case.known,
        other=case.record.id,
        reason=cast("Reason", case.verdict.why),
        score=case.verdict.score,
        evidence=case.verdict.evidence,
        rule=VERSION,
        raised_at=now,
    )
