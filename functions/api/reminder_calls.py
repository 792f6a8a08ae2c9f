"""Calls by machine: whether, and from which of its numbers, a clinic reminds who did not confirm a visit."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from recado.actions.set_reminder_calls import ReminderCalls, reminder_calls, set_reminder_calls
from typing_extensions import TypedDict

from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)


class Calls(TypedDict):
    """`numbers`: those of the clinic that ring. `number`: the one it calls from; null: it does not."""

    numbers: list[str]
    number: str | None


class NewCalls(Asked):
    """As in Calls."""

    number: Annotated[str, Field(max_length=20)] | None


@resource.route("GET", "/reminder-calls", "read_reminder_calls", Calls)
def read_calls(call: Call) -> Calls:
    """Whether patients who did not confirm are called by a machine, and from which number."""
    return _shown(reminder_calls(call.tenant))


@resource.route("PUT", "/reminder-calls", "set_reminder_calls", Calls, body=NewCalls)
def put_calls(call: Call, body: NewCalls) -> Calls:
    """Switch it on, from this number, or off; it holds within a minute. 400: it is not the clinic's own."""
    return _shown(set_reminder_calls(call.tenant, body.number))


def _shown(known: ReminderCalls) -> Calls:
    return {"numbers": list(known.numbers), "number": known.number}
