"""A person whom the clinic forgets, and what has to be remembered all the same."""

from __future__ import annotations

from typing import Final, Literal

from recado.model.patient import Patient, Purpose
from recado.model.record import Instant, Versioned

Reason = Literal["requested", "retention", "mistake"]
"""Why: they asked for it (LGPD art. 18, GDPR art. 17), their data were kept long enough, or they should never
have been here. A closed list, for it is kept: free words might name them."""

ERASED: Final[frozenset[Purpose]] = frozenset({"care", "marketing"})
"""What whoever is erased has stopped: a claim of what was on its way to them finds this."""


class Erasure(Versioned):
    """One person's erasure, for as long as there is something to do, and then that it was done.

    Kept: random ids, times, who decided and why. `people` and all below it are there until it is finished.
    """

    id: str
    """The person's: their root's."""
    records: tuple[str, ...]
    """All their records, root first."""
    reason: Reason
    by: str
    """`agent:<id>`, or `role:<role>` for who is no agent."""
    asked_at: Instant
    taken_at: Instant | None = None
    """When the last of the records was taken away."""
    erased_at: Instant | None = None
    """When nothing was left; none until then."""
    people: tuple[Patient, ...] = ()
    """Those records as they were, each from when it was taken away."""
    files: tuple[str, ...] = ()
    """Objects that a worker may have been fetching just then: they are taken away once more in the end."""
    boxes: tuple[tuple[str, str], ...] = ()
    """Chat visitors' boxes, (account, address), into which a worker may have been putting something."""
    due_at: Instant | None = None
    """When the sweep goes on; none when it is finished."""

    @property
    def state(self) -> Literal["erasing", "erased"]:
        """Whether there is something left to do."""
        return "erased" if self.erased_at else "erasing"


class Stopped(Versioned):
    """What somebody who was erased had stopped at a contact point, of which only a keyed hash is known."""

    opted_out: frozenset[Purpose]
    at: Instant
