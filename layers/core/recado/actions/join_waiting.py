"""A patient comes onto the waiting list."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from recado.actions.again import again
from recado.errors import Invalid
from recado.model.follow_up import DayPart
from recado.model.waiting import WaitingEntry
from recado.rules import waiting as rules
from recado.rules.communications import communication_id
from recado.store import appointments, patients, schedules, tenants, waiting


class Wanted(NamedTuple):
    """For what they wait, and when it suits them; as in WaitingEntry."""

    patient: str
    type_id: str
    practitioners: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    weekdays: tuple[int, ...] = ()
    parts: tuple[DayPart, ...] = ()
    instead_of: str | None = None


@again
def join_waiting(tenant: str, wanted: Wanted, now: datetime, *, author: str) -> WaitingEntry:
    """Put them on the list. Who waits for this type already keeps their place, and waits for what they want
    now.

    Raises NotFound for a patient the clinic does not have, Invalid that names `type_id`, `practitioners`,
    `latest` or `instead_of`.
    """
    entry = prepare_entry(tenant, wanted, now, author=author)
    waiting.save_entry(tenant, entry)
    return entry.model_copy(update={"version": entry.version + 1})


def prepare_entry(tenant: str, wanted: Wanted, now: datetime, *, author: str) -> WaitingEntry:
    """The same, not saved yet."""
    patients.get(tenant, wanted.patient)
    practice = schedules.recent(tenant)
    kind = practice.types.get(wanted.type_id)
    if kind is None or not kind.active:
        raise Invalid("type_id", "There is no such type of visit.")
    if any(one not in practice.practitioners for one in wanted.practitioners):
        raise Invalid("practitioners", "There is no such practitioner.")
    _check_visit(tenant, wanted, now)
    own_id = f"w{communication_id(tenant, 'waiting', wanted.patient, wanted.type_id)[:20]}"
    fresh = WaitingEntry(id=own_id, since=now, created_by=author, **wanted._asdict())
    entry = rules.joined(waiting.find_entry(tenant, own_id), fresh, now)
    return rules.checked(entry, tenants.get(tenant).timezone, now)


def _check_visit(tenant: str, wanted: Wanted, now: datetime) -> None:
    if wanted.instead_of is None:
        return
    visit = appointments.find(tenant, wanted.instead_of)
    theirs = visit is not None and (visit.patient, visit.type_id) == (wanted.patient, wanted.type_id)
    if visit is None or not theirs or visit.status != "booked" or visit.start <= now:
        raise Invalid("instead_of", "This is no visit of theirs, of this type, that is to come.")
