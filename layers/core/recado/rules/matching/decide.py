"""Whether a record is somebody's who is filed already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import combinations
from typing import Final, Literal, NamedTuple

from recado.model.profile import Block, Evidence, Filed, Key, Profile
from recado.rules.matching.compare import conflicts, evidence, weighed
from recado.rules.matching.keys import keys
from recado.rules.matching.signs import Around, Sign, absence, between, signs
from recado.rules.matching.views import View, name, view

MOST_READS: Final = 6
SAME: Final = 0.98
"""From this probability on two records are joined by the machine, if nothing conflicts."""
LIKELY: Final = 0.5
"""From this probability on a person of the clinic is asked."""
SETTLED: Final = 0.995
"""From this probability on nothing more is read."""
MOST_PAIRED: Final = 4
"""Of that many candidates, the likeliest, any two may prove to be one person."""
FAINT: Final = -3.0
"""Whom a record resembles less than that (bits) it says nothing about."""

Found = tuple[tuple[Key, Block], ...]


class Also(NamedTuple):
    """Somebody else who is filed, and whom the record shows to be the same person as the one that was found."""

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


class Option(NamedTuple):
    """That the record is of these people (places among the candidates), who are one; nobody: of one who was missed."""

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
    """Whose record this is; `read` gives the block of each key, of six at most: exact ones at once, others by one."""
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
    for one, other in combinations(likely, 2):
        mine, theirs = candidates[one], candidates[other]
        if not conflicts(mine.view, theirs.view):
            signs_of_both = between(mine.view, theirs.view)
            yield Option((one, other), [*mine.signs, *theirs.signs, *signs_of_both])


def who(record: View, blocks: Found) -> list[Candidate]:
    """Everybody in the blocks, each under that name of theirs that is most like the record's."""
    people: dict[str, dict[str, Filed]] = {}
    for _, block in blocks:
        for filed in block.filed:
            people.setdefault(filed.person, {})[filed.record] = filed
    return [_candidate(record, list(filed.values()), blocks) for filed in people.values()]


def _candidate(record: View, filed: list[Filed], blocks: Found) -> Candidate:
    latest = sorted(filed, key=lambda one: one.profile.seen_at, reverse=True)
    known = view([one.profile for one in latest])
    around = _around(filed[0].person, blocks)
    options = [signs(record, known, called, around) for called in known.names or (None,)]
    weight, best = max((weighed(found), at) for at, found in enumerate(options))
    bearer = latest[0]
    if known.names:
        bearer = next(one for one in latest if name(one.profile) == known.names[best])
    return Candidate(bearer, options[best], weight, known)


def _around(person: str, blocks: Found) -> Around:
    around = Around(latest=False)
    namesakes: list[int] = []
    for key, block in blocks:
        times = sum(filed.person == person for filed in block.filed)
        if times and key.exact:
            latest = around.latest or block.filed[0].person == person
            around = Around(max(around.sharing, block.people), 0, max(around.times, times), latest)
        elif times and key.system == "name":
            namesakes.append(block.people - 1)
    return around._replace(namesakes=min(namesakes, default=0))


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
    for option, chance in standing.options:
        if len(option.people) > 1 and standing.best in option.people and chance >= SAME:
            other = standing.candidates[sum(option.people) - standing.best]
            if not conflicts(record, other.view):
                found.append(Also(other.filed, chance, evidence(option.signs)))
    return tuple(found)


def _doubt(record: View, best: Candidate, blocks: Found, chance: float) -> str:
    """Why a person of the clinic is asked, in a word; "" if the machine may join."""
    against = conflicts(record, best.view)
    if against:
        return against[0]
    if any(level in ("given some", "given unlike") for field, level in best.signs if field == "called"):
        return "likely"
    if _two_people(blocks):
        return "two_people"
    return "" if chance >= SAME else "likely"


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
