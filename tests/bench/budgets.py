"""What things may cost, and what to reach for. Counted ones fail `python -m tests.bench --counted`."""

from __future__ import annotations

from typing import Final, NamedTuple


class Budget(NamedTuple):
    limit: float
    reach: float


_WORKER = Budget(1.5, 1.1)
IMPORT: Final = {
    "intake": Budget(1.3, 0.75),
    "feed": Budget(1.6, 1.3),
    "dedupe": _WORKER,
    "routing": _WORKER,
    "delivery": _WORKER,
    "reminders": _WORKER,
    "voice": _WORKER,
    "metrics": _WORKER,
    "api": Budget(1.6, 1.2),
}
"""In B (see imports.py)."""

CALLS: Final = Budget(5, 3)
"""To AWS, for an inbound message, from intake to stored and routed."""
WRITES: Final = Budget(5, 3)
"""Write units of table and indexes for the same, of somebody whose contact is open."""
LOOKUP: Final = Budget(1, 1)
"""Read units while a caller waits."""
INBOUND_DOLLARS: Final = Budget(5.90, 3.60)
REMINDER_DOLLARS: Final = Budget(2.00, 1.60)
"""Per million, list price. Not enforced: prices are Amazon's."""
LAYER_BYTES: Final = Budget(15_000_000, 8_000_000)
