"""When a campaign would have written to everybody, were it launched now. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from recado.model.campaign import Campaign
from recado.model.policy import Policy
from recado.rules import campaigns, plans, quiet

LONGEST: Final = timedelta(days=366)
"""What takes longer is not foretold."""


def last_turn(policy: Policy, timezone: str, one: Campaign, turns: int, now: datetime) -> datetime | None:
    """When the last of so many turns comes, each at a permitted moment, `campaigns.between` apart; none: not
    within LONGEST."""
    wait, left = campaigns.between(one), turns - 1
    at = campaigns.waits_until(policy, timezone, now)
    while at < now + LONGEST and quiet.permits(policy, at, timezone):
        end = quiet.ends_next(policy, at, timezone)
        if end is None or at + left * wait < end:
            return at + left * wait
        left -= -((at - end) // wait)
        at = campaigns.waits_until(policy, timezone, end)
    return None


def turns_of(one: Campaign, people: int, looked_at: int, a_turn: int) -> int:
    """How many turns it takes to take in so many people, of so many records, of which each turn looks at
    `a_turn` at most."""
    return max(ceil(people / campaigns.a_minute(one)), ceil(looked_at / a_turn), 1)


def last_message(policy: Policy, timezone: str, one: Campaign, taken_in: datetime) -> datetime:
    """When the last step goes, at the latest, to whoever is taken in then."""
    frame = plans.Frame(taken_in, timezone, after=True, ends=taken_in + one.days * campaigns.DAY)
    planned = plans.plan(policy, one.steps, frame, taken_in - plans.MOMENT)
    return max((step.due_at for step in planned if step.state == "planned"), default=taken_in)
