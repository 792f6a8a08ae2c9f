"""A clinic thinks of writing to a group of its patients, or thinks again; nobody is written to yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from recado.actions.identify import new_id
from recado.errors import Invalid, NotFound, Stale
from recado.model.campaign import Campaign, CampaignPurpose
from recado.model.policy import Step
from recado.model.segment import Segment
from recado.rules import campaigns as rules
from recado.rules.appointments import line
from recado.store import campaigns, segments


class Plan(NamedTuple):
    """What is to be said to whom: `texts` are the texts and the minutes after somebody was taken in."""

    name: str
    segment: str
    purpose: CampaignPurpose
    texts: tuple[tuple[str, int], ...]
    days: int
    control: float
    per_hour: int


def draft_campaign(tenant: str, plan: Plan, now: datetime, *, author: str) -> Campaign:
    """Keep it. Raises Invalid that names a field, Conflict for one too many."""
    rules.refuse_many(campaigns.listing(tenant))
    made = Campaign(id=new_id("k"), **_planned(tenant, plan), created_at=now, created_by=author)
    return campaigns.save_campaign(tenant, rules.checked(made))


def change_campaign(tenant: str, campaign_id: str, plan: Plan, *, version: int | None = None) -> Campaign:
    """Let a draft be this instead. Raises NotFound, Conflict for one that was launched, Invalid that names a
    field, and Stale when it is not at `version`."""
    one = rules.still_draft(campaigns.get_campaign(tenant, campaign_id))
    if version is not None and version != one.version:
        raise Stale
    changed = one.model_copy(update=_planned(tenant, plan))
    return campaigns.save_campaign(tenant, rules.checked(changed))


def drop_campaign(tenant: str, campaign_id: str) -> None:
    """Take a draft away. Raises NotFound, Conflict for one that was launched, Stale."""
    campaigns.drop_campaign(tenant, rules.still_draft(campaigns.get_campaign(tenant, campaign_id)))


def _planned(tenant: str, plan: Plan) -> dict[str, Any]:
    """The fields of a campaign that say what it is to be."""
    steps = [
        Step(name=f"step{place}", minutes=minutes, purpose=plan.purpose, text=text)
        for place, (text, minutes) in enumerate(plan.texts, 1)
    ]
    told = {"name": line("name", plan.name), "query": _segment(tenant, plan.segment).query}
    known = {name: value for name, value in plan._asdict().items() if name != "texts"}
    return known | told | {"steps": tuple(steps)}


def _segment(tenant: str, segment_id: str) -> Segment:
    try:
        return segments.get(tenant, segment_id)
    except NotFound:
        raise Invalid("segment", "There is no such segment.") from None
