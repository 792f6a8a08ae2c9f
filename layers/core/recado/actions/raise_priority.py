"""The clinic lets somebody on the waiting list go before others, and says why."""

from __future__ import annotations

from recado.actions.again import again
from recado.errors import Invalid, Stale
from recado.model.waiting import WaitingEntry
from recado.rules import waiting as rules
from recado.store import waiting


@again
def raise_priority(
    tenant: str, entry_id: str, priority: int, reason: str, *, version: int | None = None
) -> WaitingEntry:
    """Give an entry this priority; 0 is everybody's, and needs no reason.

    Raises NotFound, Invalid that names `reason`, Conflict for who is not on the list, and Stale when the
    entry is not at the caller's `version` any more.
    """
    if priority and not reason.strip():
        raise Invalid("reason", "Say why: the others on the list wait longer by it.")
    entry = waiting.get_entry(tenant, entry_id)
    if version is not None and version != entry.version:
        raise Stale
    after = rules.raised(entry, priority, reason.strip())
    waiting.save_entry(tenant, after)
    return after.model_copy(update={"version": entry.version + 1})
