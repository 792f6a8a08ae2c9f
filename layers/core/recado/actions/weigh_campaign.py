"""What came of a campaign by now?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from recado.actions.load_last import load_last
from recado.model.campaign import Campaign
from recado.model.outreach import Outreach
from recado.rules import campaigns as rules
from recado.rules.communications import communication_id
from recado.rules.consent import needed
from recado.store import campaigns, outreach, patients

PAGE: Final = 100


class Weighed(NamedTuple):
    """Its results, and what only messages and people tell: how many messages arrived, and how many of the
    people who were written to take no such messages by now."""

    people: tuple[Outreach, ...]
    campaign: Campaign
    results: rules.Results
    messages: int
    delivered: int
    opted_out: int


def weigh_campaign(tenant: str, campaign_id: str) -> Weighed:
    """Reads everybody in it, a hundred at a time, with their messages. Raises NotFound, Unavailable."""
    campaign = campaigns.get_campaign(tenant, campaign_id)
    everybody: list[Outreach] = []
    messages = delivered = opted_out = 0
    for page in _pages(tenant, campaign):
        everybody += page
        states = _states(tenant, page)
        messages += len(states)
        delivered += sum(one in ("delivered", "read") for one in states)
        opted_out += _unwilling(tenant, campaign, page)
    return Weighed(tuple(everybody), campaign, rules.results(everybody), messages, delivered, opted_out)


def _pages(tenant: str, campaign: Campaign) -> Iterator[list[Outreach]]:
    place: str | None = None
    while True:
        page, place = outreach.of_source(tenant, f"campaign:{campaign.id}", PAGE, place)
        yield page
        if place is None:
            return


def message_id(tenant: str, matter: Outreach, step: str) -> str:
    """The id of the message of one step: there is one of each."""
    return communication_id(tenant, "recado", "outreach", f"{matter.id}:{matter.schedule}:{step}")


def _states(tenant: str, page: list[Outreach]) -> list[str]:
    """Of what was written to these people: each message, or the last that went in its stead."""
    written = [
        message_id(tenant, one, step.step) for one in page for step in one.reminders if step.state == "sent"
    ]
    return [one.state for one in load_last(tenant, written).values()]


def _unwilling(tenant: str, campaign: Campaign, page: list[Outreach]) -> int:
    treated = {one.patient for one in page if one.state != "held_out" and not one.erased_at}
    purpose = needed(campaign.purpose) or "care"
    return sum(purpose in one.unwanted for one in patients.some(tenant, treated))
