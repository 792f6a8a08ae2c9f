"""A person who reaches a clinic, and the contact points that lead to them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from recado.model.record import Instant, Record, Versioned
from recado.model.tenant import Language

System = Literal["phone", "bsuid", "email"]
Purpose = Literal["care", "marketing"]


class ContactPoint(Record):
    """An address at which a person is reached (FHIR ContactPoint): `value` is canonical, for matching."""

    system: System
    value: str


class Patient(Versioned):
    """A person, known as a lead until a visit is booked (R21)."""

    id: str
    name: str | None = None
    language: Language | None = None
    kind: Literal["lead", "patient"] = "lead"
    contact_points: tuple[ContactPoint, ...] = ()
    opted_out: frozenset[Purpose] = Field(default_factory=frozenset)
    created_at: Instant

    @property
    def phone(self) -> str | None:
        """The first phone number, E.164."""
        return next((point.value for point in self.contact_points if point.system == "phone"), None)


class Link(Record):
    """Who is behind a contact point, with what a caller lookup needs to know of them."""

    patient: str
    name: str | None = None
    language: Language | None = None


class Question(Record):
    """What we last asked at a contact point about an appointment: a short answer there answers this."""

    appointment: str
    appointment_version: int
    patient: str
    communication: str
    asked_at: Instant


class Upcoming(Record):
    """A booked appointment of somebody behind a contact point."""

    appointment: str
    patient: str
    start: Instant
    timezone: str
    practitioner: str


class ContactPointView(Record):
    """All that hangs on the contact points of one sender: the people, the open questions, what is next."""

    links: tuple[Link, ...] = ()
    questions: tuple[Question, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
