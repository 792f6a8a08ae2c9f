"""Which person a record counts as."""

from __future__ import annotations

from recado.model.record import Instant, Record


class Alias(Record):
    """Whose record somebody's is, as far as reports need to know."""

    record: str
    person: str
    """The root; of a root, itself."""
    first_at: Instant | None = None
    """When the record's first contact was opened; none: there was none yet when it was joined."""
