"""What nobody saw to in time: whom the clinic calls itself after an outage."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field
from recado.actions.list_missed import Listed, list_missed
from recado.actions.see_missed import see_missed
from recado.model.missed import Outage as StoredOutage
from recado.model.record import iso
from typing_extensions import TypedDict

from api.answers import Moment, Paged, moment, page
from api.appointments import Appointment, appointment_of
from api.reading import Asked, moment_of
from api.resource import Call, Resource

resource = Resource(__name__)

LOOKED_BACK = timedelta(days=7)
"""What is shown where nobody says since when."""


class Since(Paged):
    """From when on; the last week where it is left out."""

    since: Annotated[str | None, Field(max_length=40, description="`2026-11-24T09:30:00-03:00`")] = None


class Seen(Asked):
    """Of which outage: its `found_at`."""

    found_at: Annotated[str, Field(max_length=40)]


class Outage(TypedDict):
    """The latest time in which something was missed; `seen_by` is null until somebody has looked at it."""

    began_at: Moment
    found_at: Moment
    seen_by: str | None
    seen_at: Moment | None


class Missed(TypedDict):
    """A step that was skipped, why, and whom to call about which visit, as it is now."""

    step: str
    due_at: Moment
    found_at: Moment
    reason: str
    phone: str | None
    appointment: Appointment


class MissedPage(TypedDict):
    outage: Outage | None
    items: list[Missed]
    next: str | None


@resource.route("GET", "/reminders/missed", "list_missed", MissedPage, query=Since)
def list_all(call: Call, query: Since) -> MissedPage:
    """What came too late to be sent, oldest first. Visits that are called off meanwhile are on it, too."""
    since = moment_of("since", query.since) if query.since else call.now - LOOKED_BACK
    found = list_missed(call.tenant, since, query.after)
    shown = page([_missed(one) for one in found.listed], found.following)
    return {
        "outage": _outage(found.outage) if found.outage else None,
        "items": shown["items"],
        "next": shown["next"],
    }


@resource.route("POST", "/reminders/missed/seen", "see_missed", Outage, body=Seen)
def see(call: Call, body: Seen) -> Outage:
    """Say that somebody looks after this outage's list: nobody else is told of it any more."""
    found_at = moment_of("found_at", body.found_at)
    return _outage(see_missed(call.tenant, found_at, call.now, by=call.author))


def _missed(one: Listed) -> Missed:
    return {
        "step": one.missed.step,
        "due_at": iso(one.missed.due_at),
        "found_at": iso(one.missed.at),
        "reason": one.missed.reason,
        "phone": one.phone,
        "appointment": appointment_of(one.visit),
    }


def _outage(one: StoredOutage) -> Outage:
    return {
        "began_at": iso(one.began_at),
        "found_at": iso(one.found_at),
        "seen_by": one.seen_by or None,
        "seen_at": moment(one.seen_at),
    }
