"""What one time of a visit adds to the numbers of its day."""

from __future__ import annotations

from recado.model.appointment import AppointmentStatus
from recado.model.record import Instant, Record


class VisitFact(Record):
    """A visit as it was put to one time (`schedule`); a newer version replaces an older one. Ids only.

    `off_at`: since when its time was free again, because it was cancelled, or `moved` to another one: then
    it counts for nothing but the time that it freed.
    """

    appointment: str
    schedule: int
    version: int
    patient: str
    channel: str
    practitioner: str = ""
    """Id of whose time it takes; "": of somebody that the clinic has not entered."""
    type: str = ""
    day: str
    """Of the calendar of where it is, `YYYY-MM-DD`."""
    start: Instant
    minutes: int
    put_at: Instant
    """When it was booked for this time, or moved to it."""
    status: AppointmentStatus
    off_at: Instant | None = None
    moved: bool = False
    reminded_from: Instant | None = None
    """When the first of its reminders went."""
