"""What a record and a person have in common and in what they differ, as levels of which each has a weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from recado.rules.matching.agreement import Agreement, agreement
from recado.rules.matching.aliases import alike, name_in, years
from recado.rules.matching.names import Name, folded
from recado.rules.matching.points import NUMBERS, SHARED
from recado.rules.matching.views import View

Sign = tuple[str, str]
"""A field, or several, and the level at which they agree."""


class Around(NamedTuple):
    """What is known from where the person was found."""

    sharing: int = 1
    """How many people share the contact point."""
    namesakes: int = 0
    """How many others were ever filed under the same name."""
    times: int = 1
    """How many of the person's records have the contact point."""
    latest: bool = True
    """Whether the person was the last to be reached there."""


def signs(one: View, other: View, name: Name | None, around: Around) -> list[Sign]:
    """All signs that a record (`one`) is, or is not, the person's (`other`), who goes by `name`, if any."""
    tie = _tie(one.every & other.every)
    names = agreement(one.names[0], name) if one.names and name else None
    given = names.given if names else "unsaid"
    birth = births(one.births, other.births)
    found = [("known", tie), *_names(one, other, names, tie, around)]
    found += _points(one, other, around, given, _rarity(names.bits) if names else "unsaid")
    if birth:
        found += [
            ("birth_date", birth),
            ("birth_date", f"{birth}, given {given}"),
            ("birth_date", f"{birth}, {tie}"),
            ("birth_date", f"{birth}, {tie}, given {given}"),
        ]
    home = list(_others(one, other))
    found += home
    found += _address(home, tie, given)
    found += _silence(one, other, tie, given)
    if tie in ("phone", "email"):
        found += _shared(one, other, tie, given, around)
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
        yield "name", f"unsaid by {'one' if one.names or other.names else 'both'}, {tie}"
        return
    whole = f"given {names.given}, family {names.family}"
    yield "called", f"given {names.given}"
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


_DAYS: Final = ((1, "below a day"), (8, "below 8 days"), (30, "below 30 days"), (90, "below 90 days"),
                (180, "below 180 days"), (365, "below a year"))  # fmt: skip


def _silence(one: View, other: View, tie: str, given: str) -> Iterator[Sign]:
    """How long nothing was heard of the person: who writes again does so soon; numbers change hands later."""
    past = abs(one.seen_at - other.seen_at).days
    since = next((name for days, name in _DAYS if past < days), "longer")
    yield "silence", f"{since}, {tie}"
    yield "silence", f"{since}, {'tied' if tie != 'nothing' else 'alone'}, given {given}"


def _shared(one: View, other: View, tie: str, given: str, around: Around) -> Iterator[Sign]:
    """Of a point that a family may share, and that may be another's next year."""
    said = given if given in ("unsaid", "same", "part", "none") else "unlike"
    yield "holder", f"{min(around.times, 4)} times{', the latest' if around.latest else ''}, given {said}"
    yield "holder", f"{min(around.times, 4)} times, of {min(around.sharing, 3)}, given {said}"
    if is_minor(one) or is_minor(other):
        yield "minor", f"{tie}, given {given}"


def _points(one: View, other: View, around: Around, given: str, rarity: str) -> Iterator[Sign]:
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
            if field == "phone" and level == "other":
                yield field, f"other, rarity {rarity}"
    if agreeing > 1:
        yield "points", f"{min(agreeing, 3)} agree"
    yield from _chosen(one, other)


def _chosen(one: View, other: View) -> Iterator[Sign]:
    """What people call themselves in addresses."""
    if not one.every & other.every and (level := alike(one.aliases, other.aliases)):
        yield "alias", level
    for aliases, names in ((one.aliases, other.names), (other.aliases, one.names)):
        named = [name_in(alias) for alias in aliases]
        agreed = [agreement(made, name) for made in named for name in names if made.tokens]
        if agreed:
            best = max(agreed, key=lambda found: found.bits)
            yield "alias", f"given {best.given}, family {best.family}"
    for aliases, dates in ((one.aliases, other.births), (other.aliases, one.births)):
        meant = {year for alias in aliases for year in years(alias)}
        if meant and dates:
            yield "alias", "born then" if meant & {born[:4] for born in dates} else "born in another year"


def _near(mine: set[str], theirs: set[str]) -> bool:
    return any(_slip(a, b) for a in mine for b in theirs)


@lru_cache(maxsize=20_000)
def _slip(one: str, other: str) -> bool:
    """A typing error: a letter or digit more, less, changed, or two in the wrong order."""
    return min(len(one), len(other)) > 5 and OSA.distance(one, other, score_cutoff=1) <= 1


_BIRTHS: Final = ("", "same", "year", "near", "conflict")


def births(ones: Iterable[str], others: Iterable[str]) -> str:
    """How birth dates agree at best: same, year (one says no more), near (a slip), conflict; "" if unsaid."""
    levels = {birth_level(one, other) for one in ones for other in others}
    return next((level for level in _BIRTHS[1:] if level in levels), "")


@lru_cache(maxsize=20_000)
def birth_level(one: str, other: str) -> str:
    """How two birth dates agree."""
    if one == other:
        return "same"
    if len(one) < 10 or len(other) < 10:
        return "year" if one[:4] == other[:4] else "conflict"
    swapped = f"{other[:5]}{other[8:]}-{other[5:7]}"
    return "near" if one == swapped or OSA.distance(one, other, score_cutoff=1) <= 1 else "conflict"


def _others(one: View, other: View) -> Iterator[Sign]:
    mine, theirs = set(one.sexes) - {"unknown"}, set(other.sexes) - {"unknown"}
    if mine and theirs:
        yield "sex", "same" if mine & theirs else "other"
    if one.languages and other.languages:
        yield "language", "same" if one.languages[0] in other.languages else "other"
    for field, values, others in (
        ("street", one.streets, other.streets),
        ("city", one.cities, other.cities),
        ("postcode", one.postcodes, other.postcodes),
    ):
        if values and others:
            yield field, min((_alike(values[0], value) for value in others), key=_LIKE.index)


def _address(found: list[Sign], tie: str, given: str) -> Iterator[Sign]:
    """How well the address agrees as a whole, of those who live at one as well as of those who moved."""
    levels = {field: level for field, level in found if field in ("street", "city", "postcode")}
    if levels:
        agreeing = sum(level != "other" for level in levels.values())
        yield "address", f"{agreeing} of {len(levels)}"
        yield "address", f"{agreeing} of {len(levels)}, {tie}, given {given}"


_LIKE: Final = ("same", "near", "other")


@lru_cache(maxsize=20_000)
def _alike(one: str, other: str) -> str:
    mine, theirs = (" ".join(sorted(_letters(text).split())) for text in (one, other))
    if mine == theirs:
        return "same"
    return "near" if OSA.normalized_similarity(mine, theirs) >= 0.75 else "other"


def _letters(text: str) -> str:
    """In small letters without accents, its digits kept."""
    digits = "".join(c for c in text if c.isdigit())
    return f"{folded(text).replace(',', ' ')} {digits}"


def is_minor(view: View) -> bool:
    """Whether the person was a minor when last seen."""
    return any(view.seen_at.year - int(born[:4]) < 18 for born in view.births)


def between(one: View, other: View) -> list[Sign]:
    """Signs that two people whom a record resembles are one, whose records had nothing in common before."""
    names = [agreement(mine, theirs) for mine in one.names for theirs in other.names]
    closest = max(names, key=lambda found: found.bits, default=None)
    given = closest.given if closest else "unsaid"
    found = [("both", "base"), ("both", f"share {_tie(one.every & other.every)}"), ("both", f"given {given}")]
    if closest:
        found.append(("both", f"given {given}, family {closest.family}"))
        found.append(("both", f"rarity {_rarity(closest.bits)}"))
    if birth := births(one.births, other.births):
        found.append(("both", f"born {birth}"))
    for field, level in (*_points(one, other, Around(), given, ""), *_others(one, other)):
        if "," not in level:
            found.append(("both", f"{field} {level}"))
    return found


def absence(one: View) -> list[Sign]:
    """Signs that a record is of somebody who is filed, but not found: the less it says, the likelier."""
    said = min(len(one.names[0].tokens), 3) if one.names else 0
    points = "+".join(sorted({system if system in SHARED else "own" for system in one.points})) or "nothing"
    return [
        ("missed", "base"),
        ("missed", f"{said} names"),
        ("missed", points),
        ("missed", f"{said} names, {points}"),
        ("missed", "birth date" if one.births else "birth date unsaid"),
    ]
