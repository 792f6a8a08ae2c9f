"""What one demo clinic has behind it: eight weeks of visits, kept and missed. From them it has learned who is
likelier to miss theirs, and knows how long an experiment would take.

Imported only by the process that has the tables' names in its environment (see seed.py).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from recado.actions.admit import Admission, Person, admit, store
from recado.actions.book import book
from recado.actions.foresee import foresee
from recado.actions.place_visit import Visit
from recado.actions.zones import TZ_VERSION
from recado.errors import Stale
from recado.model.appointment import Appointment
from recado.rules import times
from recado.store import appointments, risks, tenants
from recado.store.rows import transaction

from infra.local.clinics import CLINICS

CLINIC: Final = "aurora"
ABOUT: Final = next(one for one in CLINICS if one.id == CLINIC)
BY: Final = "agent:sara"
FIRST: Final = ("Alba", "Bruno", "Cleo", "Dario", "Emma", "Furio", "Gaia", "Ivo")
LAST: Final = ("Riva", "Serra", "Tosi", "Urso", "Vanni", "Zorzi")
WITH: Final = (("giulia-conti", "Dott.ssa Giulia Conti"), ("marco-ferri", "Dott. Marco Ferri"))
KIND: Final[dict[str, Any]] = {"type": "Visita", "type_id": "visita", "minutes": 30}
TIMES: Final = 2
"""Visits of each."""
DAYS: Final = 55
LEADS: Final = (1, 4, 11, 26)
"""Days before, when they were booked …"""
MISSED: Final = {1: 0, 4: 1, 11: 3, 26: 5}
"""… and how many of ten were missed."""
COMING: Final = 6
"""Visits of the next three days."""


class Past(NamedTuple):
    """Somebody's visit of so many days ago, booked so many days before."""

    who: int
    turn: int
    ago: int
    lead: int

    @property
    def was_missed(self) -> bool:
        return (self.who * 3 + self.turn * 7) % 10 < MISSED[self.lead]


def people() -> list[Person]:
    """All of them, known by a name and a number of theirs alone."""
    names = (f"{first} {last}" for first, last in product(FIRST, LAST))
    return [Person(name, f"+39065550{number:04d}") for number, name in enumerate(names, start=1001)]


def pasts(who: int) -> Iterator[Past]:
    """The visits of one of them."""
    for turn in range(TIMES):
        yield Past(who, turn, 1 + (who * 11 + turn * 29) % DAYS, LEADS[(who + turn) % len(LEADS)])


def write_history(now: datetime) -> None:
    """The clinic's history, what is booked for the next days, and how likely each is missed; unless it is
    there."""
    if risks.model(CLINIC) is not None:
        return
    known = people()
    for who, person in enumerate(known):
        admission = _admitted(person, now)
        for past in pasts(who):
            _keep(past, admission, now)
    for number in range(COMING):
        _book(known[number * 7], number, now)
    page = foresee(CLINIC, now)
    while page.next:
        page = foresee(CLINIC, now, page.next)


def _admitted(person: Person, now: datetime) -> Admission:
    who = admit(CLINIC, tenants.get(CLINIC), person, now, author=BY)
    with transaction() as work:
        store(CLINIC, who, work)
    return who


def _keep(past: Past, who: Admission, now: datetime) -> None:
    """A visit as it is when it is over: nothing is due any more."""
    start = _start(-past.ago, past.who, now)
    practitioner_id, practitioner = WITH[past.who % len(WITH)]
    named = {"practitioner": practitioner, "practitioner_id": practitioner_id, **KIND}
    visit = Appointment(
        id=f"ahistory{past.who:02d}{past.turn}",
        patient=who.patient.id,
        patient_name=who.name,
        language="it",
        **named,
        start=start,
        local_start=times.shown(times.wall(start, ABOUT.timezone)),
        timezone=ABOUT.timezone,
        tz_version=TZ_VERSION,
        status="noshow" if past.was_missed else "fulfilled",
        channel="whatsapp",
        account=ABOUT.whatsapp,
        address=who.point.value.removeprefix("+"),
        contact_point=f"{who.point.system}#{who.point.value}",
        created_at=start - timedelta(days=past.lead),
        created_by=BY,
    )
    with contextlib.suppress(Stale):  # it is there
        appointments.save_appointment(CLINIC, visit)


def _book(person: Person, number: int, now: datetime) -> None:
    start = _start(1 + number % 3, number, now)
    practitioner_id, _ = WITH[number % len(WITH)]
    wanted = Visit(start.isoformat(), practitioner_id=practitioner_id, type_id=KIND["type_id"], over=True)
    book(CLINIC, person, wanted, now, author=BY, once=f"history-{number}")


def _start(days: int, number: int, now: datetime) -> datetime:
    """Some morning so many days from now, but on no Sunday."""
    day = now.astimezone(ZoneInfo(ABOUT.timezone)) + timedelta(days=days)
    day -= timedelta(days=day.weekday() == 6 and days < 0)
    return day.replace(hour=8 + number % 5, minute=30 * (number % 2), second=0, microsecond=0)
