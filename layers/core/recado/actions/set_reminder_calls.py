"""A clinic lets machines call who did not confirm a visit, from one of its numbers; or does not any more."""

from __future__ import annotations

from typing import NamedTuple

from recado.actions.again import again
from recado.errors import Invalid
from recado.model.tenant import Account
from recado.store import tenants

VOICE = "voice"


class ReminderCalls(NamedTuple):
    """The clinic's numbers that ring, and the one from which it calls; none: it does not."""

    numbers: tuple[str, ...]
    number: str | None


def reminder_calls(tenant: str) -> ReminderCalls:
    """As they are now. Raises Unavailable."""
    lines = _lines(tenant)
    calls = (one.id for one in lines if one.settings.get("reminders") == "on")
    return ReminderCalls(tuple(one.id for one in lines), next(calls, None))


@again
def set_reminder_calls(tenant: str, number: str | None) -> ReminderCalls:
    """Store it; other functions go by it within a minute. Raises Invalid for a number that is not the
    clinic's own, which the operator enters."""
    lines = _lines(tenant)
    if number is not None and number not in {one.id for one in lines}:
        raise Invalid("number", "This number does not ring at your clinic. Ask this service's operator.")
    for line in lines:
        wanted = "on" if line.id == number else "off"
        if line.settings.get("reminders", "off") != wanted:
            settings = {**line.settings, "reminders": wanted}
            tenants.save_account(tenant, line.model_copy(update={"settings": settings}))
    return reminder_calls(tenant)


def _lines(tenant: str) -> list[Account]:
    return [one for one in tenants.accounts(tenant) if one.channel == VOICE]
