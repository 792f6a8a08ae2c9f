"""WhatsApp's error codes → what may be done next. Source: Meta's "Cloud API error codes", read November 2026.

Rate limits come with HTTP 400, so the code decides and the HTTP status only fills in where there is none.
"""

from __future__ import annotations

from typing import Any, Final

from recado.channels.meta_graph import by_status
from recado.errors import Outcome

DAY_S: Final = 86_400.0
MAX_TEXT: Final = 1000
"""Characters of an error's title or detail that are kept. One error may be said of every event of a value."""
PAIR_S: Final = 4.0
"""Pair rate limit: wait 4 to the power of n seconds at the n-th try; the first wait."""

THROTTLED: Final = frozenset({4, 80007, 130429, 131048, 131056, 133004, 133016})
"""Clear answers that nothing was sent, whatever the HTTP status."""
TROUBLE: Final = frozenset({2, 131000, 131016, 131057, 131053})
"""Meta's own trouble: safe to repeat when refused with a 4xx, unknown when it comes as a 5xx."""

CODES: Final[dict[Outcome, frozenset[int]]] = {
    "retry": THROTTLED | TROUBLE,
    "template_only": frozenset({131047}),
    "wait": frozenset({131049}),
    # 130472: the person is in an experiment that keeps such messages from them. Nothing to mend, nothing to
    # repeat.
    "opted_out": frozenset({131050, 368, 130472}),
    "bad_address": frozenset({131026, 131030, 131021, 131062, 131063}),
    "fix_account": frozenset({0, 190, 3, 10, 33, 131005, 131031, 131037, 131042, 131045, *range(200, 300)}),
    "fix_request": frozenset(
        {132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069}
        | {100, 131008, 131009, 131051, 131052, 135000, 137000}
    ),
}
BY_CODE: Final[dict[int, Outcome]] = {code: outcome for outcome, codes in CODES.items() for code in codes}


def outcome(code: int | None, status: int = 400) -> Outcome:
    """What an error with this code, under this HTTP status, allows. An unknown code is for an operator."""
    if status >= 500 and (code not in BY_CODE or code in TROUBLE):
        return "unknown"
    if code is None:
        return by_status(status)
    return BY_CODE.get(code, "fix_account")


def wait_s(code: int | None) -> float | None:
    """Seconds to wait at least before the next try, where the code says so."""
    return {131049: DAY_S, 131056: PAIR_S}.get(code) if code is not None else None


def read_error(error: dict[str, Any]) -> dict[str, Any]:
    """A provider's error as an event carries it: {code, title, detail, outcome}."""
    code = error.get("code")
    number = code if isinstance(code, int) and not isinstance(code, bool) else None
    data = error.get("error_data")
    detail = data.get("details") if isinstance(data, dict) else error.get("details")
    return {
        "code": number,
        "title": _short(error.get("title") or error.get("message")),
        "detail": _short(detail),
        "outcome": outcome(number),
    }


def _short(told: object) -> str:
    return told[:MAX_TEXT] if isinstance(told, str) else ""
