"""Visits as calendars read them."""

from __future__ import annotations

import email
from datetime import UTC, datetime, timedelta
from email.policy import default
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from recado.channels import Outgoing
from recado.channels.calendars import Event, feed, invitation
from recado.channels.email_send import compose

from tests.samples import NOW

CLINIC, MARIA = "clinica@boavista.example", "maria@example.com"
VISIT = Event(
    "avisit",
    1,
    datetime(2026, 11, 30, 12, 30, tzinfo=UTC),
    datetime(2026, 11, 30, 13, 0, tzinfo=UTC),
    "America/Sao_Paulo",
    "Clínica Boa Vista",
)


def read(text: str) -> Any:
    """The object as the library reads it back: its one event, and all of it."""
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_an_invitation_says_when_and_where_and_nothing_of_why() -> None:
    text, method = invitation(VISIT, CLINIC, MARIA, NOW)
    calendar, event = read(text)
    assert (method, calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "REQUEST", "2.0")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("avisit@recado", 1, "CONFIRMED")
    assert event["DTSTART"].dt == VISIT.begins
    assert event["DTSTART"].params["TZID"] == "America/Sao_Paulo"
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime(2026, 11, 30, 9, 30)  # noqa: DTZ001
    assert (event["SUMMARY"], event["CLASS"]) == ("Clínica Boa Vista", "PRIVATE")
    assert (event["ORGANIZER"], event["ATTENDEE"]) == (f"mailto:{CLINIC}", f"mailto:{MARIA}")
    assert {"DESCRIPTION", "COMMENT", "CATEGORIES"}.isdisjoint(event)


def test_a_visit_moved_or_called_off_is_the_same_event_with_a_higher_sequence() -> None:
    _, moved = read(invitation(VISIT._replace(sequence=2), CLINIC, MARIA, NOW)[0])
    text, method = invitation(VISIT._replace(sequence=3, cancelled=True), CLINIC, MARIA, NOW)
    calendar, gone = read(text)
    assert (moved["UID"], moved["SEQUENCE"]) == ("avisit@recado", 2)
    assert (method, calendar["METHOD"]) == ("CANCEL", "CANCEL")
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == ("avisit@recado", 3, "CANCELLED")


ZONES = [
    "America/Sao_Paulo",
    "Europe/Madrid",
    "Europe/Lisbon",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "UTC",
]


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - made UTC below
)
def test_the_zone_that_goes_with_it_gives_the_same_moment(zone: str, at: datetime) -> None:
    """By the zone's own changes of clocks in the file: whoever reads it needs no tables."""
    begins = at.replace(tzinfo=UTC, microsecond=0)
    event = VISIT._replace(begins=begins, ends=begins + timedelta(minutes=30), timezone=zone)
    text, _ = invitation(event, CLINIC, MARIA, NOW)
    calendar, _ = read(text)
    wall = begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if zone == "UTC":
        return
    (told,) = calendar.walk("VTIMEZONE")
    assert told["TZID"] == zone
    offset = told.to_tz(lookup_tzid=False).utcoffset(wall)
    assert offset is not None
    earlier, later = begins.astimezone(ZoneInfo(zone)).utcoffset(), wall
    # A wall time that clocks show twice is either of two moments.
    twice = ZoneInfo(zone).utcoffset(later) != ZoneInfo(zone).utcoffset(later.replace(fold=1))
    assert twice or offset == earlier


def test_lines_are_folded_and_end_as_the_format_wants() -> None:
    text = feed([VISIT._replace(summary="á" * 200)], "Dra. Costa", NOW)
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert read(text)[1]["SUMMARY"] == "á" * 200


@given(st.text(max_size=300))
def test_no_name_breaks_out_of_its_line(name: str) -> None:
    text = feed([VISIT._replace(summary=name)], name, NOW)
    calendar = Calendar.from_ical(text)
    assert len(calendar.walk("VEVENT")) == 1
    assert calendar.walk("VALARM") == []


def test_an_empty_feed_is_a_calendar_too() -> None:
    calendar = Calendar.from_ical(feed([], "Dra. Costa", NOW))
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"], calendar.walk("VEVENT")) == (
        "PUBLISH",
        "Dra. Costa",
        [],
    )


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_mail_carries_it_as_an_alternative_that_programs_act_on(cancelled: bool) -> None:
    told = invitation(VISIT._replace(cancelled=cancelled), CLINIC, MARIA, NOW)
    outgoing = Outgoing("ref", MARIA, "A sua visita", subject="Visita", calendar=told)
    raw = compose(CLINIC, {}, outgoing, "us-east-1")
    mail = email.message_from_bytes(raw, policy=default)
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html", "text/calendar"]
    part = list(mail.walk())[3]
    assert part.get_param("method") == ("CANCEL" if cancelled else "REQUEST")
    assert read(part.get_content())[1]["UID"] == "avisit@recado"
