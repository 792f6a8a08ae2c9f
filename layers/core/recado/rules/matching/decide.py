"""Whether a record is somebody's who is filed already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from recado.model.profile import Block, Evidence, Filed, Key, Profile
from recado.rules.matching.compare import conflicts, evidence, weighed
from recado.rules.matching.keys import keys
from recado.rules.matching.signs import Around, Sign, View, absence, signs, view

MOST_READS: Final = 6
SAME: Final = 0.98
"""From this probability on two records are joined by the machine, if nothing conflicts."""
LIKELY: Final = 0.5
"""From this probability on a person of the clinic is asked."""
SETTLED: Final = 0.995
"""From this probability on nothing more is read."""

Found = tuple[tuple[Key, Block], ...]


class Resolution(NamedTuple):
    """What was decided, and by what.

    `score` is the probability (0..1) that the record is of somebody who is filed already, `found` or another.
    """

    decision: Literal["new", "same", "review"]
    found: Filed | None
    score: float
    evidence: tuple[Evidence, ...]
    reads: int
    blocks: Found
    why: str


class Candidate(NamedTuple):
    """A person the record may be of: their record that is most like it, why, and all of theirs that were found."""

    filed: Filed
    signs: list[Sign]
    weight: float
    """The odds' logarithm to base 2."""
    all: list[View]


class Standing(NamedTuple):
    """All candidates, the likeliest first, its probability, and that of the record being anybody's who is filed."""

    candidates: list[Candidate]
    best: float
    filed: float


def resolve(profile: Profile, read: Callable[[Sequence[Key]], Sequence[Block]], now: datetime) -> Resolution:
    """Whose record this is; `read` gives the block of each key, of six at most: exact ones at once, others by one."""
    wanted, record = keys(profile), view(profile)
    exact = [key for key in wanted if key.exact][:MOST_READS]
    blocks: Found = tuple(zip(exact, read(exact), strict=True)) if exact else ()
    standing = stand(record, blocks)
    for key in [key for key in wanted if not key.exact][: MOST_READS - len(exact)]:
        if standing.best >= SETTLED:
            break
        blocks = (*blocks, (key, read([key])[0]))
        standing = stand(record, blocks)
    return _decided(record, blocks, standing)


def stand(record: View, blocks: Found) -> Standing:
    """Who it may be, of those in the blocks."""
    candidates = sorted(who(record, blocks), key=lambda candidate: -candidate.weight)
    odds = [2.0**candidate.weight for candidate in candidates]
    missed = 2.0 ** weighed(absence(record))
    total = 1 + missed + sum(odds)
    return Standing(candidates, odds[0] / total if odds else 0.0, 1 - 1 / total)


def who(record: View, blocks: Found) -> list[Candidate]:
    """Everybody in the blocks, each by the record that is most like this one."""
    best: dict[str, Candidate] = {}
    for filed, around in _everybody(blocks):
        other = view(filed.profile)
        found = signs(record, other, around)
        weight = weighed(found)
        known = best.get(filed.person)
        views = [*known.all, other] if known else [other]
        if known and known.weight >= weight:
            best[filed.person] = known._replace(all=views)
        else:
            best[filed.person] = Candidate(filed, found, weight, views)
    return list(best.values())


def _everybody(blocks: Found) -> Iterable[tuple[Filed, Around]]:
    """Each filed record once, and how many share where it was found."""
    records: dict[str, Filed] = {}
    sharing: dict[str, int] = {}
    namesakes: dict[str, int] = {}
    for key, block in blocks:
        for filed in block.filed:
            records[filed.record] = filed
            if key.exact:
                sharing[filed.record] = max(block.people, sharing.get(filed.record, 1))
            elif key.system == "name":
                others = block.people - 1
                namesakes[filed.record] = min(others, namesakes.get(filed.record, others))
    return [(filed, Around(sharing.get(at, 1), namesakes.get(at, 0))) for at, filed in records.items()]


def _decided(record: View, blocks: Found, standing: Standing) -> Resolution:
    if not standing.candidates:
        return Resolution("new", None, standing.filed, (), len(blocks), blocks, "")
    best = standing.candidates[0]
    why = _doubt(record, best, blocks, standing)
    decision: Literal["new", "same", "review"] = "review" if why else "same"
    if standing.best < LIKELY:
        decision, why = "new", ""
    return Resolution(decision, best.filed, standing.filed, evidence(best.signs), len(blocks), blocks, why)


def _doubt(record: View, best: Candidate, blocks: Found, standing: Standing) -> str:
    """Why a person of the clinic is asked, in a word; "" if the machine may join."""
    against = [conflicts(record, other) for other in best.all]
    for field in ("birth_date", "document"):
        if any(field in fields for fields in against) and not _settles(record, best, field):
            return field
    if _two_people(blocks):
        return "two_people"
    return "" if standing.best >= SAME else "likely"


def _settles(record: View, best: Candidate, field: str) -> bool:
    """Whether some record of the person says the same in a field in which others differ."""
    if field == "birth_date":
        return any(record.profile.birth_date == other.profile.birth_date for other in best.all)
    return any(record.points["document"] & other.points.get("document", set()) for other in best.all)


def _two_people(blocks: Found) -> bool:
    """Whether a messenger's own id and a phone number lead to different people."""
    by_phone: set[str] = set()
    by_id: set[str] = set()
    for key, block in blocks:
        people = {filed.person for filed in block.filed}
        if key.system == "phone":
            by_phone |= people
        elif key.exact and key.system not in ("email", "unverified_email", "document", "ehr"):
            by_id |= people
    return bool(by_phone and by_id and not by_phone & by_id)
