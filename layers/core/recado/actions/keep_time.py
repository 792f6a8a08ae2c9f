"""A visit takes a practitioner's time, or gives it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from recado.actions.suggest_times import suggest_times
from recado.errors import SlotTaken
from recado.model.appointment import Appointment
from recado.model.schedule import LONGEST_BUFFER, Agenda, AppointmentType, Taken
from recado.rules import agendas as rules
from recado.rules.agendas import Place
from recado.store import agendas, schedules
from recado.store.rows import Transaction
from recado.store.schedules import Practice

Loaded = dict[tuple[str, date], Agenda]


def keep_time(
    tenant: str,
    before: Appointment | None,
    after: Appointment,
    now: datetime,
    within: Transaction,
    *,
    over: bool = False,
    held: str | None = None,
) -> None:
    """Free what the visit took and take what it takes now, each in its own agenda, in one transaction.

    `over`: also where it is taken already. `held`: the offer whose hold it takes the place of. Nothing is
    kept for a practitioner without a schedule. Raises SlotTaken; the transaction raises Stale where somebody
    was faster: load the visit again and ask again.
    """
    practice = schedules.recent(tenant)
    was = _kept(practice, rules.place(before))
    wants = _kept(practice, rules.place(after, practice.types.get(after.type_id or "")))
    loaded: Loaded = {}
    if was is not None:
        # A type's buffer may have been longer then.
        _load(tenant, loaded, was._replace(ends=was.ends + timedelta(minutes=LONGEST_BUFFER)))
    if wants is not None:
        _load(tenant, loaded, wants)
    changed = {where: rules.freed(agenda, after.id, held or after.id) for where, agenda in loaded.items()}
    if wants is not None:
        if not over and not _fits(changed, wants, practice.schedules[wants.practitioner].capacity, now):
            raise SlotTaken(_others(tenant, practice, after, wants.practitioner, now))
        taken = Taken(by=after.id, begins=wants.begins, ends=wants.ends)
        changed |= {where: rules.with_taken(changed[where], taken, now) for where in _at(wants)}
    agendas.save_agendas(tenant, (one for where, one in changed.items() if one != loaded[where]), within)


def _kept(practice: Practice, place: Place | None) -> Place | None:
    """A place in the time of somebody who has a schedule."""
    return place if place and place.practitioner in practice.schedules else None


def _load(tenant: str, into: Loaded, place: Place) -> None:
    for day in rules.days(place.begins, place.ends):
        if (place.practitioner, day) not in into:
            into[place.practitioner, day] = agendas.get(tenant, place.practitioner, day)


def _at(place: Place) -> list[tuple[str, date]]:
    return [(place.practitioner, day) for day in rules.days(place.begins, place.ends)]


def _fits(agendas: Loaded, place: Place, capacity: int, now: datetime) -> bool:
    others = [one for where in _at(place) for one in agendas[where].taken]
    return rules.is_free(place.begins, place.ends, others, capacity, now)


def _others(
    tenant: str, practice: Practice, visit: Appointment, practitioner: str, now: datetime
) -> list[dict[str, str]]:
    unknown = AppointmentType(id="", name=visit.type, minutes=visit.minutes)
    kind = practice.types.get(visit.type_id or "", unknown)
    as_long = kind.model_copy(update={"minutes": visit.minutes})
    return suggest_times(tenant, practitioner, as_long, visit.start, now, moves=visit.id)
