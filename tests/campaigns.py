"""Campaigns at Boa Vista, for tests: people who were seen once, a year ago, and a recall of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from recado.actions.add_segment import add_segment
from recado.actions.admit import Person
from recado.actions.draft_campaign import Plan, draft_campaign, drop_campaign
from recado.actions.launch_campaign import launch_campaign
from recado.actions.record import record
from recado.actions.record_attendance import record_attendance
from recado.actions.remind import remind
from recado.actions.respond import respond
from recado.model.appointment import Appointment
from recado.model.campaign import Campaign
from recado.model.contact_point import ContactPoint
from recado.model.outreach import Outreach
from recado.model.segment import Query
from recado.rules.campaigns import is_held_out
from recado.store import contacts, outreach, patients, tenants

from tests.samples import NOW, received
from tests.visits import booked, written

SEEN = datetime.fromisoformat("2026-11-30T14:00:00+00:00")
"""After the visits that all of them had."""
YEAR = NOW + timedelta(days=400)
"""When they are recalled: a Tuesday, 11:00 in São Paulo."""
MINUTE = timedelta(minutes=1)
DUE = Query(seen_before_days=365)


def phone(number: int) -> str:
    """The number of the n-th of them, as providers give it."""
    return f"551198765{4000 + number}"


def seen(number: int, start: str | None = None) -> Appointment:
    """The n-th of them, who came to a visit a year ago."""
    at = start or f"2026-11-30T{8 + number // 12:02d}:{5 * (number % 12):02d}"
    visit = booked(Person(f"Paciente {number}", f"+{phone(number)}"), start=at)
    record_attendance("boavista", visit.id, "fulfilled", SEEN, author="agent:ana")
    return visit


def planned(now: datetime = YEAR, **changes: Any) -> Plan:
    """A recall of whoever was not seen for a year, with no control group unless told."""
    segment = add_segment("boavista", f"Um ano sem vir {now}", DUE, now, author="agent:ana")
    known: dict[str, Any] = {
        "name": "Um ano",
        "segment": segment.id,
        "purpose": "recall",
        "texts": (("recall", 0), ("recall_again", 3 * 24 * 60)),
        "days": 14,
        "control": 0.0,
        "per_hour": 3600,
    }
    return Plan(**{**known, **changes})


def drafted(now: datetime = YEAR, **changes: Any) -> Campaign:
    """The same, as a draft."""
    return draft_campaign("boavista", planned(now, **changes), now, author="agent:ana")


def launched(now: datetime = YEAR, **changes: Any) -> Campaign:
    """The same, running."""
    return _running(drafted(now, **changes), now)


def launched_on_both(visits: Sequence[Appointment], now: datetime = YEAR) -> Campaign:
    """The same, with a control group: by its lot some of these are held out, and some are not."""
    plan = planned(now, control=0.5)
    while True:
        draft = draft_campaign("boavista", plan, now, author="agent:ana")
        if len({is_held_out("boavista", draft, one.patient) for one in visits}) == 2:
            return _running(draft, now)
        drop_campaign("boavista", draft.id)


def _running(draft: Campaign, now: datetime) -> Campaign:
    made = launch_campaign("boavista", draft.id, now, author="agent:ana")
    tenants.forget()
    return made


def run(now: datetime, minutes: int = 3) -> datetime:
    """So many minutes' sweeps, every page of them; the moment after."""
    for _ in range(minutes):
        page = remind("boavista", now)
        while page.next:
            page = remind("boavista", now, page.next)
        assert page.failed == ()
        now += MINUTE
    return now


def everybody(campaign: Campaign) -> list[Outreach]:
    """All who are in it."""
    return outreach.of_source("boavista", f"campaign:{campaign.id}", 1000)[0]


def recalled(visit: Appointment) -> list[str]:
    """What they were written by campaigns: the texts."""
    return [one.template.name for one in written(visit.patient, "recall") if one.template]


def answers(number: int, text: str, now: datetime, **event: Any) -> str:
    """What the n-th of them says, and what is done about it; the id of the contact."""
    record("boavista", received(text, f"wamid.{number}.{now}", phone(number), **event), now)
    point = ContactPoint(system="phone", value=f"+{phone(number)}")
    contact = contacts.latest_contact("boavista", patients.view("boavista", point).links[0].patient)
    assert contact is not None
    respond("boavista", contact.id, now)
    return contact.id
