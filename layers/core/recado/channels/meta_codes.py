"""Error codes of Messenger and Instagram → what may be done next. Source: Meta, Messenger Platform."""

from __future__ import annotations

from typing import Final

from recado.channels.meta_graph import by_status
from recado.errors import Outcome

THROTTLED: Final = frozenset({4, 613})
"""Clear answers that nothing was sent, whatever the HTTP status."""
TROUBLE: Final = frozenset({2, 1200})
"""Meta's own trouble: safe to repeat when refused with a 4xx, unknown when it comes as a 5xx."""

SUBCODES: Final[dict[int, Outcome]] = {
    2018278: "template_only",  # outside the window
    1545041: "bad_address",  # unavailable, or has blocked the page
    2018001: "bad_address",  # no such person for this page
}
CODES: Final[dict[int, Outcome]] = {
    551: "bad_address",
    2018001: "bad_address",
    100: "fix_request",
    **dict.fromkeys(THROTTLED | TROUBLE, "retry"),
}


def outcome(code: int | None, subcode: int | None, status: int) -> Outcome:
    """What an error allows. A subcode says more than its code; an unknown code is for an operator."""
    if subcode in SUBCODES:
        return SUBCODES[subcode]
    if status >= 500 and (code not in CODES or code in TROUBLE):
        return "unknown"
    if code is None or status == 429:
        return by_status(status)
    return CODES.get(code, "fix_account")
