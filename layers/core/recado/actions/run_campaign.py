"""A campaign goes on: the next few people are taken in, or it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from recado.actions.again import again
from recado.actions.begin_outreach import Matter, begin_outreach, outreach_id
from recado.actions.find_policy import find_policy
from recado.actions.pick_people import is_in
from recado.errors import Stale
from recado.model.campaign import Campaign
from recado.model.outreach import Outreach
from recado.model.patient import Patient
from recado.rules import campaigns as rules
from recado.rules import segments, times
from recado.rules.consent import needed
from recado.store import campaigns, outreach, tenants
from recado.store.everyone import PAGE, everyone

PAGES: Final = 5
"""So many pages of records are looked through in one minute at most."""
A_TURN: Final = PAGES * PAGE


@again
def run_campaign(tenant: str, campaign_id: str, now: datetime) -> bool:
    """Take in the next people; False, always: their messages go by themselves, from the next minute on.

    Each is stored under a name that follows from campaign and person, and then the campaign says how far it
    has come: whoever dies between finds them again, and takes nobody in twice. Raises Stale or Busy when
    others were faster every time.
    """
    before = campaigns.get_campaign(tenant, campaign_id)
    if before.state != "running" or before.due_at is None or before.due_at > now:
        return False
    if before.walked_at is not None:
        campaigns.save_campaign(tenant, rules.ended(before, now))
        return False
    free = rules.waits_until(find_policy(tenant, None), tenants.get(tenant).timezone, now)
    if free > now:
        campaigns.save_campaign(tenant, before.model_copy(update={"due_at": free}))
        return False
    place = _take_in(tenant, before, now)
    campaigns.save_campaign(tenant, rules.walked(before, place, now))
    return False


def _take_in(tenant: str, campaign: Campaign, now: datetime) -> str | None:
    """The last record looked at; none: that was everybody."""
    taken, place = 0, campaign.place
    for _ in range(PAGES):
        page, place = everyone(tenant, place, PAGE)
        for one in page:
            taken += _is_for(tenant, campaign, one, now) and _took_in(tenant, campaign, one, now)
            if taken >= rules.a_minute(campaign):
                return one.id
        if place is None:
            return None
    return place


def _is_for(tenant: str, campaign: Campaign, patient: Patient, now: datetime) -> bool:
    clinic = tenants.get(tenant)
    today = times.wall(now, clinic.timezone).date()
    if (needed(campaign.purpose) or "care") in patient.unwanted:
        return False
    likely = segments.may_be_in(campaign.query, patient, clinic.language, today)
    return likely and is_in(tenant, campaign.query, patient, now)


def _took_in(tenant: str, campaign: Campaign, patient: Patient, now: datetime) -> bool:
    """Whether they are in it now, and were not before."""
    source = f"campaign:{campaign.id}"
    if outreach.find_outreach(tenant, outreach_id(tenant, source, patient.id)) is not None:
        return False
    matter = Matter(
        source=source,
        id=patient.id,
        purpose=campaign.purpose,
        steps=campaign.steps,
        lasts=campaign.days * rules.DAY,
        author=campaign.launched_by or campaign.created_by,
    )
    begun = begin_outreach(tenant, patient, matter, now)
    if begun is None:
        return False
    held_out = rules.is_held_out(tenant, campaign, patient.id)
    return _stored(tenant, _held_out(begun, now) if held_out else begun)


def _held_out(begun: Outreach, now: datetime) -> Outreach:
    nothing = {"steps": (), "reminders": (), "due_at": None, "state": "held_out", "ended_at": now}
    return begun.model_copy(update=nothing)


def _stored(tenant: str, begun: Outreach) -> bool:
    """False: another worker was faster."""
    try:
        outreach.save_outreach(tenant, begun)
    except Stale:
        return False
    return True
