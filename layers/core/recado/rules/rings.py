"""What became of a call by which we remind somebody. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from recado.errors import Outcome
from recado.rules.appointments import Answer

KEYS: Final[Mapping[str, Answer]] = {"1": "confirm", "2": "cancel"}
PERSON: Final = "0"
"""The keys of a telephone, and what they mean in a call about a visit."""

_WHY: Final[Mapping[str, str]] = {
    "TELECOM_BUSY": "busy",
    "TELECOM_NUMBER_INVALID": "bad_address",
    "TELECOM_POTENTIAL_BLOCKING": "fix_account",
}
"""Connect's reasons (DisconnectReason); any other: nobody answered."""
_OUTCOMES: Final[Mapping[str, Outcome]] = {"bad_address": "bad_address", "fix_account": "fix_account"}


class Became(NamedTuple):
    """As a receipt tells it. Somebody, or a machine of theirs, picked up: it is `delivered`, and nobody knows
    who heard it before a key is pressed."""

    status: str
    error: str | None = None
    outcome: Outcome | None = None


def became(ended: bool, connected_at: datetime | None, reason: str | None) -> Became | None:
    """None while it rings."""
    if connected_at is not None:
        return Became("delivered")
    if not ended:
        return None
    why = _WHY.get(reason or "", "no_answer")
    return Became("failed", why, _OUTCOMES.get(why))
