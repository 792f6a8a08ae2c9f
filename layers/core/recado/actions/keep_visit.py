"""A visit changes, and with it all that hangs on it: the one place where visits are saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from recado.model.appointment import Appointment, Touch
from recado.model.patient import Upcoming
from recado.rules import appointments as rules
from recado.store import appointments, patients, tenants
from recado.store.rows import Transaction


class Held(NamedTuple):
    """Time that was held for whoever books it now: by which offer, what had happened before the visit's own
    history, and what else is saved with the visit."""

    offer: str
    history: tuple[Touch, ...]
    settle: Callable[[Appointment, Transaction], None]


def keep_visit(
    tenant: str,
    before: Appointment | None,
    after: Appointment,
    now: datetime,
    within: Transaction | None = None,
    *,
    over: bool = False,
    held: Held | None = None,
) -> None:
    """Save a visit as it is now, its time in the practitioner's agenda, and what its patient sees of it.

    `before`: as it was loaded; none: it is new. `within`: the transaction of the whole step; none: only for a
    change of neither time nor state, which is saved alone. `over` as in keep_time. `held`: it
    takes the place of this hold.

    Raises SlotTaken when its time is another's. It, or the transaction, raises Stale when somebody else was
    faster.
    """
    appointments.save_appointment(tenant, after, within)
    if within is None:
        return
    _show(tenant, before, after, within)
    if rules.takes_otherwise(before, after):
        from recado.actions.keep_time import keep_time  # noqa: PLC0415 - few visits are of who has a schedule
        from recado.actions.note_freed import note_freed  # noqa: PLC0415

        keep_time(tenant, before, after, now, within, over=over, held=held.offer if held else None)
        note_freed(tenant, before, after, now, within)
    if held:
        held.settle(after, within)
    if tenants.get(tenant).notifies:
        from recado.actions.notify import notify  # noqa: PLC0415 - few clinics have subscribers

        notify(tenant, before, after, now, within)


def _show(tenant: str, before: Appointment | None, after: Appointment, within: Transaction) -> None:
    """Whoever looks up the patient's contact point sees the visits that are to come."""
    was, is_now = _shown(before), _shown(after)
    if was == is_now:
        return
    if was is not None and (is_now is None or was[0] != is_now[0]):
        patients.drop_upcoming(tenant, was[0], after.id, within)
    if is_now is not None:
        patients.note_upcoming(tenant, is_now[0], is_now[1], within)


def _shown(visit: Appointment | None) -> tuple[str, Upcoming] | None:
    """Where a visit is seen, and as what; none: it is not to come."""
    if visit is None or visit.status != "booked":
        return None
    return visit.contact_point, rules.upcoming(visit)
