"""A campaign begins, waits, goes on, or is called off."""

from __future__ import annotations

from datetime import datetime

from recado.actions.look_for_outreach import look_for_outreach
from recado.errors import NotFound, Stale
from recado.model.campaign import Campaign
from recado.model.segment import Query
from recado.rules import campaigns as rules
from recado.store import campaigns, segments


def launch_campaign(
    tenant: str, campaign_id: str, now: datetime, *, author: str, version: int | None = None
) -> Campaign:
    """People are taken in from the next minute on, by what its segment means now. Raises NotFound, Conflict
    unless it is a draft, and Stale when it is not at `version`."""
    one = _at(tenant, campaign_id, version)
    begun = rules.launched(one, now, author)
    look_for_outreach(tenant)
    return campaigns.save_campaign(tenant, begun.model_copy(update={"query": query_now(tenant, one)}))


def query_now(tenant: str, draft: Campaign) -> Query:
    """Whom it would mean, were it launched now: its segment, or what that meant before it was dropped."""
    try:
        return segments.get(tenant, draft.segment).query
    except NotFound:
        return draft.query


def pause_campaign(tenant: str, campaign_id: str, *, version: int | None = None) -> Campaign:
    """Nobody is taken in or written to until it goes on; what delivery has in hand still goes. Raises
    NotFound, Conflict unless it runs, Stale."""
    return campaigns.save_campaign(tenant, rules.paused(_at(tenant, campaign_id, version)))


def resume_campaign(tenant: str, campaign_id: str, now: datetime, *, version: int | None = None) -> Campaign:
    """It goes on where it was; what was due meanwhile goes within the hour. Raises NotFound, Conflict unless
    it is paused, Stale."""
    return campaigns.save_campaign(tenant, rules.resumed(_at(tenant, campaign_id, version), now))


def end_campaign(tenant: str, campaign_id: str, now: datetime, *, version: int | None = None) -> Campaign:
    """Nobody is written to any more. Raises NotFound, Conflict for a draft and for what is over, Stale."""
    return campaigns.save_campaign(tenant, rules.ended(_at(tenant, campaign_id, version), now))


def _at(tenant: str, campaign_id: str, version: int | None) -> Campaign:
    one = campaigns.get_campaign(tenant, campaign_id)
    if version is not None and version != one.version:
        raise Stale
    return one
