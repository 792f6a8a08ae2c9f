"""Who sees patients, for what, and when: a clinic's practitioners, types of visit, schedules and agendas.

FHIR's Practitioner, HealthcareService, Schedule. Slots are no records: they are worked out (rules/slots.py).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from recado.model.record import Instant, Record, Versioned
from recado.model.tenant import Language

Opening = Annotated[str, StringConstraints(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""Wall time at which something begins, `HH:MM`."""
Closing = Annotated[str, StringConstraints(pattern="^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
"""Wall time at which something ends; 24:00 is the end of the day."""

HORIZON: Final = 90
"""Days ahead that patients may book by themselves, unless the clinic says otherwise."""

LONGEST_BUFFER: Final = 240
"""Minutes."""


class Practitioner(Versioned):
    """Somebody who sees patients; one who is not `active` is booked no more."""

    id: str
    name: str
    """As patients know them."""
    active: bool = True
    languages: tuple[Language, ...] = ()


class AppointmentType(Versioned):
    """A type of visit, as the clinic offers it."""

    id: str
    name: str
    minutes: int = Field(ge=1, le=1440)
    buffer: int = Field(default=0, ge=0, le=LONGEST_BUFFER)
    """Minutes after it in which the practitioner is not booked."""
    active: bool = True
    bookable: bool = False
    """Whether patients may book it by themselves."""
    practitioners: tuple[str, ...] = ()
    """Ids of those who do it; none named: all."""
    preparation: dict[Language, str] = Field(default_factory=dict)
    """What to do before it, in the clinic's own words."""


class Span(Record):
    """A part of a day, by the clock on the wall: `begins` belongs to it, `ends` does not. Over midnight it is
    two. `types`: ids of what may be booked then; none named: all."""

    begins: Opening
    ends: Closing
    types: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.begins >= self.ends:
            raise ValueError("A span ends after it begins, on the same day.")
        return self


class WeeklySpan(Span):
    """What recurs each week; `weekday` 0 is Monday."""

    weekday: int = Field(ge=0, le=6)


class SpecialDay(Record):
    """A date on which the week does not hold: these spans do, or none. It goes before the clinic's closed
    days."""

    day: date
    spans: tuple[Span, ...] = ()


class Schedule(Versioned):
    """When a practitioner can be booked. One without it is booked at any time, and nothing is checked."""

    practitioner: str
    location: str = ""
    """Where, as patients know it."""
    timezone: str | None = None
    """IANA name of the zone in which the spans are meant; none: the clinic's."""
    weekly: tuple[WeeklySpan, ...] = ()
    special: tuple[SpecialDay, ...] = ()
    grid: int = Field(default=15, ge=5, le=240)
    """Minutes between the times at which a visit may begin, counted from the beginning of each span."""
    capacity: int = Field(default=1, ge=1, le=50)
    """So many are seen at once."""
    valid_from: date | None = None
    valid_until: date | None = None
    """The last day of it."""
    lead_minutes: int = Field(default=120, ge=0, le=60 * 24 * 30)
    """Patients book by themselves no later than so long before."""
    horizon_days: int = Field(default=HORIZON, ge=1, le=366)
    """Nor further ahead than so many days."""
    entered: bool = False
    """Whether the visits that were booked before there was a schedule are in the agendas."""


class Taken(Record):
    """Time of a practitioner's that is not free: a visit's with the buffer after it, or held for an offer."""

    by: str
    """The id of the appointment, or of the offer."""
    begins: Instant
    ends: Instant
    until: Instant | None = None
    """When a hold lapses by itself; none: it is a visit's."""


class Agenda(Versioned):
    """What is taken of a practitioner on a day of UTC, so that no clock change or other zone moves it.

    A visit that two days share is noted in both.
    """

    practitioner: str
    day: date
    taken: tuple[Taken, ...] = ()
