"""Where a record is filed and looked for."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import Final

from recado.model.block import Key
from recado.model.profile import Profile
from recado.rules.matching.names import Name, Token, folded
from recado.rules.matching.points import met
from recado.rules.matching.sounds import sound
from recado.rules.matching.views import name

MOST_OTHERS: Final = 6
"""Keys besides the exact ones: each is a write."""
_NAME_KEYS: Final = 4
_ORDER: Final = ("document", "ehr", "bsuid", "handle", "phone", "email")


def keys(profile: Profile) -> tuple[Key, ...]:
    """All that a record is to be filed under: exact points first, then what strangers may share.

    The others in the order in which they are worth reading: pairs of a given and a family name as they sound,
    nicknames as what they stand for; the birth date; the house.
    """
    pairs = [Key("name", value, False) for value in _pairs(name(profile))]
    others = (*pairs[:2], *_born(profile), *_house(profile), *pairs[2:])
    return (*_exact(profile), *others[:MOST_OTHERS])


def _exact(profile: Profile) -> list[Key]:
    points = [Key(system, value, True) for system, value in met(profile.points)]
    return sorted(points, key=lambda key: _ORDER.index(key.system if key.system in _ORDER else "handle"))


def _born(profile: Profile) -> list[Key]:
    known = re.fullmatch(r"\d{4}-\d\d-\d\d", profile.birth_date)
    return [Key("birth_date", profile.birth_date, False)] if known else []


def _house(profile: Profile) -> list[Key]:
    """The house's number with the postcode, and with the street: one of the three may be misspelt."""
    number = re.search(r"\d+", profile.street)
    code = re.sub(r"\W", "", profile.postcode.casefold())
    words = [word for word in folded(profile.street).split() if len(word) > 3]
    found = [Key("house", f"{number[0]} {code}", False)] if number and code else []
    if words and (number or code):
        found.append(Key("house", f"{number[0] if number else code} {sound(words[0])}", False))
    return found


def _pairs(name: Name) -> list[str]:
    """Two parts of a name, in the order of how telling they are."""
    whole = [token for token in name.tokens if len(token.text) > 1]
    given = [token for token in whole if token.given]
    family = [token for token in whole if not token.given]
    first = [(given[0], part) for part in (family[-1:] + family[:1])] if given else []
    second = [(given[1], part) for part in (family[-1:] + family[:1])] if len(given) > 1 else []
    pairs = chain(first, second, pairwise(given), pairwise(family))
    return list(dict.fromkeys(_pair(one, other) for one, other in pairs))[:_NAME_KEYS]


def _pair(one: Token, other: Token) -> str:
    return " ".join(sorted((one.sound, other.sound)))
