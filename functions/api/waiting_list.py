"""The waiting list: who waits for what, and what they were offered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from recado.actions import set_offering
from recado.actions.join_waiting import Wanted, join_waiting
from recado.actions.leave_waiting import leave_waiting
from recado.actions.offer_time import offer_time
from recado.actions.raise_priority import raise_priority
from recado.model.record import iso
from recado.model.waiting import Offer as StoredOffer
from recado.model.waiting import WaitingEntry
from recado.rules.waiting import in_order
from recado.store import openings, tenants, waiting
from typing_extensions import TypedDict

from api.answers import Moment, Page, moment, page
from api.names import names_of
from api.reading import Asked, Version, day_of
from api.resource import Call, Resource

resource = Resource(__name__)

Id = Annotated[str, Field(min_length=1, max_length=64)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="`2026-11-24`")]
Weekdays = Annotated[tuple[Annotated[int, Field(ge=0, le=6)], ...], Field(max_length=7, strict=False)]
Part = Literal["morning", "midday", "afternoon", "evening"]
Parts = Annotated[tuple[Part, ...], Field(max_length=4, strict=False)]
Ids = Annotated[tuple[Id, ...], Field(max_length=50, strict=False)]


class AskedShown(TypedDict):
    """Somebody to whom the time was offered: their entry, by which channel, and what they said."""

    entry: str
    channel: str
    answer: Literal["none", "no", "yes"]


class OfferShown(TypedDict):
    """A time that is, or was, held until `until` for those who were asked; `taken_by`: the entry that has
    it."""

    id: str
    practitioner_id: str
    start: Moment
    asked: list[AskedShown]
    made_at: Moment
    made_by: str
    until: Moment
    state: Literal["open", "taken", "expired"]
    taken_by: str | None


class Entry(TypedDict):
    """Somebody who waits. `since` is their place, unless the clinic lets others go first (`priority`, and
    why: `reason`). No practitioners, weekdays or parts of the day named: any. `instead_of`: the visit that
    an offer puts earlier. `offers`: how many they were made; `offer`: the latest, shown where one entry is
    asked for. `appointment`: the visit that came of it."""

    id: str
    version: int
    patient: str
    patient_name: str | None
    type_id: str
    practitioners: list[str]
    earliest: str | None
    latest: str | None
    weekdays: list[int]
    parts: list[Part]
    since: Moment
    priority: int
    reason: str
    state: Literal["waiting", "offered", "booked", "left", "expired"]
    offers: int
    offer: OfferShown | None
    instead_of: str | None
    appointment: str | None
    created_by: str
    ended_at: Moment | None


class NewEntry(Asked):
    """For what somebody waits. Who waits for this type already keeps their place."""

    patient: Id
    type_id: Id
    practitioners: Ids = ()
    earliest: Day | None = None
    latest: Day | None = None
    weekdays: Weekdays = ()
    parts: Parts = ()
    instead_of: Id | None = None


class NewPriority(Asked):
    """0 is everybody's; the higher goes first, and the reason is kept."""

    priority: Annotated[int, Field(ge=0, le=9)]
    reason: Annotated[str, Field(max_length=200)] = ""
    version: Version = None


class NewOffer(Asked):
    """A free time; `start` is wall time where the practitioner is, or with an offset."""

    practitioner_id: Id
    start: Annotated[str, Field(max_length=40)]


class Offering(TypedDict):
    """How freed time is offered: so many minutes of open hours it is held, and so many are asked at once."""

    hold_minutes: int
    at_once: int


class NewOffering(Asked):
    """Both."""

    hold_minutes: Annotated[int, Field(ge=5, le=720)]
    at_once: Annotated[int, Field(ge=1, le=5)]


@resource.route("GET", "/waiting-list", "list_waiting", Page[Entry])
def list_waiting(call: Call) -> Page[Entry]:
    """All who wait, in the order in which they are asked."""
    found = in_order(waiting.all_waiting(call.tenant))
    names = names_of(call.tenant, (one.patient for one in found))
    return page([_entry(one, names.get(one.patient)) for one in found])


@resource.route("POST", "/waiting-list", "join_waiting", Entry, status=201, body=NewEntry)
def join(call: Call, body: NewEntry) -> Entry:
    """Put somebody on the list; the same again changes nothing but what they wait for."""
    wanted = Wanted(
        **body.model_dump(exclude={"earliest", "latest"}),
        earliest=_day("earliest", body.earliest),
        latest=_day("latest", body.latest),
    )
    return _whole(call.tenant, join_waiting(call.tenant, wanted, call.now, author=call.author))


@resource.route("GET", "/waiting-list/{id}", "read_waiting", Entry)
def read(call: Call, entry_id: str) -> Entry:
    """An entry, also of somebody who waits no more."""
    return _whole(call.tenant, waiting.get_entry(call.tenant, entry_id))


@resource.route("DELETE", "/waiting-list/{id}", "leave_waiting", Entry)
def leave(call: Call, entry_id: str) -> Entry:
    """Take somebody off the list; off it already: nothing changes."""
    return _whole(call.tenant, leave_waiting(call.tenant, entry_id, call.now))


@resource.route("POST", "/waiting-list/{id}/priority", "set_priority", Entry, body=NewPriority)
def prioritise(call: Call, entry_id: str, body: NewPriority) -> Entry:
    """Let somebody go before others, or no more."""
    after = raise_priority(call.tenant, entry_id, body.priority, body.reason, version=body.version)
    return _whole(call.tenant, after)


@resource.route(
    "POST", "/waiting-list/{id}/offer", "offer_time", Entry, status=201, body=NewOffer, keyed=True
)
def offer(call: Call, entry_id: str, body: NewOffer) -> Entry:
    """Hold a free time for somebody, and ask them now whether they want it."""

    def offered() -> Entry:
        offer_time(call.tenant, entry_id, body.practitioner_id, body.start, call.now, author=call.author)
        return _whole(call.tenant, waiting.get_entry(call.tenant, entry_id))

    return call.once(offered)


@resource.route("GET", "/offering", "read_offering", Offering)
def read_offering(call: Call) -> Offering:
    """How the clinic offers what is freed."""
    clinic = tenants.get(call.tenant)
    return {"hold_minutes": clinic.offer_hold_minutes, "at_once": clinic.offer_at_once}


@resource.route("PUT", "/offering", "set_offering", Offering, body=NewOffering)
def put_offering(call: Call, body: NewOffering) -> Offering:
    """Say how; offers that are open stay as they are."""
    after = set_offering.set_offering(call.tenant, body.hold_minutes, body.at_once)
    return {"hold_minutes": after.offer_hold_minutes, "at_once": after.offer_at_once}


def _whole(tenant: str, entry: WaitingEntry) -> Entry:
    held = openings.find_offer(tenant, entry.offer) if entry.offer else None
    return _entry(entry, names_of(tenant, [entry.patient]).get(entry.patient), held)


def _entry(one: WaitingEntry, name: str | None, held: StoredOffer | None = None) -> Entry:
    return {
        "id": one.id,
        "version": one.version,
        "patient": one.patient,
        "patient_name": name,
        "type_id": one.type_id,
        "practitioners": list(one.practitioners),
        "earliest": one.earliest.isoformat() if one.earliest else None,
        "latest": one.latest.isoformat() if one.latest else None,
        "weekdays": list(one.weekdays),
        "parts": list(one.parts),
        "since": iso(one.since),
        "priority": one.priority,
        "reason": one.reason,
        "state": one.state,
        "offers": one.offers,
        "offer": _offer(held) if held else None,
        "instead_of": one.instead_of,
        "appointment": one.appointment,
        "created_by": one.created_by,
        "ended_at": moment(one.ended_at),
    }


def _offer(one: StoredOffer) -> OfferShown:
    return {
        "id": one.id,
        "practitioner_id": one.practitioner,
        "start": iso(one.begins),
        "asked": [{"entry": it.entry, "channel": it.channel, "answer": it.answer} for it in one.asked],
        "made_at": iso(one.made_at),
        "made_by": one.made_by,
        "until": iso(one.until),
        "state": one.state,
        "taken_by": one.taken_by,
    }


def _day(field: str, written: str | None) -> date | None:
    return day_of(field, written) if written else None
