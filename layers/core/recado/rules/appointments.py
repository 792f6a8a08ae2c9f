"""What may happen to an appointment. Pure: each function takes one and gives the next."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from recado.errors import Conflict, Invalid
from recado.model.appointment import Appointment, Change, Task, Touch
from recado.model.communication import Invitation
from recado.model.patient import Question, Quiet, Upcoming
from recado.model.policy import Policy
from recado.rules import plans, quiet, reminders, times

Answer = Literal["confirm", "cancel"]
Standing = Literal["applies", "done", "moved", "over"]
"""How an answer stands to the visit that it is about: see `standing`."""

FARTHEST = timedelta(days=5 * 366)
"""Nobody books further ahead; a year typed wrongly is told at once."""

LONGEST = 100
"""Characters of a name: a person's, a practitioner's, a type of visit."""

TOUCHES = 60
"""So many touches of a visit are kept: the first, and the latest."""


def future(start: datetime, now: datetime) -> datetime:
    """The start of a visit to be booked. Raises Invalid that names `start` when it is past or years away."""
    if start <= now:
        raise Invalid("start", "This time is past.")
    if start - now > FARTHEST:
        raise Invalid("start", "This is more than five years ahead. Is the year right?")
    return start


def line(field: str, value: str) -> str:
    """A name as typed, on one line. Raises Invalid that names `field` when it is blank, long or no text."""
    typed = " ".join(value.split())
    if not typed:
        raise Invalid(field, "This must not be empty.")
    if len(typed) > LONGEST:
        raise Invalid(field, f"This is longer than {LONGEST} characters.")
    if any(unicodedata.category(one) in ("Cc", "Cs") for one in typed):
        raise Invalid(field, "This holds characters that are no text.")
    return typed


def length(minutes: int) -> int:
    """The length of a visit. Raises Invalid that names `minutes` when it is none, or longer than a day."""
    if not 1 <= minutes <= 24 * 60:
        raise Invalid("minutes", "From 1 to 1440.")
    return minutes


def put(
    appointment: Appointment, start: datetime, policy: Policy, tz_version: str, now: datetime
) -> Appointment:
    """The appointment at this start, with its wall time and its reminders planned anew."""
    moved = appointment.model_copy(
        update={
            "start": start,
            "local_start": times.shown(times.wall(start, appointment.timezone)),
            "tz_version": tz_version,
        }
    )
    both = quiet.narrower(policy, appointment.quiet)
    return reminders.with_reminders(moved, reminders.plan(both, start, appointment.timezone, now))


def moved(
    appointment: Appointment, start: datetime, policy: Policy, tz_version: str, now: datetime
) -> Appointment:
    """Put to another time: whatever was asked or answered before is about a visit that is not to be.

    Raises Conflict unless it is booked.
    """
    _refuse_unless_booked(appointment)
    anew = {"schedule": appointment.schedule + 1, "confirmation": "none"}
    return put(appointment.model_copy(update=anew), start, policy, tz_version, now)


def cancelled(appointment: Appointment) -> Appointment:
    """Not to be: nothing is left to remind of. Raises Conflict unless it is booked."""
    _refuse_unless_booked(appointment)
    withdrawn = reminders.with_reminders(appointment, plans.withdrawn(appointment.reminders))
    called_off = withdrawn.model_copy(update={"status": "cancelled"})
    return reminders.with_reminders(called_off, called_off.reminders)


def touched(appointment: Appointment, what: Change, now: datetime, by: str, channel: str = "") -> Appointment:
    """The appointment with one thing more that happened about it (see model.appointment.Touch)."""
    history = (*appointment.history, Touch(what=what, at=now, by=by, channel=channel))
    kept = history if len(history) <= TOUCHES else (history[0], *history[-TOUCHES + 1 :])
    return appointment.model_copy(update={"history": kept})


def is_by_patient(author: str) -> bool:
    """Whether patients do it by themselves, who may book what they are offered; no one of the clinic."""
    return not author.startswith(("agent:", "role:"))


def with_task(appointment: Appointment, task: Task | None) -> Appointment:
    """The visit about which a person is to call, or nobody any more; due when that is settled."""
    return reminders.with_reminders(appointment.model_copy(update={"task": task}), appointment.reminders)


def takes_otherwise(before: Appointment | None, after: Appointment) -> bool:
    """Whether a change takes time of a practitioner whom the clinic has entered, or gives it back."""
    return _takes(before) != _takes(after)


def _takes(visit: Appointment | None) -> tuple[str, datetime, int] | None:
    if visit is None or visit.practitioner_id is None or visit.status == "cancelled":
        return None
    return visit.practitioner_id, visit.start, visit.minutes


def upcoming(appointment: Appointment) -> Upcoming:
    """What those who look up the patient's contact point see of it."""
    return Upcoming(
        appointment=appointment.id,
        patient=appointment.patient,
        start=appointment.start,
        timezone=appointment.timezone,
        practitioner=appointment.practitioner,
    )


def invitation(appointment: Appointment) -> Invitation:
    """What the patient's calendar is told of the visit as it is now."""
    cancelled = appointment.status == "cancelled"
    return Invitation(
        sequence=appointment.schedule + cancelled,
        start=appointment.start,
        minutes=appointment.minutes,
        timezone=appointment.timezone,
        cancelled=cancelled,
    )


def answered(appointment: Appointment, answer: Answer) -> Appointment:
    """The patient's own word on their visit."""
    if answer == "confirm":
        confirmed = appointment.model_copy(update={"confirmation": "confirmed"})
        return reminders.with_reminders(confirmed, plans.settled(appointment.reminders))
    return cancelled(appointment).model_copy(update={"confirmation": "declined"})


def standing(appointment: Appointment, schedule: int, answer: Answer, now: datetime) -> Standing:
    """Whether an answer to a question about that `schedule` may change the visit.

    `applies`: it may. `done`: it says what is so already. `moved`: the visit was put to another time since it
    was asked about, so the patient is asked again. `over`: it has begun, or is
    cancelled and the patient wants to come: a person has to see to it.
    """
    if appointment.status == "cancelled" and answer == "cancel":
        return "done"
    if appointment.status != "booked" or now >= appointment.start:
        return "over"
    if schedule != appointment.schedule:
        return "moved"
    return "done" if answer == "confirm" and appointment.confirmation == "confirmed" else "applies"


def asked_about(question: Question, payload: str | None) -> int:
    """The schedule that an answer is about: a button under an old message names its own."""
    parts = (payload or "").split(":")
    button = len(parts) == 3 and parts[1] == question.subject and parts[2].isdecimal()
    return int(parts[2][:9]) if button else question.version


def question(appointment: Appointment, communication: str, now: datetime) -> Question:
    """What a message of ours asks about the visit as it is put now."""
    return Question(
        subject=appointment.id,
        version=appointment.schedule,
        patient=appointment.patient,
        communication=communication,
        asked_at=now,
        until=appointment.start,
    )


def rezoned(appointment: Appointment, policy: Policy, tz_version: str, now: datetime) -> Appointment:
    """The appointment by another version of the tz database: the wall time holds, its instant may not.

    Reminders that were sent or skipped stay so; the others are due as the new instant says.
    """
    if appointment.tz_version == tz_version:
        return appointment
    wall = datetime.fromisoformat(appointment.local_start)
    meant = times.instants(wall, appointment.timezone)
    if appointment.start in meant:
        return appointment.model_copy(update={"tz_version": tz_version})
    return _replanned(appointment, meant[0], policy, tz_version, now)


def quietened(appointment: Appointment, quiet: Quiet | None, policy: Policy, now: datetime) -> Appointment:
    """The visit of somebody who has these quiet hours from now on."""
    if appointment.quiet == quiet or appointment.status != "booked":
        return appointment
    changed = appointment.model_copy(update={"quiet": quiet})
    return _replanned(changed, changed.start, policy, changed.tz_version, now)


def _replanned(
    appointment: Appointment, start: datetime, policy: Policy, tz_version: str, now: datetime
) -> Appointment:
    again = put(appointment, start, policy, tz_version, now)
    settled = {one.step: one for one in appointment.reminders if one.state != "planned"}
    kept = [settled.get(one.step, one) for one in again.reminders]
    confirmed = appointment.confirmation == "confirmed"
    return reminders.with_reminders(again, plans.settled(kept) if confirmed else kept)


def _refuse_unless_booked(appointment: Appointment) -> None:
    if appointment.status != "booked":
        raise Conflict("This appointment is not booked any more.")


def booked_already(upcoming: Iterable[Upcoming], wanted: Upcoming) -> bool:
    """Whether the patient has a visit with this practitioner at this time: the same desk form, sent twice."""
    visit = (wanted.patient, wanted.practitioner, wanted.start)
    return any((one.patient, one.practitioner, one.start) == visit for one in upcoming)
