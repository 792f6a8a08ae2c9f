"""The clinic says when a practitioner can be booked."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import datetime, timedelta
from typing import Final

from recado.actions.again import again
from recado.actions.find_slots import taken
from recado.actions.keep_visit import keep_visit
from recado.actions.walk_visits import walk_visits
from recado.errors import Invalid, Stale
from recado.model.appointment import Appointment
from recado.model.schedule import Schedule
from recado.rules import times
from recado.rules.practitioners import named
from recado.store import appointments, schedules, tenants
from recado.store.rows import transaction

AHEAD: Final = timedelta(days=366)
"""So far ahead we look for visits that were booked before there was a schedule."""


def set_schedule(tenant: str, wanted: Schedule, now: datetime, *, version: int | None = None) -> Schedule:
    """Store the schedule of `wanted.practitioner`; `version` as it was seen, 0 for the first.

    With the first one, the visits that they have already are entered in their agenda, whatever the schedule
    says of their times. Where that is cut short, storing it again does the rest.

    Raises NotFound, Stale, and Invalid that names `timezone`, `weekly`, `special` or `valid_until`.
    """
    schedules.practitioner(tenant, wanted.practitioner)
    held = schedules.schedule(tenant, wanted.practitioner)
    before = held or Schedule(practitioner=wanted.practitioner)
    if version is not None and version != before.version:
        raise Stale
    _check(wanted, schedules.practice(tenant).types.keys())
    changed = wanted.model_copy(update={"version": before.version, "entered": before.entered})
    if changed == held and changed.entered:
        return changed
    if changed != held:
        schedules.save_schedule(tenant, changed)
        changed = changed.model_copy(update={"version": before.version + 1})
    return changed if changed.entered else _enter(tenant, changed, now)


def _check(wanted: Schedule, types: Set[str]) -> None:
    if wanted.timezone is not None:
        times.known("timezone", wanted.timezone)
    days = [one.day for one in wanted.special]
    if len(set(days)) != len(days):
        raise Invalid("special", "Give each day once.")
    if not {kind for span in wanted.weekly for kind in span.types} <= types:
        raise Invalid("weekly", "There is no such type of visit.")
    if not {kind for one in wanted.special for span in one.spans for kind in span.types} <= types:
        raise Invalid("special", "There is no such type of visit.")
    if wanted.valid_from and wanted.valid_until and wanted.valid_until < wanted.valid_from:
        raise Invalid("valid_until", "It ends before it begins.")


def _enter(tenant: str, schedule: Schedule, now: datetime) -> Schedule:
    """Enter what is booked already, each visit in a transaction of its own."""
    known = {one.by for one in taken(tenant, schedule.practitioner, now, now + AHEAD)}
    for visit in _booked(tenant, schedule.practitioner, now):
        if visit.id not in known:
            _enter_one(tenant, visit.id, schedule.practitioner, now)
    done = schedule.model_copy(update={"entered": True})
    schedules.save_schedule(tenant, done)
    return done.model_copy(update={"version": schedule.version + 1})


def _booked(tenant: str, practitioner: str, now: datetime) -> Iterator[Appointment]:
    today = times.wall(now, tenants.get(tenant).timezone).date()
    people = schedules.practice(tenant).practitioners.values()
    for visit in walk_visits(tenant, today, today + AHEAD):
        meant = named(people, visit.practitioner)
        whose = visit.practitioner_id or (meant.id if meant else None)
        if visit.status == "booked" and whose == practitioner:
            yield visit


@again
def _enter_one(tenant: str, visit_id: str, practitioner: str, now: datetime) -> None:
    visit = appointments.get(tenant, visit_id)
    if visit.status != "booked" or visit.practitioner_id not in (None, practitioner):
        return
    nobodys = visit.model_copy(update={"practitioner_id": None})
    theirs = visit.model_copy(update={"practitioner_id": practitioner})
    with transaction() as work:
        keep_visit(tenant, nobodys, theirs, now, work, over=True)
