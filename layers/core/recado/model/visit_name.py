"""What another system calls a visit, and how far it has told us of it."""

from __future__ import annotations

from recado.model.record import Instant, Versioned


class VisitName(Versioned):
    """One name of one system, which leads to one visit; the name is the key only, and there a digest, so that
    no row tells it of somebody who is erased. `told_at`, by that system's clock: what it says that is older
    came late, and changes nothing. `withdrawn`: it was called off before we ever heard of it."""

    appointment: str | None = None
    told_at: Instant | None = None
    withdrawn: bool = False
    origin: str = ""
    """What first told of it, where that may be told again after a crash: `<import>/<row>`."""
