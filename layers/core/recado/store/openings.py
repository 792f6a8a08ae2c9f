"""Time that became free (`T#t#O#<id>`), and the offers of it (`T#t#WO#<id>`), in the appointments table.

The opening is what is due.
"""

from __future__ import annotations

from typing import Final

from recado.errors import NotFound
from recado.model.record import iso
from recado.model.waiting import Offer, Opening
from recado.store.appointments import AppointmentRow
from recado.store.rows import Transaction, fields, key, load, save

OPENING: Final = "O"
"""The kind of its row."""
OFFER: Final = "WO"


def save_opening(tenant: str, opening: Opening, within: Transaction | None = None) -> None:
    """Store one, alone or within a transaction. Raises Stale."""
    due_at = opening.due_at
    row = AppointmentRow(
        pk=key(tenant, OPENING, opening.id),
        sk=OPENING,
        start=f"{iso(opening.begins)}#{opening.id}",
        due=key(tenant, "due") if due_at else None,
        due_at=iso(due_at) if due_at else None,
        **fields(opening),
    )
    save(row, opening.version, within)


def find_opening(tenant: str, opening_id: str) -> Opening | None:
    """One of this clinic's, as it is now, or none."""
    return load(AppointmentRow, Opening, key(tenant, OPENING, opening_id), OPENING)


def get_opening(tenant: str, opening_id: str) -> Opening:
    """One of this clinic's. Raises NotFound."""
    found = find_opening(tenant, opening_id)
    if found is None:
        raise NotFound
    return found


def save_offer(tenant: str, offer: Offer, within: Transaction) -> None:
    """Store one. The transaction raises Stale."""
    row = AppointmentRow(
        pk=key(tenant, OFFER, offer.id), sk=OFFER, start=f"{iso(offer.begins)}#{offer.id}", **fields(offer)
    )
    save(row, offer.version, within)


def find_offer(tenant: str, offer_id: str) -> Offer | None:
    """One of this clinic's, as it is now, or none."""
    return load(AppointmentRow, Offer, key(tenant, OFFER, offer_id), OFFER)
