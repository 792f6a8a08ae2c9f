"""A visit takes a practitioner's time, or gives it back."""

from __future__ import annotations

from datetime import date, datetime

from recado.errors import SlotTaken
from recado.model.appointment import Appointment
from recado.model.schedule import Agenda, Taken
from recado.rules import agendas as rules
from recado.rules.agendas import Place
from recado.store import agendas, schedules
from recado.store.rows import Transaction

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
    kept = practice.schedules
    was, is_now = rules.place(before), rules.place(after, practice.types.get(after.type_id or ""))
    loaded: Loaded = {}
    if was is not None and was.practitioner in kept:
        # A type's buffer may have been longer then.
        _load(tenant, loaded, was._replace(ends=was.ends + rules.LONGEST_BUFFER))
    if is_now is not None and is_now.practitioner in kept:
        _load(tenant, loaded, is_now)
    changed = {where: rules.freed(agenda, after.id, held or after.id) for where, agenda in loaded.items()}
    if is_now is not None and is_now.practitioner in kept:
        taken = Taken(by=after.id, begins=is_now.begins, ends=is_now.ends)
        _take(changed, is_now, taken, None if over else kept[is_now.practitioner].capacity, now)
    agendas.save_agendas(tenant, (one for where, one in changed.items() if one != loaded[where]), within)


def _load(tenant: str, into: Loaded, place: Place) -> None:
    for day in rules.days(place.begins, place.ends):
        if (place.practitioner, day) not in into:
            into[place.practitioner, day] = agendas.get(tenant, place.practitioner, day)


def _take(changed: Loaded, place: Place, taken: Taken, capacity: int | None, now: datetime) -> None:
    """`capacity`: how many fit at once; none: one more always does. Raises SlotTaken."""
    days = [(place.practitioner, day) for day in rules.days(place.begins, place.ends)]
    others = [one for where in days for one in changed[where].taken]
    if capacity is not None and not rules.is_free(place.begins, place.ends, others, capacity, now):
        raise SlotTaken
    for where in days:
        changed[where] = rules.with_taken(changed[where], taken, now)
