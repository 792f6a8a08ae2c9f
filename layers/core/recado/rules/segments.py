"""Who is in a segment. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Final

from recado.errors import Conflict, Invalid
from recado.model.appointment import Appointment
from recado.model.patient import ANONYMOUS, Patient
from recado.model.segment import Query, Segment

MOST: Final = 100
"""Segments of a clinic."""
_CAME: Final = ("arrived", "fulfilled")


def checked(query: Query, types: Collection[str]) -> Query:
    """The query, as it may be stored; `types`: the clinic's. Raises Invalid that names a field."""
    if "household" in query.kinds:
        raise Invalid("query.kinds", "A household is nobody to write to.")
    if not query.kinds:
        raise Invalid("query.kinds", "Say of what kind at least one of them is.")
    if None not in (query.age_from, query.age_to) and (query.age_from or 0) > (query.age_to or 0):
        raise Invalid("query.age_to", "This is below the youngest.")
    if query.type_id is not None and query.type_id not in types:
        raise Invalid("query.type_id", "There is no such type of visit.")
    least, most = query.seen_before_days, query.seen_within_days
    if least is not None and most is not None and least > most:
        raise Invalid("query.seen_within_days", "Nobody was last seen both before and after.")
    return query


def refuse_many(known: Sequence[Segment], name: str) -> None:
    """Raises Conflict where the clinic has had enough of them, or one of this name."""
    if len(known) >= MOST:
        raise Conflict(f"{MOST} segments at most.")
    if any(one.name.casefold() == name.casefold() for one in known):
        raise Conflict("Another segment has this name.", field="name")


def may_be_in(query: Query, patient: Patient, language: str, today: date) -> bool:
    """Whether somebody may be in it by what their record says; `language`: the clinic's.

    Of several records of a person only the first counts, so that nobody is in it twice.
    """
    if patient.id == ANONYMOUS or patient.person is not None or patient.kind not in query.kinds:
        return False
    if query.languages and (patient.language or language) not in query.languages:
        return False
    if query.age_from is None and query.age_to is None:
        return True
    age = age_of(patient, today)
    return age is not None and (query.age_from or 0) <= age <= (
        query.age_to if query.age_to is not None else age
    )


def asks_visits(query: Query) -> bool:
    """Whether it takes their visits to say."""
    days = query.seen_before_days, query.seen_within_days, query.type_id
    return query.nothing_booked or query.missed_last or any(one is not None for one in days)


def is_in(query: Query, visits: Sequence[Appointment], now: datetime) -> bool:
    """Whether somebody is in it by their visits: all of them, of whichever record."""
    if query.nothing_booked and any(one.status == "booked" and one.start > now for one in visits):
        return False
    of_type = [one for one in visits if query.type_id in (None, one.type_id)]
    was = sorted((one for one in of_type if one.start <= now), key=lambda one: one.start)
    if query.missed_last:
        ended = [one for one in was if one.status in (*_CAME, "noshow")]
        if not ended or ended[-1].status != "noshow":
            return False
    came = [one for one in was if one.status in _CAME]
    if query.seen_before_days is None and query.seen_within_days is None:
        return query.type_id is None or query.missed_last or bool(came)
    days = (now - came[-1].start).days if came else None
    return days is not None and _fits(query, days)


def _fits(query: Query, days: int) -> bool:
    long_enough = query.seen_before_days is None or days >= query.seen_before_days
    return long_enough and (query.seen_within_days is None or days <= query.seen_within_days)


def age_of(patient: Patient, today: date) -> int | None:
    """In whole years; none: nobody has told it."""
    told = patient.told.get("birth_date")
    if told is None:
        return None
    try:
        born = date.fromisoformat(told.value)
    except ValueError:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
