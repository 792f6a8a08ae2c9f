"""Calls by machine: whether, and from which of its numbers, a clinic reminds who did not confirm a visit."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Final

from pydantic import Field
from recado.actions.find_policy import find_policy
from recado.actions.preview_call import preview_call
from recado.actions.set_reminder_calls import ReminderCalls, reminder_calls, set_reminder_calls
from recado.rules import times
from recado.store import tenants
from typing_extensions import TypedDict

from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)

EXAMPLE: Final = time(14, 30)
"""The time of the visit of which an example of a call speaks."""


class Calls(TypedDict):
    """`numbers`: those of the clinic that ring. `number`: the one it calls from; null: it does not. A call
    `says` this, for example, and comes neither in quiet hours nor on closed days."""

    numbers: list[str]
    number: str | None
    says: str
    quiet_from: str
    quiet_until: str


class NewCalls(Asked):
    """The number to call from; null: none."""

    number: Annotated[str, Field(max_length=20)] | None


@resource.route("GET", "/reminder-calls", "read_reminder_calls", Calls)
def read_calls(call: Call) -> Calls:
    """Whether patients who did not confirm are called by a machine, and from which number."""
    return _shown(call, reminder_calls(call.tenant))


@resource.route("PUT", "/reminder-calls", "set_reminder_calls", Calls, body=NewCalls)
def put_calls(call: Call, body: NewCalls) -> Calls:
    """Switch it on, from this number, or off; it holds within a minute. 400: it is not the clinic's own."""
    return _shown(call, set_reminder_calls(call.tenant, body.number))


def _shown(call: Call, known: ReminderCalls) -> Calls:
    policy = find_policy(call.tenant)
    tomorrow = times.wall(call.now, tenants.get(call.tenant).timezone).date() + timedelta(days=1)
    return {
        "numbers": list(known.numbers),
        "number": known.number,
        "says": preview_call(call.tenant, policy, datetime.combine(tomorrow, EXAMPLE)),
        "quiet_from": policy.quiet_from,
        "quiet_until": policy.quiet_until,
    }
