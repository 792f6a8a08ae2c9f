"""Who is on the waiting list, for what, and who comes first. Pure: each function takes an entry and gives the
next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Literal, NamedTuple

from recado.errors import Conflict, Invalid
from recado.model.schedule import AppointmentType, Practitioner
from recado.model.waiting import WaitingEntry
from recado.rules import times
from recado.rules.day_parts import slot_of
from recado.rules.practitioners import does

Standing = Literal["open", "late", "booked", "over"]
"""How an answer stands to the entry that was asked: see `standing`."""


class Time(NamedTuple):
    """A time of somebody's that a visit may have."""

    practitioner: Practitioner
    begins: datetime
    timezone: str


def in_order(entries: Iterable[WaitingEntry]) -> list[WaitingEntry]:
    """Who comes first: whom the clinic has raised, then who has waited longest, then who was asked least."""
    return sorted(entries, key=lambda one: (-one.priority, one.since, one.offers, one.id))


def fits(entry: WaitingEntry, time: Time, kind: AppointmentType) -> bool:
    """Whether it is with whom, on a day and at an hour that they said suits them."""
    if not does(time.practitioner, kind) or kind.id != entry.type_id:
        return False
    if entry.practitioners and time.practitioner.id not in entry.practitioners:
        return False
    day = times.wall(time.begins, time.timezone).date()
    if (entry.earliest and day < entry.earliest) or (entry.latest and entry.latest < day):
        return False
    if entry.weekdays and day.weekday() not in entry.weekdays:
        return False
    return not entry.parts or slot_of(time.begins, time.timezone).part in entry.parts


def checked(entry: WaitingEntry, timezone: str, now: datetime) -> WaitingEntry:
    """The entry as it is stored, due when no day is left. Raises Invalid that names `latest`."""
    if entry.latest is None:
        return entry.model_copy(update={"due_at": None})
    if entry.earliest and entry.latest < entry.earliest:
        raise Invalid("latest", "This is before the first day that suits.")
    ends = times.instant(datetime.combine(entry.latest + timedelta(days=1), time()), timezone)
    if ends <= now:
        raise Invalid("latest", "This day is past.")
    return entry.model_copy(update={"due_at": ends})


def joined(known: WaitingEntry | None, wanted: WaitingEntry, now: datetime) -> WaitingEntry:
    """The entry of somebody who comes onto the list. Who is on it keeps their place, and what was said of it;
    who was on it once comes anew."""
    if known is None:
        return wanted.model_copy(update={"since": now})
    kept = {name: getattr(known, name) for name in ("version", "offers", "offer", "created_by")}
    if known.state in ("waiting", "offered"):
        kept |= {name: getattr(known, name) for name in ("since", "state", "priority", "reason")}
    return wanted.model_copy(update={"since": now, **kept})


def raised(entry: WaitingEntry, priority: int, reason: str) -> WaitingEntry:
    """The entry with a priority that the clinic gives it. Raises Conflict when it is not on the list."""
    refuse_unless_open(entry)
    return entry.model_copy(update={"priority": priority, "reason": reason})


def asked(entry: WaitingEntry, offer: str) -> WaitingEntry:
    """The entry of somebody who is offered a time now."""
    return entry.model_copy(update={"state": "offered", "offer": offer, "offers": entry.offers + 1})


def back(entry: WaitingEntry) -> WaitingEntry:
    """The entry of somebody who does not get what they were offered: their place is what it was."""
    return entry.model_copy(update={"state": "waiting"})


def booked(entry: WaitingEntry, appointment: str, now: datetime) -> WaitingEntry:
    """The entry of somebody who has their time."""
    return entry.model_copy(update={"state": "booked", "appointment": appointment, "ended_at": now})


def left(entry: WaitingEntry, now: datetime) -> WaitingEntry:
    """The entry of somebody who does not wait any more. Raises Conflict when they did not."""
    refuse_unless_open(entry)
    return entry.model_copy(update={"state": "left", "ended_at": now})


def expired(entry: WaitingEntry, now: datetime) -> WaitingEntry:
    """The entry of which no day is left."""
    return entry.model_copy(update={"state": "expired", "ended_at": now})


def erased(entry: WaitingEntry, now: datetime) -> WaitingEntry:
    """That there was one, of somebody who was erased."""
    over = entry if entry.state not in ("waiting", "offered") else left(entry, now)
    blank: dict[str, object] = {"reason": "", "instead_of": None, "appointment": None, "due_at": None}
    return over.model_copy(update={**blank, "erased_at": now})


def standing(entry: WaitingEntry, number: int) -> Standing:
    """How an answer about the entry's offer of this number stands: to one that is `open`, or to the latest,
    which lapsed or went to somebody else (`late`); the entry has its visit (`booked`) or is not on the list
    (`over`), or was made another offer since (`late`, too: nobody takes one time by answering of another)."""
    if entry.state == "booked":
        return "booked"
    if entry.state == "offered" and number == entry.offers:
        return "open"
    return "late" if entry.state in ("waiting", "offered") else "over"


def refuse_unless_open(entry: WaitingEntry) -> None:
    """Raises Conflict when it is not on the list any more."""
    if entry.state not in ("waiting", "offered"):
        raise Conflict("This entry is not on the waiting list any more.")
