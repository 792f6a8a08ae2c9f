"""Records as they are compared: one that arrives, or all that is known of a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeVar

from recado.model.profile import Profile
from recado.rules.matching.aliases import aliases, name_in
from recado.rules.matching.names import Name, parsed
from recado.rules.matching.points import met

_T = TypeVar("_T")


class View(NamedTuple):
    """What records say of a person: each different value once, the latest first."""

    names: tuple[Name, ...]
    points: dict[str, set[str]]
    every: frozenset[tuple[str, str]]
    births: tuple[str, ...]
    sexes: tuple[str, ...]
    streets: tuple[str, ...]
    cities: tuple[str, ...]
    postcodes: tuple[str, ...]
    languages: tuple[str, ...]
    aliases: frozenset[str]
    seen_at: datetime


MOST_NAMES: Final = 4
"""A person who is written in more ways is compared by the latest of them."""


def name(profile: Profile) -> Name:
    """The record's name; where it says none, what its address seems to be made of."""
    said = parsed(profile.name, profile.given_name, profile.family_name)
    if said.tokens:
        return said
    seeming = (name_in(alias) for alias in sorted(aliases(met(profile.points))))
    return max(seeming, key=lambda found: len(found.tokens), default=said)


def view(profiles: Sequence[Profile]) -> View:
    """What these records of one person say together; there is one at least, the latest is the first."""
    every = frozenset(point for profile in profiles for point in met(profile.points))
    points: dict[str, set[str]] = {}
    for system, value in every:
        points.setdefault(system, set()).add(value)
    names = _once(known for known in (name(profile) for profile in profiles) if known.tokens)
    return View(
        names=names[:MOST_NAMES],
        points=points,
        every=every,
        births=_once(profile.birth_date for profile in profiles),
        sexes=_once(profile.sex for profile in profiles),
        streets=_once(profile.street for profile in profiles),
        cities=_once(profile.city for profile in profiles),
        postcodes=_once(profile.postcode for profile in profiles),
        languages=_once(profile.language[:2] for profile in profiles),
        aliases=aliases(every),
        seen_at=max(profile.seen_at for profile in profiles),
    )


def _once(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
