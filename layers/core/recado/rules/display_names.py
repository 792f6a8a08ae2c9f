"""How what somebody calls themselves fits whom we know: a display name may be anything.

Rules of names are heavy to import, and most names are as they were: they come in where they are needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from recado.model.patient import Link

SURE: Final = frozenset({"sound", "nickname"})
"""Ways in which two spellings of one name differ (matching.agreement)."""


def rooted(links: Sequence[Link]) -> list[Link]:
    """A person's own record before those that were joined to it, then whoever was there first."""
    return sorted(links, key=lambda link: (bool(link.person), link.place))


def fit(name: str | None, other: str | None) -> str:
    """As matching.fits: "same", "may", "unlike", or "unknown" where one of them is no name.

    People write their own names as they are: one that only resembles another, beside another family name, is
    another's.
    """
    if not _says(name) or not _says(other):
        return "unknown"
    if name == other:
        return "same"
    from recado.rules.matching import fits  # noqa: PLC0415
    from recado.rules.matching.agreement import agreement  # noqa: PLC0415
    from recado.rules.matching.names import parsed  # noqa: PLC0415

    how = fits(name or "", other or "")
    if how != "may":
        return how
    found = agreement(parsed(name or ""), parsed(other or ""))
    return "unlike" if found.family == "unlike" and not SURE.issuperset(found.flaws) else how


def fits_one(name: str | None, link: Link) -> bool:
    """Whether the name may be theirs; one that says nothing does not say so."""
    return fit(name, link.name) in ("same", "may")


def is_anothers(name: str | None, other: str | None) -> bool:
    """Whether two names are two people's for sure: each is a name that people bear, and they do not agree."""
    if fit(name, other) != "unlike":
        return False
    from recado.rules.matching import commons, nicknames  # noqa: PLC0415
    from recado.rules.matching.names import parsed  # noqa: PLC0415

    firsts = [parsed(one or "").tokens[0].text for one in (name, other)]
    return all(commons.is_given(first) or nicknames.has(first) for first in firsts)


def _says(name: str | None) -> bool:
    return sum(map(str.isalpha, name or "")) > 1


def ranked(name: str | None, links: Iterable[Link]) -> list[Link]:
    """Those whom the name fits best: one, or several whom it fits as well."""
    ranks = [(rank, link) for link in links if (rank := _rank(name, link.name)) is not None]
    best = max((rank for rank, _ in ranks), default=None)
    return rooted([link for rank, link in ranks if rank == best])


def _rank(name: str | None, other: str | None) -> tuple[bool, ...] | None:
    """How well two names fit, to be compared: "João" is João Silva sooner than João Pedro Silva."""
    how = fit(name, other)
    if how not in ("same", "may"):
        return None
    if name == other:
        return (True,) * 5
    from recado.rules.matching.agreement import agreement  # noqa: PLC0415
    from recado.rules.matching.names import parsed  # noqa: PLC0415

    found = agreement(parsed(name or ""), parsed(other or ""))
    generation = found.generation != "one" or found.family != "same"
    return (how == "same", found.given == "same", found.family == "same", generation, not found.flaws)
