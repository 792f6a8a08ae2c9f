"""What is left of somebody whom the clinic erases: that something was, when, and no word of what.

Each function names what stays, so that what a newer version adds to a record goes. What stays makes a repeat
of what came before harmless (a tombstone), and keeps the numbers: random ids, channels,
times, states.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from recado.errors import Conflict
from recado.model.appointment import Appointment
from recado.model.call import Call
from recado.model.communication import Communication, CommunicationState
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.erasure import ERASED, Erasure, Stopped
from recado.model.follow_up import Attempt, FollowUp
from recado.model.patient import ANONYMOUS, Origin, Patient
from recado.model.record import Versioned
from recado.model.tenant import Language
from recado.rules.identity import UNVERIFIED

V = TypeVar("V", bound=Versioned)

SETTLED: Final = timedelta(minutes=10)
"""Whatever worked on the person's rows when the erasure began has ended by then: longer than a message stays
in a worker's hands (six minutes, see the queues), and than an index lags."""
KNOWN: Final = timedelta(minutes=2)
"""After so long every function knows a clinic's new key: twice as long as settings are remembered."""
AGAIN: Final = timedelta(minutes=1)
"""When the sweep goes on with what was too much for one turn."""

_PATIENT: Final = ("id", "person", "created_at", "version")
_CONTACT: Final = (
    *("patient", "number", "language", "channel", "account", "reason", "queue", "state", "agent"),
    *("opened_at", "waiting_since", "answered_at", "closed_at", "disposition", "merged_into"),
    *("kind", "booked_at", "converted", "sequence", "preferred_agent", "version"),
)
_COMMUNICATION: Final = (
    *("id", "patient", "contact", "channel", "account", "direction", "kind", "author", "purpose", "state"),
    *("at", "moment", "version"),
)
_CALL: Final = ("id", "dialled", "outcome", "summary", "patient", "contact", "opened", "version")
_APPOINTMENT: Final = (
    *("id", "patient", "language", "minutes", "start", "local_start", "timezone", "tz_version", "status"),
    *("confirmation", "schedule", "channel", "account", "created_at", "created_by", "version"),
)

_LEFT: Final[dict[CommunicationState, CommunicationState]] = {"queued": "withdrawn", "claimed": "withdrawn"}
"""What was to be sent, and is not any more."""


def refuse(patient: Patient, visits: Iterable[Appointment], now: datetime) -> None:
    """Raises Conflict for whom nobody may erase: someone who is expected (its field is `visits`), someone of
    whom only the machine believes that a record is theirs (`records`), and nobody at all.

    A visit to come would stand in the agenda without a patient; whoever calls it off tells them so. With a
    stranger who bears a patient's name, nothing of the patient's is erased.
    """
    if patient.id == ANONYMOUS:
        raise Conflict("Nobody knows who called with a withheld number: this is no one person.")
    if any(visit.status == "booked" and visit.start > now for visit in visits):
        raise Conflict("This patient has visits to come. Cancel them first.", field="visits")
    if any(not join.confirmed for join in patient.joined):
        raise Conflict("Say first whether these records are one person's.", field="records")


def patient(one: Patient, now: datetime) -> Patient:
    """Nobody, who takes nothing from us: a claim of what was on its way to them is refused."""
    return _only(one, _PATIENT, {"opted_out": ERASED, "erased_at": now})


def parted(one: Patient, other: str) -> Patient:
    """Somebody by whom that record stood, or who stood by it."""
    related = tuple(it for it in one.related if it.record != other)
    stands_by = tuple(it for it in one.stands_by if it.record != other)
    return one.model_copy(update={"related": related, "stands_by": stands_by})


def contact(one: Contact, now: datetime) -> Contact:
    """Closed, as it counted. What brought them is kept by its type."""
    update: dict[str, Any] = {"address": "", "state": "closed", "erased_at": now}
    update["closed_at"] = one.closed_at or now
    update["origin"] = Origin(type=one.origin.type) if one.origin else None
    update["follow_up"] = _counted(one.follow_up)
    update["dialogue"] = one.dialogue and one.dialogue.model_copy(update={"data": {}, "options": ()})
    return _only(one, _CONTACT, update)


def _counted(one: FollowUp | None) -> FollowUp | None:
    """What was tried, as it counts: without the number, nor a word of what was noted."""
    if one is None:
        return None
    attempts = tuple(
        Attempt(id=str(number), at=it.at, outcome=it.outcome, by=it.by)
        for number, it in enumerate(one.attempts, 1)
    )
    return FollowUp(since=one.since, attempts=attempts, end=one.end, ended_at=one.ended_at)


def last_contact(of: str, number: int, language: Language, now: datetime) -> Contact:
    """One that never was, in the place of their next: a worker who was about to open that looks again whose
    message it has. It is of a kind that no number counts."""
    return Contact(
        patient=of,
        number=number,
        language=language,
        channel="",
        account="",
        address="",
        reason="undelivered",
        state="closed",
        opened_at=now,
        waiting_since=now,
        closed_at=now,
        erased_at=now,
    )


def communication(one: Communication, now: datetime) -> Communication:
    """That somebody wrote, or was written to."""
    return _only(
        one, _COMMUNICATION, {"address": "", "state": _LEFT.get(one.state, one.state), "erased_at": now}
    )


def files_of(one: Communication) -> tuple[str, ...]:
    """The objects that a communication names."""
    return tuple(file.object for file in one.attachments if file.object)


def awaited(tenant: str, one: Communication) -> tuple[str, ...]:
    """The objects under which files of a message are about to be kept (store/media.py)."""
    return tuple(
        f"{tenant}/{one.id}/{number}"
        for number, file in enumerate(one.attachments)
        if file.state == "waiting"
    )


def call(one: Call, now: datetime) -> Call:
    """That there was a call."""
    return _only(one, _CALL, {"erased_at": now})


def appointment(one: Appointment, now: datetime) -> Appointment:
    """That there was a visit, and how it went; one to come that was booked just then is off."""
    coming = one.status == "booked" and one.start > now
    blank = dict.fromkeys(("practitioner", "type", "address", "contact_point"), "")
    status = "cancelled" if coming else one.status
    return _only(one, _APPOINTMENT, {**blank, "status": status, "erased_at": now})


def finished(one: Erasure, now: datetime) -> Erasure:
    """Nothing is left: it says who decided, when and why."""
    kept = ("id", "records", "reason", "by", "asked_at", "version")
    return _only(one, kept, {"erased_at": now})


def _only(one: V, names: Iterable[str], update: dict[str, Any]) -> V:
    return type(one)(**{**{name: getattr(one, name) for name in names}, **update})


def hashed(key: str, point: ContactPoint) -> str:
    """A contact point as it is remembered: whoever has it can be known again by it, nobody can be found.

    `key` is the clinic's own, in base 64: without one, anybody could try all numbers there are.
    """
    system = "email" if point.system == UNVERIFIED else point.system
    told = f"{system}#{point.value}".encode()
    return hmac.new(base64.b64decode(key), told, hashlib.sha256).hexdigest()


def stopped(one: Patient, before: Stopped | None, now: datetime) -> Stopped:
    """What is remembered of their contact points, with what was before."""
    kept = before or Stopped(opted_out=frozenset(), at=now)
    return kept.model_copy(update={"opted_out": kept.opted_out | one.opted_out, "at": now})
