"""What became of messages in the end: another may have gone in the stead of one."""

from __future__ import annotations

from collections.abc import Iterable

from recado.model.communication import Communication
from recado.store import contacts


def load_last(tenant: str, ids: Iterable[str]) -> dict[str, Communication]:
    """Those of these messages that there are, by their ids: each, or the last that went in its stead. A read
    for each hundred, and the same again of what was replaced."""
    wanted = {own_id: own_id for own_id in ids}
    found: dict[str, Communication] = {}
    while wanted:
        these = contacts.some_communications(tenant, wanted)
        found |= {wanted[one.id]: one for one in these if not one.replaced_by}
        wanted = {one.replaced_by: wanted[one.id] for one in these if one.replaced_by}
    return found
