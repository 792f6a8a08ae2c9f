"""Contact points in the form in which two spellings of one meet."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from recado.model.contact_point import ContactPoint
from recado.rules.identity import canonical_phone

MAIL: Final = frozenset({"email", "unverified_email"})
SHARED: Final = frozenset({"phone", *MAIL})
"""Points that a family may share; all others are somebody's own."""
NUMBERS: Final = frozenset({"document", "ehr"})
# Google: dots in the name of a Gmail address, and what follows a plus, do not matter.
_DOTLESS: Final = frozenset({"gmail.com", "googlemail.com"})


@lru_cache(maxsize=20_000)
def spelled(system: str, value: str) -> str:
    """The value as it is compared; empty where nobody's can look like that (`000.000.000-00`, `-`)."""
    if system in MAIL:
        return _mail(value)
    if system == "document":
        return _unless_filler(re.sub(r"[\W_]", "", value).upper(), 5)
    if system == "phone":
        return _unless_filler(canonical_phone(value), 8)
    return value.strip()


def met(points: tuple[ContactPoint, ...]) -> list[tuple[str, str]]:
    """Each point once, as it is compared."""
    found = [(point.system, spelled(point.system, point.value)) for point in points]
    return list(dict.fromkeys(point for point in found if point[1]))


def _mail(value: str) -> str:
    local, at, host = value.strip().casefold().rpartition("@")
    local = local.partition("+")[0]
    if not (local and at and "." in host):
        return ""
    return f"{local.replace('.', '')}@gmail.com" if host in _DOTLESS else f"{local}@{host}"


def _unless_filler(value: str, shortest: int) -> str:
    """What fields that must be filled in are filled with is nobody's number."""
    return value if len(value) >= shortest and len(set(value.lstrip("+"))) > 1 else ""
