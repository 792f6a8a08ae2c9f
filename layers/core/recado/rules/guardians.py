"""Who may act for whom: parents and guardians for a child, caregivers for whom they care."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from recado.model.patient import Link
from recado.model.related_person import Mandate, Relationship
from recado.rules.display_names import fits_one

MAJORITY: Final = 18
"""Years of age. Sources: Código Civil art. 5 (BR); Constitución art. 12 (ES); Codice civile art. 2 (IT);
Constitución Política art. 34 (MX); Código Civil y Comercial art. 25 (AR); Family Law Reform Act 1969 s. 1 and
Age of Majority (Scotland) Act 1969 (UK). In the United States the states' own law: 18 but for Alabama and
Nebraska (19) and Mississippi (21), where the desk gives the later day. A clinic may give an earlier one, too:
some let the young decide on their care before they are of age (Ley 41/2002 art. 9, ES: 16)."""

_UNTIL_OF_AGE: Final[frozenset[Relationship]] = frozenset({"parent", "guardian"})


def ends(relationship: Relationship, birth_date: str, timezone: str) -> datetime | None:
    """When somebody ceases to act for a patient who was born then (`YYYY-MM-DD`, "" unknown): as their
    birthday begins where the clinic is. None: not by age, or nobody knows when."""
    if relationship not in _UNTIL_OF_AGE or len(birth_date) != len("YYYY-MM-DD"):
        return None
    born = date.fromisoformat(birth_date)
    day = date(born.year + MAJORITY, 3, 1) if (born.month, born.day) == (2, 29) else _later(born)
    return datetime.combine(day, time(), ZoneInfo(timezone))


def _later(born: date) -> date:
    return born.replace(year=born.year + MAJORITY)


def holds(mandate: Mandate, now: datetime) -> bool:
    """Whether it still lasts."""
    return mandate.until is None or now < mandate.until


def acts_for(one: Link, other: Link, now: datetime) -> bool:
    """Whether one may act for another: by their own record, or one that is confirmed to be theirs."""
    return any(
        mandate.record in (one.patient, one.keeper) and holds(mandate, now) for mandate in other.guardians
    )


def wards(link: Link, now: datetime) -> tuple[str, ...]:
    """The records of those for whom somebody may act."""
    return tuple(one.record for one in link.wards if holds(one, now))


def head(links: Iterable[Link], now: datetime) -> Link | None:
    """The one who acts for all the others of these; none: nobody does."""
    all_of_them = list(links)
    for one in all_of_them:
        others = [link for link in all_of_them if link.patient != one.patient]
        if others and all(acts_for(one, link, now) for link in others):
            return one
    return None


def writer(link: Link, people: Iterable[Link], name: str | None, now: datetime) -> Link | None:
    """Of those behind a contact point, who wrote on behalf of this one: a child's parent, unless the name is
    the child's own. None: nobody acts for them, or several may have."""
    acting = [one for one in people if acts_for(one, link, now)]
    if not acting or fits_one(name, link):
        return None
    named = [one for one in acting if fits_one(name, one)]
    return next(iter(named), None) if named else acting[0] if len(acting) == 1 else None
