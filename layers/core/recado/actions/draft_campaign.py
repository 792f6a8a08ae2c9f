"""A clinic thinks of writing to a group of its patients; nobody is written to yet."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.identify import new_id
from recado.errors import Invalid, NotFound
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
    steps = [
        Step(name=f"step{place}", minutes=minutes, purpose=plan.purpose, text=text)
        for place, (text, minutes) in enumerate(plan.texts, 1)
    ]
    made = Campaign(
        id=new_id("k"),
        name=line("name", plan.name),
        segment=plan.segment,
        query=_segment(tenant, plan.segment).query,
        purpose=plan.purpose,
        steps=tuple(steps),
        days=plan.days,
        control=plan.control,
        per_hour=plan.per_hour,
        created_at=now,
        created_by=author,
    )
    return campaigns.save_campaign(tenant, rules.checked(made))


def _segment(tenant: str, segment_id: str) -> Segment:
    try:
        return segments.get(tenant, segment_id)
    except NotFound:
        raise Invalid("segment", "There is no such segment.") from None
