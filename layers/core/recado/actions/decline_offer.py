"""Somebody does not want a time that they were offered."""

from __future__ import annotations

from datetime import datetime

from recado.model.waiting import Offer
from recado.rules import agendas as agenda_rules
from recado.rules import openings as rules
from recado.store import agendas, openings
from recado.store.rows import Transaction


def decline_offer(tenant: str, offer: Offer, entry: str, now: datetime, within: Transaction) -> None:
    """Note it, in the transaction that saves their entry. Once all who were asked have said so, the time is
    held no more, and offered to the next ones within a minute."""
    after = rules.answered(offer, entry, "no", now)
    openings.save_offer(tenant, after, within)
    if offer.state != "open" or after.state == "open":
        return
    opening = openings.get_opening(tenant, offer.opening)
    openings.save_opening(tenant, opening.model_copy(update={"due_at": now}), within)
    days = list(agenda_rules.days(offer.begins, offer.ends))
    for held in agendas.some(tenant, offer.practitioner, days[0], days[-1]):
        if (free := agenda_rules.freed(held, offer.id)) != held:
            agendas.save_agendas(tenant, [free], within)
