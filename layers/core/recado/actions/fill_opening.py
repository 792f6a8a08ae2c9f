"""Time that became free is due: it is offered to those who wait for it, or counted as it begins."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.find_policy import find_policy
from recado.actions.invite import Occasion, invite
from recado.actions.look_at_time import Ground, look_at_time
from recado.actions.make_offer import draft_offer, make_offer
from recado.model.waiting import Offer, Opening
from recado.rules import openings as rules
from recado.rules import quiet
from recado.rules.waiting import back
from recado.store import openings, waiting
from recado.store.rows import transaction


@again
def fill_opening(tenant: str, opening_id: str, now: datetime) -> bool:
    """Whether somebody was asked. Safe to call twice, late, and by two at once.

    Raises Stale or Busy when others were faster every time.
    """
    opening = openings.get_opening(tenant, opening_id)
    if opening.due_at is None or opening.due_at > now:
        return False
    offer = openings.find_offer(tenant, opening.offer) if opening.offer else None
    if offer is not None and offer.state == "open":
        if now < offer.until:
            openings.save_opening(tenant, rules.later(opening, offer.until))
            return False
        _lapse(tenant, offer, now)
    ground = look_at_time(tenant, opening.practitioner, opening.begins)
    if ground is not None:
        opening = rules.counted(opening, ground.taken, ground.schedule.capacity)
    if opening.begins <= now:
        openings.save_opening(tenant, rules.closed(opening))
        return False
    at = _offered_at(tenant, opening, ground, now)
    if ground is None or at > now:
        openings.save_opening(tenant, rules.later(opening, at))
        return False
    return _offer(tenant, opening, ground, now)


def _lapse(tenant: str, offer: Offer, now: datetime) -> None:
    """Nobody wanted it in time: they keep their places, and nobody is told. The hold has lapsed by itself."""
    silent = [one.entry for one in rules.left_over(offer)]
    with transaction() as work:
        openings.save_offer(tenant, rules.lapsed(offer, now), work)
        for entry in waiting.some(tenant, silent):
            if (entry.state, entry.offer) == ("offered", offer.id):
                waiting.save_entry(tenant, back(entry), work)


def _offered_at(tenant: str, opening: Opening, ground: Ground | None, now: datetime) -> datetime:
    """When it may be offered: now, later, or never before it begins. What quiet hours would lose is lost:
    nobody is disturbed for it."""
    ends = rules.offered_until(opening)
    if ground is None or opening.refilled >= opening.freed or ends < now:
        return opening.begins
    begins = max(now, rules.offered_from(opening, ground.schedule))
    moment = quiet.from_then(find_policy(tenant), begins, ground.clinic.timezone)
    return moment if moment is not None and moment <= ends else opening.begins


def _offer(tenant: str, opening: Opening, ground: Ground, now: datetime) -> bool:
    """To the next ones in order; where there is none, it is looked at again later."""
    draft = draft_offer(tenant, opening, now)
    occasion = Occasion(draft, ground, waiting.all_waiting(tenant), now)
    invited = invite(tenant, occasion, opening.asked)
    if not invited:
        again_at = now + rules.AGAIN
        late = again_at > rules.offered_until(opening)
        openings.save_opening(tenant, rules.later(opening, opening.begins if late else again_at))
        return False
    make_offer(tenant, opening, occasion, invited)
    return True
