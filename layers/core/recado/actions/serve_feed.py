"""What whoever has the address of a practitioner's calendar sees: when they are busy, and nothing of whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from recado import texts
from recado.channels.calendars import Event, feed
from recado.errors import NotFound
from recado.model.schedule import Agenda
from recado.rules.feeds import opens
from recado.rules.slots import zone_of
from recado.store import agendas, feeds, schedules, tenants

BEFORE, AFTER = timedelta(days=7), timedelta(days=90)
"""So much of the past and of what is to come is in it."""


class Served(NamedTuple):
    """The calendar, and a name for exactly this content (ETag)."""

    content: str
    tag: str


def serve_feed(tenant: str, practitioner: str, secret: str, now: datetime) -> Served:
    """The calendar. It is made of the practitioner's agenda alone, where no patient is.

    Raises NotFound for a wrong secret, as for a practitioner or a clinic that there is not.
    """
    known = feeds.find(tenant, practitioner)
    if known is None or not opens(known, secret):
        raise NotFound
    practice, clinic = schedules.recent(tenant), tenants.get(tenant)
    who = practice.practitioners.get(practitioner)
    if who is None:
        raise NotFound
    zone = zone_of(clinic, practice.schedules.get(practitioner))
    first, last = (now - BEFORE).date(), (now + AFTER).date()
    taken = agendas.some(tenant, practitioner, first, last)
    events = list(_events(taken, zone, texts.render("busy", clinic.language)))
    content = feed(events, who.name, known.created_at)
    return Served(content, hashlib.sha256(content.encode()).hexdigest()[:32])


def _events(taken: list[Agenda], zone: str, busy: str) -> Iterator[Event]:
    """What two days share is noted in both, and is one. What is only held is not."""
    kept = {one.by: one for agenda in taken for one in agenda.taken if one.until is None}
    for one in sorted(kept.values(), key=lambda each: (each.begins, each.by)):
        yield Event(one.by, 0, one.begins, one.ends, zone, busy)
