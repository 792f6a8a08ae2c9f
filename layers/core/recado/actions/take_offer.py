"""The first who wants an offered time has it."""

from __future__ import annotations

from datetime import datetime

from recado.actions.book import book
from recado.actions.keep_visit import Held
from recado.actions.move_appointment import move_appointment
from recado.actions.place_visit import Visit
from recado.actions.tell_gone import tell_gone
from recado.errors import Conflict
from recado.model.appointment import Appointment, Touch
from recado.model.record import iso
from recado.model.waiting import Offer, WaitingEntry
from recado.rules import openings as rules
from recado.rules import waiting as waiting_rules
from recado.store import appointments, openings, patients, waiting
from recado.store.rows import Transaction

PATIENT = "patient"


def take_offer(tenant: str, entry: WaitingEntry, offer: Offer, now: datetime) -> Appointment:
    """Their visit: booked, or put earlier where they wait with one. In the same transaction the offer is
    taken, they are off the list, and the others who were asked are told.

    Raises SlotTaken when somebody else was faster, Stale when anything of it changed meanwhile, and whatever
    else a booking may raise.
    """
    opening = openings.get_opening(tenant, offer.opening)

    def settle(visit: Appointment, work: Transaction) -> None:
        waiting.save_entry(tenant, waiting_rules.booked(entry, visit.id, now), work)
        openings.save_offer(tenant, rules.answered(offer, entry.id, "yes", now), work)
        openings.save_opening(tenant, rules.taken(opening, now), work)
        _settle_question(tenant, entry, work)
        _tell_others(tenant, entry, offer, now, work)

    held = Held(offer.id, _history(entry, offer), settle)
    start, own = iso(offer.begins), _own_visit(tenant, entry, offer)
    if own is not None:
        return move_appointment(
            tenant, own.id, start, now, author=PATIENT, practitioner_id=offer.practitioner, held=held
        )
    visit = Visit(start, practitioner_id=offer.practitioner, type_id=entry.type_id)
    once = f"{offer.id}:{entry.id}"
    return book(tenant, entry.patient, visit, now, author=PATIENT, once=once, held=held)


def _own_visit(tenant: str, entry: WaitingEntry, offer: Offer) -> Appointment | None:
    """The visit that comes earlier by it. Raises Conflict when that is earlier already."""
    visit = appointments.find(tenant, entry.instead_of) if entry.instead_of else None
    if visit is None or visit.status != "booked" or visit.patient != entry.patient:
        return None
    if visit.start <= offer.begins:
        raise Conflict("Their visit is earlier already.")
    return visit


def _history(entry: WaitingEntry, offer: Offer) -> tuple[Touch, ...]:
    """What came before, as the visit's history tells it (R73)."""
    asked = next((one for one in offer.asked if one.entry == entry.id), None)
    return (
        Touch(what="asked", at=entry.since, by=entry.created_by),
        Touch(what="held", at=offer.made_at, by=offer.made_by),
        Touch(what="offered", at=offer.made_at, by=offer.made_by, channel=asked.channel if asked else ""),
    )


def _settle_question(tenant: str, entry: WaitingEntry, within: Transaction) -> None:
    point = patients.get(tenant, entry.patient).primary
    if point is not None:
        patients.settle_question(tenant, f"{point.system}#{point.value}", entry.id, within)


def _tell_others(tenant: str, entry: WaitingEntry, offer: Offer, now: datetime, within: Transaction) -> None:
    """They keep their places; what they answer later is answered."""
    silent = [one.entry for one in rules.left_over(offer, entry.id)]
    for other in waiting.some(tenant, silent):
        if (other.state, other.offer) == ("offered", offer.id):
            waiting.save_entry(tenant, waiting_rules.back(other), within)
            tell_gone(tenant, offer, other, now, within)
