"""Whom a campaign would reach, and how many messages that would be: nothing is stored, and nothing sent."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final, NamedTuple

from recado.actions.find_routes import find_routes
from recado.actions.load_contact import latest_with
from recado.actions.pick_people import pick_people
from recado.model.campaign import Campaign
from recado.model.patient import Patient
from recado.model.segment import Query
from recado.rules import campaigns as rules
from recado.rules.consent import needed
from recado.rules.reach import Letter, person_of

PAGE: Final = 50
"""Records in one answer: each may take three reads."""


class Preview(NamedTuple):
    """Of so many records that were looked at, the people of the group: `unwilling` do not take such messages,
    `unreached` has no line of the clinic's, `held_out` are left out by lot. The others would get at most so
    many messages by each channel. `place`: where the next page begins; none: that was all."""

    looked_at: int
    people: int
    unwilling: int
    unreached: int
    held_out: int
    messages: Counter[str]
    place: str | None


def preview_segment(
    tenant: str, query: Query, now: datetime, after: str | None = None
) -> tuple[int, int, str | None]:
    """Records that were looked at, those in the group, and where the next page begins. Raises Unavailable."""
    found = pick_people(tenant, query, now, after, PAGE)
    return found.looked_at, len(found.people), found.place


def preview_campaign(tenant: str, campaign: Campaign, now: datetime, after: str | None = None) -> Preview:
    """A page of it, as it would be were it launched now. Raises Unavailable."""
    found = pick_people(tenant, campaign.query, now, after, PAGE)
    purpose = needed(campaign.purpose) or "care"
    willing = [one for one in found.people if purpose not in one.unwanted]
    by = {one.id: _channel(tenant, one, now) for one in willing}
    reached = [one for one in willing if by[one.id]]
    written = [one for one in reached if not rules.is_held_out(tenant, campaign, one.id)]
    messages: Counter[str] = Counter()
    for one in written:
        messages[by[one.id] or ""] += len(campaign.steps)
    return Preview(
        looked_at=found.looked_at,
        people=len(found.people),
        unwilling=len(found.people) - len(willing),
        unreached=len(willing) - len(reached),
        held_out=len(reached) - len(written),
        messages=messages,
        place=found.place,
    )


def _channel(tenant: str, patient: Patient, now: datetime) -> str | None:
    """By what they would be written to first; none: by nothing."""
    if patient.primary is None or not patient.name:
        return None
    who = person_of(patient, latest_with(tenant, patient))
    found = find_routes(tenant, who, Letter(template=True), now)
    return found[0].channel if found else None
