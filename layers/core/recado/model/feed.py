"""A practitioner's calendar, as whoever has its address may subscribe to it."""

from __future__ import annotations

from recado.model.record import Instant, Versioned


class Feed(Versioned):
    """One practitioner's; there is one at a time. `digest`: SHA-256 of its secret, which nobody keeps."""

    practitioner: str
    digest: str
    created_at: Instant
    created_by: str
