"""What somebody is still to be asked for, so that nobody has to repeat themselves (R18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from recado.model.patient import Patient
from recado.rules.documents import is_document
from recado.rules.identity import canonical_phone
from recado.rules.known import Known, current
from recado.rules.told import is_profile

Purpose = Literal["booking", "registration"]
Wanted = Literal["name", "phone", "birth_date", "sex", "document", "street", "city", "postcode", "country"]

ASKED: Final[Mapping[Purpose, tuple[Wanted, ...]]] = {
    "booking": ("name", "phone", "birth_date"),
    "registration": (
        "name",
        "phone",
        "birth_date",
        "sex",
        "document",
        "street",
        "city",
        "postcode",
        "country",
    ),
}
"""What each takes, in the order in which it is asked. For a booking two things that identify somebody (WHO,
Patient Safety Solutions 2, 2007: patient identification) and where to reach them; for the papers the rest."""

PHONE_FRESH: Final = timedelta(days=365)
"""Since somebody was last heard at a number, or told it: by then it may be another's (FCC 18-177: 35 million
of the numbers of the US are given up in a year)."""


class Need(NamedTuple):
    """What to ask for: it is `missing`, or `stale` and to be confirmed."""

    field: Wanted
    why: Literal["missing", "stale"]


def to_ask(
    records: Sequence[Patient], purpose: Purpose, now: datetime, heard: Mapping[str, datetime]
) -> tuple[Need, ...]:
    """What to ask the person whose records these are, and nothing that is known.

    `heard`: when they last wrote or called, by line (model.contact.Contact.heard_at).
    """
    known = {one.field: one for one in current(records, now)}
    found: list[Need] = []
    for field in ASKED[purpose]:
        why = _phone(records, now, heard) if field == "phone" else _why(known, field)
        if why:
            found.append(Need(field, why))
    return tuple(found)


def _why(known: Mapping[str, Known], field: Wanted) -> Literal["missing", "stale"] | None:
    if field == "document":
        return None if any(is_document(name) for name in known) else "missing"
    if field == "name":
        return None if _is_named(known) else "missing"
    one = known.get(field)
    if one is None:
        return "missing"
    return "stale" if one.stale else None


def _is_named(known: Mapping[str, Known]) -> bool:
    """What somebody is called on a channel is a name where it has a given and a family name at least."""
    if "given_name" in known and "family_name" in known:
        return True
    name = known.get("name")
    return name is not None and (not is_profile("name", name.told) or len(name.told.value.split()) > 1)


def _phone(
    records: Sequence[Patient], now: datetime, heard: Mapping[str, datetime]
) -> Literal["missing", "stale"] | None:
    numbers = {point.value: one for one in records for point in one.live if point.system == "phone"}
    if not numbers:
        return "missing"
    said = [one.created_at for one in numbers.values()]
    there = [at for line, at in heard.items() if canonical_phone(line.rpartition("/")[2]) in numbers]
    return "stale" if now - max((*said, *there)) > PHONE_FRESH else None
