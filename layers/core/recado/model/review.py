"""What a person of the clinic is asked to decide about two records."""

from __future__ import annotations

from typing import Literal

from recado.model.profile import Evidence
from recado.model.record import Instant, Versioned

Reason = Literal["likely", "birth_date", "document", "ehr", "two_people"]
"""Why the rules did not decide: it is `likely` and no more; two birth dates, or two documents, conflict;
a system that numbers its patients (`ehr`) has them under two numbers; a message's contact points lead to two
people."""


class Review(Versioned):
    """Two records that may be one person's (R20). Decided once, `different` is never asked again."""

    id: str
    """Of the pair, whichever was first."""
    one: str
    """The record known before."""
    other: str
    """The record that came."""
    reason: Reason
    score: float
    evidence: tuple[Evidence, ...] = ()
    rule: str
    state: Literal["open", "same", "different"] = "open"
    raised_at: Instant
    decided_by: str | None = None
    decided_at: Instant | None = None
