"""Whether a record is somebody's who is filed already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, combinations
from typing import Final, Literal, NamedTuple

from recado.model.block import Block, Filed, Key
from recado.model.profile import Evidence, Profile
from recado.rules.matching.agreement import agreement
from recado.rules.matching.compare import conflicts, evidence, weighed
from recado.rules.matching.keys import keys
from recado.rules.matching.signs import Around, Sign, absence, between, signs
from recado.rules.matching.views import View, name, view

MOST_READS: Final = 6
SAME: Final = 0.95
"""From this probability on two records are joined by the machine, if nothing conflicts."""
LIKELY: Final = 0.85
"""From this probability on a person of the clinic is asked."""
SETTLED: Final = 0.995
"""From this probability on nothing more is read."""
MOST_PAIRED: Final = 4
"""Of that many candidates, the likeliest, any two may prove to be one person."""
FAINT: Final = -3.0
"""Whom a record resembles less than that (bits) it says nothing about."""

Found = tuple[tuple[Key, Block], ...]


class Also(NamedTuple):
    """Somebody else who is filed, and whom the record shows to be the person that was found."""

    found: Filed
    score: float
    evidence: tuple[Evidence, ...]


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
    also: tuple[Also, ...] = ()


class Candidate(NamedTuple):
    """A person the record may be of: their record that is most like it, and why."""

    filed: Filed
    signs: list[Sign]
    weight: float
    """The odds' logarithm to base 2."""
    view: View
    """All that the records of theirs say that were found."""

    @property
    def has_papers(self) -> bool:
        """Whether a document's number and the birth date are theirs: what twins do not share."""
        return {("document", "same"), ("birth_date", "same")} <= set(self.signs)


class Option(NamedTuple):
    """That the record is of these candidates (their places), who are one; of none: of one who was missed."""

    people: tuple[int, ...]
    signs: list[Sign]


class Standing(NamedTuple):
    """What may be true of a record, and how likely it is."""

    candidates: list[Candidate]
    options: list[tuple[Option, float]]
    """With their probabilities; the rest is that the record is of somebody new."""

    def chance(self, person: int) -> float:
        """How likely the record is of this candidate."""
        return sum(chance for option, chance in self.options if person in option.people)

    @property
    def best(self) -> int:
        """The likeliest candidate's place; -1 if there is none."""
        return max(range(len(self.candidates)), key=self.chance, default=-1)

    @property
    def filed(self) -> float:
        """How likely the record is of anybody who is filed."""
        return sum(chance for _, chance in self.options)

    @property
    def settled(self) -> bool:
        return bool(self.candidates) and self.chance(self.best) >= SETTLED


def resolve(profile: Profile, read: Callable[[Sequence[Key]], Sequence[Block]], now: datetime) -> Resolution:
    """Whose record this is; `read` gives each key's block, of six at most: exact ones at once, others singly.

    `now` is when the record arrives, as its profile says too.
    """
    wanted, record = keys(profile), view([profile])
    exact = [key for key in wanted if key.exact][:MOST_READS]
    blocks: Found = tuple(zip(exact, read(exact), strict=True)) if exact else ()
    standing = stand(record, blocks)
    for key in [key for key in wanted if not key.exact][: MOST_READS - len(exact)]:
        if standing.settled:
            break
        blocks = (*blocks, (key, read([key])[0]))
        standing = stand(record, blocks)
    return _decided(record, blocks, standing)


def stand(record: View, blocks: Found) -> Standing:
    """Who it may be, of those in the blocks."""
    candidates = sorted(who(record, blocks), key=lambda candidate: -candidate.weight)
    options = list(possible(record, candidates))
    odds = [2.0 ** weighed(option.signs) for option in options]
    total = 1 + sum(odds)
    return Standing(candidates, [(option, one / total) for option, one in zip(options, odds, strict=True)])


def possible(record: View, candidates: list[Candidate]) -> Iterator[Option]:
    """That it is of somebody missed; of each candidate; of two of the likeliest, who would be one person."""
    yield Option((), absence(record))
    for place, candidate in enumerate(candidates):
        yield Option((place,), candidate.signs)
    likely = [place for place, candidate in enumerate(candidates[:MOST_PAIRED]) if candidate.weight > FAINT]
    joint = {
        (one, other): between(candidates[one].view, candidates[other].view)
        for one, other in combinations(likely, 2)
    }
    for count in (2, 3):
        for group in combinations(likely, count):
            both = chain.from_iterable(joint[pair] for pair in combinations(group, 2))
            yield Option(group, [*chain.from_iterable(candidates[at].signs for at in group), *both])


def who(record: View, blocks: Found) -> list[Candidate]:
    """Everybody in the blocks, each under that name of theirs that is most like the record's."""
    people: dict[str, dict[str, Filed]] = {}
    for _, block in blocks:
        for filed in block.filed:
            people.setdefault(filed.person, {})[filed.record] = filed
    latest = {
        person: sorted(filed.values(), key=lambda one: one.profile.seen_at, reverse=True)
        for person, filed in people.items()
    }
    views = {person: view([one.profile for one in filed]) for person, filed in latest.items()}
    return [_candidate(record, person, latest[person], views, blocks) for person in people]


def _candidate(
    record: View, person: str, filed: list[Filed], views: Mapping[str, View], blocks: Found
) -> Candidate:
    known, around = views[person], _around(person, views, blocks)
    options = [signs(record, known, called, around) for called in known.names or (None,)]
    weight, best = max((weighed(found), at) for at, found in enumerate(options))
    bearer = filed[0]
    if known.names:
        bearer = next(one for one in filed if name(one.profile) == known.names[best])
    return Candidate(bearer, options[best], weight, known)


def _around(person: str, views: Mapping[str, View], blocks: Found) -> Around:
    around = Around(latest=False)
    namesakes: list[int] = []
    for key, block in blocks:
        times = sum(filed.person == person for filed in block.filed)
        if times and key.exact:
            latest = around.latest or block.filed[0].person == person
            sharing = _sharing(person, views, block)
            around = Around(max(around.sharing, sharing), 0, max(around.times, times), latest)
        elif times and key.system == "name":
            namesakes.append(block.people - 1)
    return around._replace(namesakes=min(namesakes, default=0))


def _sharing(person: str, views: Mapping[str, View], block: Block) -> int:
    """How many share a contact point with the person, who counts; but not who may be they."""
    seen = {filed.person for filed in block.filed}
    others = sum(_is_other(views[person], views[other]) for other in seen - {person})
    return 1 + others + max(0, block.people - len(seen))


def _is_other(one: View, other: View) -> bool:
    found = [agreement(mine, theirs).given for mine in one.names for theirs in other.names]
    return bool(found) and all(given in ("unlike", "some") for given in found)


def _decided(record: View, blocks: Found, standing: Standing) -> Resolution:
    if not standing.candidates:
        return Resolution("new", None, standing.filed, (), len(blocks), blocks, "")
    best = standing.candidates[standing.best]
    chance = standing.chance(standing.best)
    why = _doubt(record, best, blocks, chance)
    decision: Literal["new", "same", "review"] = "review" if why else "same"
    if chance < LIKELY:
        decision, why = "new", ""
    also = _also(record, standing) if decision == "same" else ()
    return Resolution(
        decision, best.filed, standing.filed, evidence(best.signs), len(blocks), blocks, why, also
    )


def _also(record: View, standing: Standing) -> tuple[Also, ...]:
    """Who else the record shows to be the same person as the best candidate."""
    found = []
    for place, other in enumerate(standing.candidates):
        groups = [
            (one, chance) for one, chance in standing.options if {place, standing.best} <= {*one.people}
        ]
        chance = sum(chance for _, chance in groups)
        if place != standing.best and chance >= SAME:
            best = standing.candidates[standing.best].view
            joint = between(best, other.view)
            if not (_called_otherwise(joint) or conflicts(best, other.view) or conflicts(record, other.view)):
                found.append(Also(other.filed, chance, evidence([*other.signs, *joint])))
    return tuple(found)


def _doubt(record: View, best: Candidate, blocks: Found, chance: float) -> str:
    """Why a person of the clinic is asked, in a word; "" if the machine may join."""
    against = conflicts(record, best.view)
    if against:
        return against[0]
    if _called_otherwise(best.signs) and not best.has_papers:
        return "likely"
    if _two_people(blocks):
        return "two_people"
    return "" if chance >= SAME else "likely"


def _called_otherwise(found: list[Sign]) -> bool:
    """Whether both have given names that the other has not: as twins do, Maria Clara and Maria Eduarda."""
    return any(field in ("called", "both") and level in _OTHERWISE for field, level in found)


_OTHERWISE: Final = frozenset({"given some", "given unlike"})


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
