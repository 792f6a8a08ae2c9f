"""Whom a campaign would reach, by how many messages, and until when: nothing is stored, and nothing sent."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final, NamedTuple

from recado.actions.find_policy import find_policy
from recado.actions.find_routes import find_routes
from recado.actions.launch_campaign import query_now
from recado.actions.load_contact import latest_with
from recado.actions.pick_people import pick_people
from recado.actions.run_campaign import A_TURN
from recado.model.campaign import Campaign
from recado.model.patient import Patient
from recado.model.segment import Query
from recado.rules import campaign_times as times
from recado.rules import campaigns as rules
from recado.rules.consent import needed
from recado.rules.reach import Letter, person_of
from recado.store import tenants

PAGE: Final = 50
"""Records in one answer: each may take three reads."""


class Place(NamedTuple):
    """How far a preview has come: the last record, and of all before it how many were looked at, and how many
    people would be taken in."""

    record: str | None = None
    looked_at: int = 0
    taken_in: int = 0


START: Final = Place()


class Span(NamedTuple):
    """When the first person would be written to, and when at the latest the last message would go; none: that
    is more than a year away."""

    first: datetime
    last: datetime | None


class Preview(NamedTuple):
    """Of so many records that were looked at, the people of the group: `unwilling` do not take such messages,
    `unnamed` nobody knows what to call, `unreached` has no line of the clinic's, `held_out` are left out by
    lot. `channels`: by which of them so many others would be written to; `steps`: so many messages each step
    would be at most. `place`: where the next page begins; none: that was all, and `span` is known."""

    looked_at: int
    people: int
    unwilling: int
    unnamed: int
    unreached: int
    held_out: int
    channels: Counter[str]
    steps: tuple[int, ...]
    place: Place | None
    span: Span | None


def preview_segment(
    tenant: str, query: Query, now: datetime, after: str | None = None
) -> tuple[int, int, str | None]:
    """Records that were looked at, those in the group, and where the next page begins. Raises Unavailable."""
    found = pick_people(tenant, query, now, after, PAGE)
    return found.looked_at, len(found.people), found.place


def preview_campaign(tenant: str, campaign: Campaign, now: datetime, after: Place = START) -> Preview:
    """A page of it, as it would be were it launched now. Raises Unavailable."""
    query = query_now(tenant, campaign) if campaign.state == "draft" else campaign.query
    found = pick_people(tenant, query, now, after.record, PAGE)
    purpose = needed(campaign.purpose) or "care"
    willing = [one for one in found.people if purpose not in one.unwanted]
    named = [one for one in willing if one.name]
    by = {one.id: _channel(tenant, one, now) for one in named}
    reached = [one for one in named if by[one.id]]
    written = [one for one in reached if not rules.is_held_out(tenant, campaign, one.id)]
    place = Place(found.place, after.looked_at + found.looked_at, after.taken_in + len(reached))
    return Preview(
        looked_at=found.looked_at,
        people=len(found.people),
        unwilling=len(found.people) - len(willing),
        unnamed=len(willing) - len(named),
        unreached=len(named) - len(reached),
        held_out=len(reached) - len(written),
        channels=Counter(by[one.id] or "" for one in written),
        steps=(len(written),) * len(campaign.steps),
        place=place if found.place else None,
        span=None if found.place else _span(tenant, campaign, place, now),
    )


def _channel(tenant: str, patient: Patient, now: datetime) -> str | None:
    """By what they would be written to first; none: by nothing."""
    if patient.primary is None:
        return None
    who = person_of(patient, latest_with(tenant, patient))
    found = find_routes(tenant, who, Letter(template=True), now)
    return found[0].channel if found else None


def _span(tenant: str, campaign: Campaign, whole: Place, now: datetime) -> Span:
    policy, timezone = find_policy(tenant, None), tenants.get(tenant).timezone
    turns = times.turns_of(campaign, whole.taken_in, whole.looked_at, A_TURN)
    last = times.last_turn(policy, timezone, campaign, turns, now)
    first = rules.waits_until(policy, timezone, now)
    return Span(first, last and times.last_message(policy, timezone, campaign, last))
