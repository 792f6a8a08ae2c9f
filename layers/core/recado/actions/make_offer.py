"""A time is offered: it is held, and those who are asked hear of it, all at once or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from recado.actions.invite import Invited, Occasion
from recado.model.patient import Question
from recado.model.schedule import Taken
from recado.model.waiting import Asked, Offer, Opening
from recado.rules import agendas as agenda_rules
from recado.rules import openings as rules
from recado.rules.communications import communication_id
from recado.rules.waiting import asked
from recado.store import agendas, contacts, openings, patients, tenants, waiting
from recado.store.rows import Transaction, transaction


def draft_offer(tenant: str, opening: Opening, now: datetime, *, by: str = "recado") -> Offer:
    """The next offer of a time, of which nobody knows yet."""
    number = opening.offers + 1
    return Offer(
        id=f"f{communication_id(tenant, 'offer', opening.id, str(number))[:20]}",
        opening=opening.id,
        practitioner=opening.practitioner,
        begins=opening.begins,
        ends=opening.begins,
        asked=(),
        made_at=now,
        made_by=by,
        until=rules.hold_until(tenants.get(tenant), opening, now),
    )


def make_offer(tenant: str, opening: Opening, occasion: Occasion, invited: Sequence[Invited]) -> Offer:
    """Hold the time for them until the offer lapses, and ask each of them.

    Raises Stale when the time, one of them, or what else they were offered is not as it was loaded, or one
    has opted out.
    """
    draft, now = occasion.offer, occasion.now
    longest = max(one.kind.minutes + one.kind.buffer for one in invited)
    offer = draft.model_copy(
        update={
            "ends": draft.begins + timedelta(minutes=longest),
            "asked": tuple(
                Asked(entry=one.entry.id, communication=one.message.id, channel=one.message.channel)
                for one in invited
            ),
        }
    )
    with transaction() as work:
        openings.save_offer(tenant, offer, work)
        openings.save_opening(tenant, rules.with_offer(opening, offer), work)
        _hold(tenant, offer, occasion, work)
        for one in invited:
            _ask(tenant, one, offer, now, work)
    return offer.model_copy(update={"version": 1})


def _hold(tenant: str, offer: Offer, occasion: Occasion, within: Transaction) -> None:
    taken = Taken(by=offer.id, begins=offer.begins, ends=offer.ends, until=offer.until)
    days = agenda_rules.days(offer.begins, offer.ends)
    known = occasion.ground.agendas
    held = [agenda_rules.with_taken(known[day], taken, occasion.now) for day in days]
    agendas.save_agendas(tenant, held, within)


def _ask(tenant: str, one: Invited, offer: Offer, now: datetime, within: Transaction) -> None:
    entry = asked(one.entry, offer.id)
    waiting.save_entry(tenant, entry, within)
    for other in one.others:
        waiting.check_unchanged(tenant, other, within)
    contacts.save_communication(tenant, one.message, within)
    question = Question(
        about="offer",
        subject=entry.id,
        version=entry.offers,
        patient=entry.patient,
        communication=one.message.id,
        asked_at=now,
        until=offer.begins,
    )
    patients.ask(tenant, one.contact_point, question, within)
    patients.check_consent(tenant, entry.patient, "care", within)
