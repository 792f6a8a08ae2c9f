"""What another system says of a visit becomes so here: booked, moved, confirmed, called off, and what came
of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final, Literal, NamedTuple

from recado.actions.admit import Person
from recado.actions.again import again
from recado.actions.book import book, named_by
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.find_known import find_known
from recado.actions.keep_visit import keep_visit
from recado.actions.load_appointment import load_appointment
from recado.actions.move_appointment import move_appointment
from recado.actions.place_visit import Visit
from recado.actions.record_attendance import record_attendance
from recado.errors import Invalid, NotFound
from recado.model.appointment import Appointment, Identifier
from recado.model.visit_name import VisitName
from recado.rules import appointments as rules
from recado.rules import times
from recado.rules.attendance import Outcome
from recado.rules.told_visits import Step, ToldPatient, ToldVisit, heard, is_late, steps
from recado.store import appointments, patients, visit_names
from recado.store.rows import transaction

Became = Literal["new", "updated", "unchanged", "late", "withdrawn"]
"""`late`: we know something newer of it. `withdrawn`: it was called off before it was ever told of."""
_OWN_ID: Final = re.compile("a[0-9a-z]{20}")
"""What a visit's id looks like."""


class TakenIn(NamedTuple):
    """What became of what was told, and of the visit; none: there is none. `begun`: the same has made it, and
    was perhaps cut off then."""

    became: Became
    appointment: Appointment | None
    begun: bool = False


def take_in_visit(
    tenant: str,
    told: ToldVisit,
    now: datetime,
    *,
    author: str,
    over: bool = False,
    version: int | None = None,
) -> TakenIn:
    """Make our visit what its system says. Told twice, late or out of order, it comes to the same: its name
    remembers first what was said last, and each step finds what is done. The patient hears of it, and is
    reminded, as if the front desk had done it.

    `over`: also where the time is taken. `version`: our visit's, as its teller saw it. Raises what booking,
    moving, calling off and noting raise; whoever told it tells it again.
    """
    name = _remember(tenant, told)
    if name is None:
        found = visit_names.find(tenant, told.system, told.value).appointment
        return TakenIn("late", appointments.find(tenant, found) if found else None)
    if name.appointment is None:
        return TakenIn("withdrawn", None)
    known = appointments.find(tenant, name.appointment)
    if known is None and told.status == "cancelled":
        return TakenIn("withdrawn", None)
    if known is None:
        return TakenIn("new", _book(tenant, told, now, author=author, over=over))
    if known.erased_at:
        raise NotFound
    start = times.start_of(told.start, known.timezone)
    wanted = list(steps(known, told, start))
    for place, step in enumerate(wanted):
        seen = version if place == 0 else None
        _STEPS[step](_Task(tenant, known.id, told, now, author, seen, over))
    after = appointments.get(tenant, known.id)
    begun = bool(told.origin) and name.origin == told.origin
    return TakenIn("updated" if wanted else "unchanged", after, begun)


@again
def _remember(tenant: str, told: ToldVisit) -> VisitName | None:
    """That this was said; none: we have heard something newer."""
    name = visit_names.find(tenant, told.system, told.value)
    if is_late(name, told):
        return None
    unheard = name.appointment is None and told.status == "cancelled"
    own = name.appointment
    if own is None and (own := _ours(tenant, told.value)):
        told = told._replace(origin="")
    own = own or named_by(tenant, Identifier(system=told.system, value=told.value))
    after = heard(name, told, None if unheard else own)
    if after != name:
        visit_names.put(tenant, told.system, told.value, after)
    return after


def _ours(tenant: str, value: str) -> str | None:
    """A visit of ours that is called by our own id: somebody hands back what we have exported."""
    return value if _OWN_ID.fullmatch(value) and appointments.find(tenant, value) else None


def _book(tenant: str, told: ToldVisit, now: datetime, *, author: str, over: bool) -> Appointment:
    if told.status not in ("booked", "arrived"):
        raise Invalid("status", "A visit that we do not know can only be booked.")
    place = told.start, told.practitioner, told.type, told.minutes, told.practitioner_id, told.type_id
    visit = Visit(*place, over, beside=True)
    identifier = Identifier(system=told.system, value=told.value)
    who = _who(tenant, told.patient)
    made = book(tenant, who, visit, now, author=author, identifier=identifier)
    return _confirm(_Task(tenant, made.id, told, now, author, None)) if told.confirmed else made


def _who(tenant: str, told: ToldPatient) -> str | Person:
    """Our id, somebody whom their system has told us of, or a name and a number. Raises Invalid."""
    if told.id:
        patients.get(tenant, told.id)
        return told.id
    known = find_known(tenant, told.known_as) if told.known_as else None
    if known is not None:
        return known.id
    if not told.name or not told.phone:
        raise Invalid("patient", "We do not know this patient: tell their name and phone number, too.")
    return Person(told.name, told.phone, told.language)


class _Task(NamedTuple):
    """One step of one visit. `version`: as its teller saw it; none: as it is."""

    tenant: str
    visit: str
    told: ToldVisit
    now: datetime
    author: str
    version: int | None
    over: bool = False


def _move(task: _Task) -> Appointment:
    return move_appointment(
        task.tenant,
        task.visit,
        task.told.start,
        task.now,
        author=task.author,
        version=task.version,
        practitioner_id=task.told.practitioner_id,
        over=task.over,
        beside=True,
    )


def _cancel(task: _Task) -> Appointment:
    return cancel_appointment(task.tenant, task.visit, task.now, author=task.author, version=task.version)


@again
def _confirm(task: _Task) -> Appointment:
    tenant, now = task.tenant, task.now
    known = load_appointment(tenant, task.visit, task.version)
    if known.confirmation == "confirmed" or known.status != "booked":
        return known
    after = rules.touched(rules.answered(known, "confirm"), "confirmed", now, task.author)
    with transaction() as work:
        keep_visit(tenant, known, after, now, work)
        patients.settle_question(tenant, known.contact_point, known.id, work)
    return after.model_copy(update={"version": known.version + 1})


def _note(outcome: Outcome, task: _Task) -> Appointment:
    return record_attendance(
        task.tenant, task.visit, outcome, task.now, author=task.author, version=task.version
    )


_STEPS: Final[Mapping[Step, Callable[[_Task], Appointment]]] = {
    "move": _move,
    "cancel": _cancel,
    "confirm": _confirm,
    "arrived": partial(_note, "arrived"),
    "fulfilled": partial(_note, "fulfilled"),
    "noshow": partial(_note, "noshow"),
}
