"""All that was said with somebody, by whatever channel and under whatever record."""

from __future__ import annotations

from recado.actions.load_person import load_person
from recado.rules.timelines import Stretch, united
from recado.store import contacts

PAGE = 100


def read_timeline(tenant: str, patient_id: str, before: str | None = None, limit: int = PAGE) -> Stretch:
    """The latest entries of the person one of whose records this is. Raises NotFound."""
    records = load_person(tenant, patient_id)
    pages = (contacts.timeline(tenant, one.id, limit, before) for one in records)
    return united((Stretch(*page) for page in pages), limit)
