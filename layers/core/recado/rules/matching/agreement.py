"""How two names agree, part by part."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from recado.rules.matching import commons, nicknames
from recado.rules.matching.names import Name, Token, parsed
from recado.rules.matching.sounds import sound

Fit = Literal["same", "may", "unlike", "unknown"]
Part = Literal["none", "same", "part", "some", "unlike"]
"""Of given, or of family names: one name has none; all agree; all of one of them; some, while both have
others; none agrees."""

HOW: Final = ("exact", "sound", "nickname", "typo", "prefix", "like", "initial")
"""In which ways two parts may agree, the best first."""
FEW: Final = 4
"""Letters of a given name of which one cannot be changed without making it another name."""
_EXACT, _SOUND, _NICKNAME, _TYPO, _PREFIX, _LIKE, _INITIAL = range(len(HOW))
_NOT: Final = -1
# Which share of a name's rarity counts where it agrees in this way.
_WORTH: Final = dict(zip(HOW, (1.0, 0.85, 0.75, 0.75, 0.5, 0.4, 0.3), strict=True))


class Agreement(NamedTuple):
    """How two names agree: their given and their family names; in which ways other than exactly; how much
    that tells (bits of rarity); whether names changed place; generations; how many parts agree."""

    given: Part
    family: Part
    flaws: tuple[str, ...]
    bits: float
    swapped: bool
    generation: Literal["", "same", "one", "conflict"]
    matched: int
    doubtful: bool
    """Whether given names agree in no more than may be chance: see `_is_sure`."""


@lru_cache(maxsize=50_000)
def how(one: str, other: str, meanings: tuple[str, ...], others: tuple[str, ...]) -> int:
    """The way two parts of a name agree, as an index of `HOW`; -1 where they do not."""
    if one == other:
        return _EXACT
    if len(one) == 1 or len(other) == 1:
        return _INITIAL if one[0] == other[0] else _NOT
    if sound(one) == sound(other):
        return _SOUND
    return _NICKNAME if set(meanings) & set(others) else _roughly(one, other)


def _roughly(one: str, other: str) -> int:
    short = min(len(one), len(other))
    begins = short > 2 and (one.startswith(other) or other.startswith(one))
    if is_known(one) and is_known(other):
        return _PREFIX if begins and not _is_whole(min(one, other, key=len)) else _NOT
    if _are_of_two_sexes(one, other):
        return _NOT
    if _is_slip(one, other, short):
        return _TYPO
    if begins:
        return _PREFIX
    return _LIKE if short > 3 and JaroWinkler.similarity(sound(one), sound(other)) >= 0.84 else _NOT


def _is_whole(token: str) -> bool:
    """Whether this is a name as it is, and not only what is short for others: Luis is, and is not Luisa."""
    return commons.is_given(token) or commons.is_family(token) or nicknames.is_name(token)


def _are_of_two_sexes(one: str, other: str) -> bool:
    """As Carmelo and Carmela are, and Erick and Ericka."""
    if len(one) == len(other):
        return one[:-1] == other[:-1] and {one[-1], other[-1]} == {"a", "o"}
    short, long = sorted((one, other), key=len)
    return len(short) > 2 and long == f"{short}a" and short[-1] not in "aeiou"


def _is_slip(one: str, other: str, short: int) -> bool:
    if short > 3 and OSA.distance(one, other) <= (1 if short < 8 else 2):
        return True
    return short > 4 and JaroWinkler.similarity(one, other) >= 0.92


def is_known(token: str) -> bool:
    """Whether this is a name of its own, and so no slip of the pen for another: Marta is not Maria."""
    return commons.is_given(token) or commons.is_family(token) or nicknames.has(token)


@lru_cache(maxsize=50_000)
def agreement(one: Name, other: Name) -> Agreement:
    """How two names agree; parts are paired one to one, the best pairs first."""
    one, other = _as_one(one, other), _as_one(other, one)
    pairs, left, right = _paired(one.tokens, other.tokens)
    found = [(HOW[way], a, b) for way, a, b in pairs]
    return Agreement(
        given=_part([a.given or b.given for _, a, b in found], one, other, left, right, given=True),
        family=_part([not (a.given or b.given) for _, a, b in found], one, other, left, right, given=False),
        flaws=tuple(sorted(way for way, _, _ in found if way != "exact")),
        bits=sum(_WORTH[way] * min(a.bits, b.bits) for way, a, b in found),
        swapped=any(a.given != b.given for _, a, b in found),
        generation=_generations(one.generation, other.generation),
        matched=len(found),
        doubtful={_is_sure(way, a, b) for way, a, b in found if a.given or b.given} == {False},
    )


def _paired(
    one: tuple[Token, ...], other: tuple[Token, ...]
) -> tuple[list[tuple[int, Token, Token]], list[Token], list[Token]]:
    """Pairs with how they agree, and what is left over of both."""
    ways = sorted(
        (way, a.given != b.given, abs(i - j), i, j)
        for i, a in enumerate(one)
        for j, b in enumerate(other)
        if (way := how(a.text, b.text, a.meanings, b.meanings)) >= 0
    )
    left, right = dict(enumerate(one)), dict(enumerate(other))
    pairs = []
    for way, _, _, i, j in ways:
        if i in left and j in right:
            pairs.append((way, left.pop(i), right.pop(j)))
    return pairs, list(left.values()), list(right.values())


def _is_sure(way: str, one: Token, other: Token) -> bool:
    """Whether two given names that agree are one: of few letters, one changed is another name (Jill, Bill);
    and who is called Joan may be a Juan, or his wife."""
    if way in ("typo", "like"):
        return min(len(one.text), len(other.text)) > FEW
    return way == "exact" or not commons.OF_EITHER_SEX & {one.text, other.text}


def _as_one(one: Name, other: Name) -> Name:
    """A name of which the other has in one word what is two here: Ana Paula and Anapaula."""
    mine, theirs = ([token for token in name.tokens if token.given] for name in (one, other))
    if len(mine) > len(theirs) and _run(mine) == _run(theirs):
        return one._replace(tokens=(*theirs, *(token for token in one.tokens if not token.given)))
    return one


def _run(tokens: list[Token]) -> str:
    return "".join(token.text for token in tokens)


def _part(
    agreed: list[bool], one: Name, other: Name, left: list[Token], right: list[Token], *, given: bool
) -> Part:
    over = any(token.given == given for token in left), any(token.given == given for token in right)
    if any(agreed):
        return "some" if all(over) else "part" if any(over) else "same"
    has = [any(token.given == given for token in name.tokens) for name in (one, other)]
    return "unlike" if all(has) and all(over) else "none"


def _generations(one: str, other: str) -> Literal["", "same", "one", "conflict"]:
    if not one and not other:
        return ""
    if one == other:
        return "same"
    return "conflict" if one and other else "one"


def fits(name: str, other: str) -> Fit:
    """How two names as a whole agree; "unknown" where one says no name ("Mãe do Pedro", a shop, an emoji)."""
    one, two = parsed(name), parsed(other)
    if not one.tokens or not two.tokens:
        return "unknown"
    found = agreement(one, two)
    if found.generation == "conflict" or not found.matched or found.given in ("some", "unlike"):
        return "unlike"
    if found.given == "none" and found.family == "unlike":
        return "unlike"
    if found.doubtful and found.family in ("none", "unlike"):
        return "unlike"
    whole = {found.given, found.family} <= {"same", "none"} and found.matched > 1 and not found.doubtful
    return "same" if whole and found.generation != "one" else "may"
