"""Visits as calendars understand them: iCalendar (RFC 5545), and its invitations (RFC 5546).

Minimal content: a calendar is often shared, and shown on locked screens. What it is called is the clinic's
name; nobody's speciality, type of visit or reason is in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, vCalAddress
from icalendar import Event as Component

PRODUCT: Final = "-//Recado//Visits//EN"
AROUND: Final = timedelta(days=400)
"""So far around its events a zone's changes of clocks are told: a year of them, whichever way it goes."""


class Event(NamedTuple):
    """One visit. `id` stays the same for as long as it is that visit; `sequence` grows when it is put
    anew."""

    id: str
    sequence: int
    begins: datetime
    ends: datetime
    timezone: str
    summary: str
    location: str = ""
    cancelled: bool = False


def invitation(event: Event, sender: str, to: str, at: datetime) -> tuple[str, str]:
    """The object that a mail carries, and its method: to note a visit, to move it, or to strike it out."""
    method = "CANCEL" if event.cancelled else "REQUEST"
    calendar = _calendar([event], at)
    calendar.add("method", method)
    (component,) = calendar.walk("VEVENT")
    component.add("organizer", vCalAddress(f"mailto:{sender}"))
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["RSVP"] = "FALSE"
    component.add("attendee", attendee)
    return calendar.to_ical().decode(), method


def feed(events: Iterable[Event], name: str, at: datetime) -> str:
    """A calendar to subscribe to; `at`: when it was last anything else."""
    calendar = _calendar(list(events), at)
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(name))
    return str(calendar.to_ical().decode())


def _plain(words: str) -> str:
    """On one line, and of characters that can be seen: the library refuses others."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def _calendar(events: list[Event], at: datetime) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for zone in sorted({one.timezone for one in events}):
        calendar.add_component(_zone(zone, [one for one in events if one.timezone == zone]))
    for one in events:
        calendar.add_component(_component(one, at))
    return calendar


def _zone(name: str, events: list[Event]) -> Timezone:
    """Whoever reads it needs no tables of zones, and reads what ours say."""
    first: date = (min(one.begins for one in events) - AROUND).date()
    last: date = (max(one.ends for one in events) + AROUND).date()
    return Timezone.from_tzinfo(ZoneInfo(name), name, first, last)


def _component(event: Event, at: datetime) -> Component:
    zone, made = ZoneInfo(event.timezone), Component()
    made.add("uid", f"{event.id}@recado")
    made.add("sequence", event.sequence)
    made.add("dtstamp", at.astimezone(UTC))
    made.add("dtstart", event.begins.astimezone(zone))
    made.add("dtend", event.ends.astimezone(zone))
    made.add("summary", _plain(event.summary))
    if event.location:
        made.add("location", _plain(event.location))
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("class", "PRIVATE")
    made.add("transp", "TRANSPARENT" if event.cancelled else "OPAQUE")
    return made
