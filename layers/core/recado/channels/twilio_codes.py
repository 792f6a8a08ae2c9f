"""Twilio's error codes → what may be done next.

Source: Twilio's "Error and Warning Dictionary" and "Error code mapping" (WhatsApp), read November 2026. The
same codes come in the answer to a send and in the callback of a message that failed later.
"""

from __future__ import annotations

from typing import Any, Final

from recado.errors import Outcome

CODES: Final[dict[Outcome, frozenset[int]]] = {
    # 30001: the queue is full; 63009, 63010, 63012: trouble at the channel or between it and Twilio.
    "retry": frozenset({20429, 14107, 21611, 63018, 30001, 30017, 30022, 63009, 63010, 63012}),
    "template_only": frozenset({63016}),
    # Meta keeps a marketing message from somebody who had many.
    "wait": frozenset({63049}),
    # 63014: blocked by what the person did; 63032, 63033: WhatsApp does not let us.
    "opted_out": frozenset({21610, 63014, 63032, 63033}),
    # 63015: has not joined the sandbox.
    "bad_address": frozenset(
        {21211, 21214, 21217, 21265, 21407, 21421, 21612, 21614, 21635}
        | {30003, 30004, 30005, 30006, 30011, 63003, 63015, 63024, 63031, 63036}
    ),
    "fix_account": frozenset(
        {20003, 20005, 20006, 20008, 20404, 21210, 21212, 21408, 21606, 21608, 21618, 21659, 21660}
        | {21701, 21703, 21705, 30002, 30018, 30032, 30034, 30035, 30038, 30039}
        | {63001, 63002, 63007, 63008, 63020, 63022, 63038, 63051}
    ),
    # 30007: filtered by the carrier; 30008: the carrier does not say. Neither will go as it is.
    "fix_request": frozenset(
        {21602, 21603, 21604, 21605, 21609, 21617, 21619, 21620, 21623, 21654, 21655, 21656}
        | {30007, 30008, 30019, 30410, 63005, 63013, 63019, 63021, 63025, 63027, 63028, 63029, 63030}
        | {63040, 63041, 63042}
    ),
}
BY_CODE: Final[dict[int, Outcome]] = {code: outcome for outcome, codes in CODES.items() for code in codes}


def outcome(code: int | None, status: int = 400) -> Outcome:
    """What an error with this code, under this HTTP status, allows. An unknown code is for an operator.

    Only a clear refusal says that nothing was sent: the create call is not idempotent, and under 5xx the
    message may be on its way.
    """
    if status >= 500 or status in (200, 201, 408):
        return "unknown"
    if status == 429:
        return "retry"
    return BY_CODE.get(code, "fix_account") if code is not None else "fix_account"


def read_error(code: str, told: str) -> dict[str, Any]:
    """The error of a callback as an event carries it: {code, title, detail, outcome}."""
    number = int(code) if code.isascii() and code.isdigit() and len(code) <= 9 else None
    return {"code": number, "title": told[:200], "detail": "", "outcome": outcome(number)}
