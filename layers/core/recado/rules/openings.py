"""Time that became free: whether and until when it is offered, and what became of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from recado.model.appointment import Appointment
from recado.model.record import iso
from recado.model.schedule import HORIZON, Schedule, Taken
from recado.model.tenant import Tenant
from recado.model.waiting import Asked, Offer, Opening
from recado.rules import hours
from recado.rules.agendas import Place, place
from recado.rules.communications import communication_id

LEAD: Final = timedelta(hours=2)
"""A time that begins sooner is offered to nobody: they have to get there."""
SHORTEST: Final = timedelta(minutes=10)
"""Nobody answers faster."""
NOTICE: Final = timedelta(hours=1)
"""A hold ends so long before at the latest: the front desk may still fill the time."""
SHARE: Final = 8
"""Of the time that is left until it begins an offer takes one in so many parts at most, so that several can
be asked."""
AGAIN: Final = timedelta(hours=6)
"""A time that nobody wants is looked at again for those who came onto the list since."""


def opening_id(tenant: str, practitioner: str, begins: datetime) -> str:
    """One for each beginning of somebody's: whatever is given back twice, there is one row."""
    return f"o{communication_id(tenant, 'opening', practitioner, iso(begins))[:20]}"


def given_back(before: Appointment | None, after: Appointment, now: datetime) -> Place | None:
    """The time that a change of a visit gives back, without what follows it; none: it gives none that is to
    come.

    Not where a visit is moved by less than its length, nor where a tz database puts it: that is no free time.
    """
    was, is_now = place(before), place(after)
    if before is None or was is None or was.begins <= now:
        return None
    if is_now is None:
        return was
    if is_now.practitioner != was.practitioner:
        return was
    overlap = is_now.begins < was.ends and was.begins < is_now.ends
    return None if overlap or before.schedule == after.schedule else was


def opened(known: Opening | None, own_id: str, freed: Place, *, capacity: int, now: datetime) -> Opening:
    """The opening when its time is given back (again): whoever was asked before may be asked anew.

    Given back more often than so many can be seen at once, it must have been filled between.
    """
    if known is None:
        known = blank(own_id, freed)
    times_freed = known.freed + 1
    return known.model_copy(
        update={
            "ends": max(known.ends, freed.ends),
            "freed": times_freed,
            "refilled": max(known.refilled, times_freed - capacity),
            "state": "open",
            "asked": (),
            "due_at": now if known.due_at is None else min(known.due_at, now),
        }
    )


def blank(own_id: str, free: Place) -> Opening:
    """The opening of a time that nobody has given back."""
    return Opening(id=own_id, practitioner=free.practitioner, begins=free.begins, ends=free.ends)


def offered_from(opening: Opening, schedule: Schedule | None) -> datetime:
    """From when on it may be offered: patients are not asked further ahead than they may book."""
    return opening.begins - timedelta(days=schedule.horizon_days if schedule else HORIZON)


def offered_until(opening: Opening) -> datetime:
    """From then on it is offered to nobody any more."""
    return opening.begins - LEAD


def hold_until(clinic: Tenant, opening: Opening, now: datetime) -> datetime:
    """When a hold that begins now lapses: after the clinic's time for it in open hours, sooner when the time
    itself is soon."""
    longest = timedelta(minutes=clinic.offer_hold_minutes)
    if opening.begins - now < SHARE * longest:
        soon = now + max(SHORTEST, (opening.begins - now) / SHARE)
        return min(soon, now + longest)
    return max(now + SHORTEST, min(hours.after_open(clinic, now, longest), opening.begins - NOTICE))


def with_offer(opening: Opening, offer: Offer) -> Opening:
    """The opening that is held for those who were asked: due when that lapses."""
    entries = tuple(one.entry for one in offer.asked)
    update = {"offer": offer.id, "offers": opening.offers + 1, "due_at": offer.until}
    return opening.model_copy(update={**update, "asked": (*opening.asked, *entries)})


def taken(opening: Opening, now: datetime) -> Opening:
    """The opening that somebody on the waiting list took; due at once: there may be room for another."""
    counts = opening.refilled < opening.freed
    return opening.model_copy(update={"refilled": opening.refilled + counts, "due_at": now})


def counted(opening: Opening, taken: Iterable[Taken], capacity: int) -> Opening:
    """The opening with what visits, and no holds, have taken of it, also without the waiting list."""
    over = [
        one
        for one in {one.by: one for one in taken if one.until is None}.values()
        if one.begins < opening.ends and opening.begins < one.ends
    ]
    refilled = min(opening.freed, max(opening.refilled, opening.freed - max(0, capacity - len(over))))
    return opening.model_copy(update={"refilled": refilled})


def closed(opening: Opening) -> Opening:
    """The opening that has begun."""
    return opening.model_copy(update={"state": "closed", "due_at": None})


def later(opening: Opening, at: datetime) -> Opening:
    """The opening that is looked at again then, or as it begins."""
    return opening.model_copy(update={"due_at": min(at, opening.begins)})


def answered(offer: Offer, entry: str, answer: str, now: datetime) -> Offer:
    """The offer with what somebody said to it. A yes takes it; once all have said no, it is over."""
    said = tuple(
        one.model_copy(update={"answer": answer}) if one.entry == entry else one for one in offer.asked
    )
    after = offer.model_copy(update={"asked": said})
    if answer == "yes":
        return after.model_copy(update={"state": "taken", "taken_by": entry, "ended_at": now})
    refused = offer.state == "open" and all(one.answer == "no" for one in said)
    return lapsed(after, now) if refused else after


def lapsed(offer: Offer, now: datetime) -> Offer:
    """The offer that nobody took."""
    return offer.model_copy(update={"state": "expired", "ended_at": now})


def left_over(offer: Offer, but: str | None = None) -> Sequence[Asked]:
    """Those who were asked and have said nothing."""
    return [one for one in offer.asked if one.answer == "none" and one.entry != but]
