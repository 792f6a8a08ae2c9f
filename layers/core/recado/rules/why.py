"""Why a contact point is somebody's, and in what two records differ: for people to judge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from recado.model.communication import Communication
from recado.model.contact_point import NUMBERS, ContactPoint
from recado.model.patient import Patient
from recado.rules.identity import canonical_phone
from recado.rules.patients import profile_of


class Reached(NamedTuple):
    """A contact point, since when it is known, and by which channel; "" where nothing was heard there."""

    point: ContactPoint
    since: datetime
    by: str


def reached(record: Patient, first: Iterable[Communication]) -> tuple[Reached, ...]:
    """Where a record is reached; `first` are its earliest communications, in order."""
    heard = [one for one in first if one.address]
    return tuple(_reached(record, point, heard) for point in record.live if point.system not in NUMBERS)


def _reached(record: Patient, point: ContactPoint, heard: Iterable[Communication]) -> Reached:
    for one in heard:
        if point.value in (one.address, one.address.lower(), canonical_phone(one.address)):
            return Reached(point, one.at, one.channel)
    return Reached(point, record.created_at, "")


def differing(one: Patient, other: Patient) -> tuple[str, ...]:
    """The fields of which both say something else."""
    mine, others = said_of(one), said_of(other)
    return tuple(field for field in mine if field in others and mine[field] != others[field])


def said_of(record: Patient) -> dict[str, str]:
    """What a record says of its person, by field; documents by their kind."""
    profile = profile_of(record).model_dump(exclude={"points", "seen_at"})
    documents = {field: told.value for field, told in record.told.items() if "/" in field}
    return {field: value for field, value in {**profile, **documents}.items() if value}
