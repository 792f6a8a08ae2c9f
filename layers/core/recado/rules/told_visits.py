"""What another system says of a visit, and what that asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from recado.errors import Conflict
from recado.model.appointment import Appointment, AppointmentStatus
from recado.model.visit_name import VisitName

Step = Literal["move", "cancel", "confirm", "arrived", "fulfilled", "noshow"]


class ToldPatient(NamedTuple):
    """Who is to come: by our id (`id`), by what their system calls them (`known_as`, `<system>|<id>`), or as
    somebody with this name and number."""

    id: str = ""
    known_as: str = ""
    name: str = ""
    phone: str = ""
    language: str | None = None


class ToldVisit(NamedTuple):
    """A visit as its system says that it is by now. `start`: wall time at the clinic, or with an offset."""

    system: str
    value: str
    status: AppointmentStatus
    start: str
    patient: ToldPatient
    told_at: datetime | None = None
    minutes: int | None = None
    practitioner: str = ""
    practitioner_id: str | None = None
    type: str = ""
    type_id: str | None = None
    confirmed: bool = False
    origin: str = ""
    """As in VisitName."""


def is_late(known: VisitName, told: ToldVisit) -> bool:
    """Whether we have heard something newer of this visit. What has no time is news whenever it comes."""
    return told.told_at is not None and known.told_at is not None and told.told_at < known.told_at


def heard(known: VisitName, told: ToldVisit, appointment: str | None) -> VisitName:
    """The name after this was said of it."""
    return known.model_copy(
        update={
            "appointment": appointment,
            "told_at": told.told_at or known.told_at,
            "withdrawn": told.status == "cancelled" and appointment is None,
            "origin": known.origin if known.version else told.origin,
        }
    )


def steps(known: Appointment, told: ToldVisit, start: datetime) -> Iterator[Step]:
    """What makes our visit theirs, in order; nothing where it is so. `start`: when theirs begins.

    Raises Conflict where it cannot be: what is over here, another system does not begin again.
    """
    elsewhere = told.practitioner_id not in (None, known.practitioner_id)
    if known.status == "booked" and told.status != "cancelled" and (start != known.start or elsewhere):
        yield "move"
    if told.status == "booked":
        if known.status != "booked":
            raise Conflict("This visit is over here. Book it under another identifier.", field="status")
        if told.confirmed and (known.confirmation != "confirmed" or start != known.start):
            yield "confirm"
    elif told.status == "cancelled":
        if known.status != "cancelled":
            yield "cancel"
    elif told.status != known.status:
        yield told.status
