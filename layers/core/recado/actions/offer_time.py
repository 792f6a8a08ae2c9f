"""The front desk offers somebody on the waiting list a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from recado.actions.again import again
from recado.actions.invite import Occasion, ask, is_elsewhere
from recado.actions.look_at_time import Ground, look_at_time
from recado.actions.make_offer import draft_offer, make_offer
from recado.errors import Conflict, Invalid
from recado.model.schedule import AppointmentType
from recado.model.waiting import Offer, Opening, WaitingEntry
from recado.rules import appointments, times
from recado.rules import openings as rules
from recado.rules.agendas import Place
from recado.rules.practitioners import does
from recado.rules.slots import zone_of
from recado.rules.waiting import refuse_unless_open
from recado.store import openings, waiting


@again
def offer_time(
    tenant: str, entry_id: str, practitioner: str, start: str, now: datetime, *, author: str
) -> Offer:
    """Hold a free time for them and ask them now, whether it is on their days or not; `start` as in `book`.

    Raises NotFound, Invalid that names `practitioner` or `start`, and Conflict: they have an offer or are off
    the list, the time is not free, too soon or one of another visit of theirs, or they are not to be written
    to now.
    """
    entry = waiting.get_entry(tenant, entry_id)
    refuse_unless_open(entry)
    begins, ground = _ground(tenant, practitioner, start, now)
    kind = ground.types.get(entry.type_id)
    if kind is None or not does(ground.practitioner, kind):
        raise Invalid("practitioner", "They do not do this type of visit.")
    if begins - rules.NOTICE <= now:
        raise Conflict("This is too soon: call them.")
    opening = _opening(tenant, ground, kind, begins)
    entries = [one for one in waiting.all_waiting(tenant) if one.id != entry.id]
    _refuse_if_offered(tenant, entry, entries, opening)
    if not ground.takes(kind, begins, now):
        raise Conflict("This time is not free.")
    draft = draft_offer(tenant, opening, now, by=author)
    occasion = Occasion(draft, ground, entries, now)
    invited = ask(tenant, occasion, entry)
    if invited is None:
        raise Conflict("They cannot be written to now: it is their quiet time, or no channel reaches them.")
    if is_elsewhere(tenant, occasion, invited):
        raise Conflict("They have another visit at this time.")
    return make_offer(tenant, opening, occasion, [invited])


def _ground(tenant: str, practitioner: str, start: str, now: datetime) -> tuple[datetime, Ground]:
    known = look_at_time(tenant, practitioner, now)
    if known is None:
        raise Invalid("practitioner", "There is no practitioner with a schedule by this id.")
    begins = appointments.future(times.start_of(start, zone_of(known.clinic, known.schedule)), now)
    return begins, look_at_time(tenant, practitioner, begins) or known


def _opening(tenant: str, ground: Ground, kind: AppointmentType, begins: datetime) -> Opening:
    """The time as it is known; one that was free all along is no freed one."""
    own_id = rules.opening_id(tenant, ground.practitioner.id, begins)
    place = Place(ground.practitioner.id, begins, begins + timedelta(minutes=kind.minutes))
    return openings.find_opening(tenant, own_id) or rules.blank(own_id, place)


def _refuse_if_offered(
    tenant: str, entry: WaitingEntry, entries: list[WaitingEntry], opening: Opening
) -> None:
    theirs = [one for one in (entry, *entries) if one.patient == entry.patient]
    if any(one.state == "offered" for one in theirs):
        raise Conflict("They have been offered a time just now: wait for their answer.")
    held = openings.find_offer(tenant, opening.offer) if opening.offer else None
    if held is not None and held.state == "open":
        raise Conflict("This time is offered to somebody already.")
