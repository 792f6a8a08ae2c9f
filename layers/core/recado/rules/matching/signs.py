"""What two records have in common and in what they differ, as levels of which each has a weight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from recado.model.profile import Profile
from recado.rules.matching.agreement import Agreement, agreement
from recado.rules.matching.names import Name, folded, parsed
from recado.rules.matching.points import NUMBERS, SHARED, met

Sign = tuple[str, str]
"""A field, or several, and the level at which they agree."""
_MONTH: Final = timedelta(days=30)


class View(NamedTuple):
    """A record as it is compared."""

    profile: Profile
    name: Name
    points: dict[str, set[str]]
    every: frozenset[tuple[str, str]]


class Around(NamedTuple):
    """What is known from where the other record was found: how many people share its contact point, and how
    many were ever filed under the same name."""

    sharing: int = 1
    namesakes: int = 0


def view(profile: Profile) -> View:
    """The record, ready to be compared."""
    points: dict[str, set[str]] = {}
    every = met(profile.points)
    for system, value in every:
        points.setdefault(system, set()).add(value)
    return View(
        profile, parsed(profile.name, profile.given_name, profile.family_name), points, frozenset(every)
    )


def signs(one: View, other: View, around: Around) -> list[Sign]:
    """All signs that two records are, or are not, one person's. `one` is the later."""
    tie = _tie(one.every & other.every)
    names = agreement(one.name, other.name) if one.name.tokens and other.name.tokens else None
    given = names.given if names else "unsaid"
    birth = birth_level(one.profile.birth_date, other.profile.birth_date)
    found = [("known", tie), *_names(one, other, names, tie, around)]
    found += _points(one, other, around, given)
    if birth:
        found += [
            ("birth_date", birth),
            ("birth_date", f"{birth}, given {given}"),
            ("birth_date", f"{birth}, {tie}"),
        ]
    found += _others(one.profile, other.profile)
    if tie in ("phone", "email"):
        found.append(("silence", f"{_silence(one.profile.seen_at - other.profile.seen_at)}, given {given}"))
        if _minor(one.profile) or _minor(other.profile):
            found.append(("minor", f"{tie}, given {given}"))
    return found


def _tie(shared: frozenset[tuple[str, str]]) -> str:
    systems = {system for system, _ in shared}
    if systems & NUMBERS:
        return "number"
    if systems - SHARED:
        return "handle"
    return "phone" if "phone" in systems else "email" if systems else "nothing"


def _names(one: View, other: View, names: Agreement | None, tie: str, around: Around) -> Iterator[Sign]:
    if names is None:
        who = "neither" if not one.name.tokens and not other.name.tokens else "one"
        yield "name", f"unsaid by {who}, {tie}"
        return
    whole = f"given {names.given}, family {names.family}"
    yield "name", whole
    yield "name", f"{whole}, {tie}"
    for flaw in names.flaws:
        yield "spelling", flaw
    if names.swapped:
        yield "spelling", "swapped"
    if names.generation:
        yield "generation", names.generation
    if names.matched:
        bound = "tied" if tie != "nothing" else "alone"
        yield "rarity", f"{_rarity(names.bits)}, {bound}"
        if tie == "nothing":
            yield "namesakes", _few(around.namesakes)
            yield "namesakes", f"{_few(around.namesakes)}, rarity {_rarity(names.bits)}"


def _rarity(bits: float) -> str:
    for limit in (7, 10, 13, 16, 19, 22, 26):
        if bits < limit:
            return f"below {limit}"
    return "26 and more"


def _few(count: int) -> str:
    for limit in (0, 1, 2, 4, 8, 16):
        if count <= limit:
            return f"to {limit}"
    return "more"


def _silence(past: timedelta) -> str:
    for months in (1, 3, 6, 12):
        if abs(past) < months * _MONTH:
            return f"below {months} months"
    return "longer"


def _points(one: View, other: View, around: Around, given: str) -> Iterator[Sign]:
    agreeing = 0
    for system in one.points.keys() & other.points.keys():
        mine, theirs = one.points[system], other.points[system]
        field = system if system in SHARED or system in NUMBERS else "handle"
        level = "same" if mine & theirs else "near" if _near(mine, theirs) else "other"
        agreeing += level == "same"
        if level == "same" and field == "phone":
            yield field, f"same, of {min(around.sharing, 4)}"
            yield field, f"same, of {min(around.sharing, 3)}, given {given}"
        else:
            yield field, level
            yield field, f"{level}, given {given}"
    if agreeing > 1:
        yield "points", f"{min(agreeing, 3)} agree"


def _near(mine: set[str], theirs: set[str]) -> bool:
    return any(_slip(a, b) for a in mine for b in theirs)


@lru_cache(maxsize=20_000)
def _slip(one: str, other: str) -> bool:
    """A typing error: a letter or digit more, less, changed, or two in the wrong order."""
    return min(len(one), len(other)) > 5 and OSA.distance(one, other, score_cutoff=1) <= 1


@lru_cache(maxsize=20_000)
def birth_level(one: str, other: str) -> str:
    """How two birth dates agree: same, year (of which one says no more), near (as by a slip), conflict; "" if unsaid."""
    if not one or not other:
        return ""
    if one == other:
        return "same"
    if len(one) < 10 or len(other) < 10:
        return "year" if one[:4] == other[:4] else "conflict"
    swapped = f"{other[:5]}{other[8:]}-{other[5:7]}"
    return "near" if one == swapped or OSA.distance(one, other, score_cutoff=1) <= 1 else "conflict"


def _others(one: Profile, other: Profile) -> Iterator[Sign]:
    if one.sex and other.sex and "unknown" not in (one.sex, other.sex):
        yield "sex", "same" if one.sex == other.sex else "other"
    if one.language and other.language:
        yield "language", "same" if one.language[:2] == other.language[:2] else "other"
    for field in ("street", "city", "postcode"):
        mine, theirs = getattr(one, field), getattr(other, field)
        if mine and theirs:
            yield field, _alike(mine, theirs)


@lru_cache(maxsize=20_000)
def _alike(one: str, other: str) -> str:
    mine, theirs = (" ".join(sorted(folded_text(text).split())) for text in (one, other))
    if mine == theirs:
        return "same"
    return "near" if OSA.normalized_similarity(mine, theirs) >= 0.75 else "other"


def folded_text(text: str) -> str:
    """An address in small letters without accents, its digits kept."""
    digits = "".join(c for c in text if c.isdigit())
    return f"{folded(text).replace(',', ' ')} {digits}"


def _minor(profile: Profile) -> bool:
    """Whether the record was of a minor when it was told."""
    year = profile.birth_date[:4]
    return year.isdigit() and profile.seen_at.year - int(year) < 18


def absence(one: View) -> list[Sign]:
    """Signs that a record is of somebody who is filed, but not found: the less it says, the likelier."""
    said = min(len(one.name.tokens), 3)
    points = "+".join(sorted({system if system in SHARED else "own" for system in one.points})) or "nothing"
    return [
        ("missed", "base"),
        ("missed", f"{said} names"),
        ("missed", points),
        ("missed", f"{said} names, {points}"),
        ("missed", "birth date" if one.profile.birth_date else "birth date unsaid"),
    ]
