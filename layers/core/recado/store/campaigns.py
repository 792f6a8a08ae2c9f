"""Campaigns (`T#t#C#<id>`): rows of the appointments table, where what goes on by itself is due."""

from __future__ import annotations

from typing import Final

from recado.errors import NotFound
from recado.model.campaign import Campaign
from recado.model.record import iso
from recado.store.appointments import AppointmentRow
from recado.store.rows import fields, key, load, named, readable, save, transaction

CAMPAIGN: Final = "C"
"""The kind of its row."""


def save_campaign(tenant: str, campaign: Campaign) -> Campaign:
    """Store one, as it then is. Raises Stale."""
    return campaign.model_copy(update={"version": save(_row(tenant, campaign), campaign.version)})


def drop_campaign(tenant: str, campaign: Campaign) -> None:
    """Take one away, as it was loaded. Raises Stale."""
    with transaction() as work:
        work.delete(_row(tenant, campaign))


def _row(tenant: str, campaign: Campaign) -> AppointmentRow:
    due_at = campaign.due_at
    return AppointmentRow(
        pk=key(tenant, CAMPAIGN, campaign.id),
        sk=CAMPAIGN,
        day=key(tenant, "campaigns"),
        start=f"{iso(campaign.created_at)}#{campaign.id}",
        due=key(tenant, "due") if due_at else None,
        due_at=iso(due_at) if due_at else None,
        **fields(campaign),
    )


def find_campaign(tenant: str, campaign_id: str) -> Campaign | None:
    """One of this clinic's, or none."""
    return load(AppointmentRow, Campaign, key(tenant, CAMPAIGN, campaign_id), CAMPAIGN)


def get_campaign(tenant: str, campaign_id: str) -> Campaign:
    """One of this clinic's. Raises NotFound."""
    found = find_campaign(tenant, campaign_id)
    if found is None:
        raise NotFound
    return found


def listing(tenant: str) -> list[Campaign]:
    """All of a clinic's, the latest first; the index lags a moment."""
    with named():
        rows = list(AppointmentRow.by_day.query(key(tenant, "campaigns"), scan_index_forward=False))
        held = AppointmentRow.batch_get([(row.pk, row.sk) for row in rows]) if rows else ()
        found = readable(held, Campaign)
    return sorted(found.values(), key=lambda one: (one.created_at, one.id), reverse=True)
