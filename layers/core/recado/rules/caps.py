"""How much somebody gets of what we begin. Pure.

Every message that we begin counts, whatever campaign or visit it is of; answers, what tells them of a change,
and what they have asked to be reminded of each day, do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from recado.model.communication import Communication
from recado.model.policy import PROMOTIONS, Caps

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
BEGUN: Final = frozenset(
    {"reminder", "instructions", "authorisation", "medication", "recall", "marketing", *PROMOTIONS}
)
"""The purposes that are ours to begin."""
ASKED_FOR: Final = frozenset({"medication"})
"""Of these, what does not count, and is not held back."""
UNSENT: Final = frozenset({"failed", "expired", "withdrawn"})


def free_from(caps: Caps, purpose: str, sent: Iterable[Communication], now: datetime) -> datetime:
    """From when on one more message of this purpose is within the caps, by what was `sent` in the last week:
    now, where it is already."""
    if purpose in ASKED_FOR:
        return now
    begun = sorted(
        (one.at, one.purpose)
        for one in sent
        if one.direction == "outbound" and one.purpose in BEGUN - ASKED_FOR and one.state not in UNSENT
    )
    everything = [at for at, _ in begun]
    free = [now, _free(everything, caps.day, DAY), _free(everything, caps.week, WEEK)]
    if purpose in PROMOTIONS:
        free.append(_free([at for at, kind in begun if kind in PROMOTIONS], caps.promotions, WEEK))
    return max(one for one in free if one is not None)


def _free(sent: list[datetime], most: int, span: timedelta) -> datetime | None:
    """When fewer than so many of them lie in the span; none: it does not depend on them."""
    return sent[-most] + span if len(sent) >= most else None
