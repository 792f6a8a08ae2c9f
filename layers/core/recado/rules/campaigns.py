"""What a campaign may be, whom it leaves out by lot, and what came of it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil
from typing import Final, NamedTuple

from recado.errors import Conflict, Invalid
from recado.model.campaign import Campaign, CampaignPurpose
from recado.model.outreach import Outreach
from recado.model.policy import Policy, Step
from recado.rules import quiet
from recado.rules.experiments import Difference, difference

MOST: Final = 200
"""Campaigns of a clinic, those included that are over."""
MOST_STEPS: Final = 4
TEXTS: Final[dict[CampaignPurpose, frozenset[str]]] = {
    "recall": frozenset({"recall", "recall_again"}),
    "news": frozenset({"news"}),
}
"""What a campaign may say: by construction nothing of what anybody has."""
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
CONVERTS: Final = timedelta(days=30)
"""A visit booked within this time counts as having come of it (K25)."""


def checked(campaign: Campaign) -> Campaign:
    """The campaign, its steps in order. Raises Invalid that names a field."""
    steps = tuple(sorted(campaign.steps, key=lambda one: one.minutes))
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Invalid("steps", f"From 1 to {MOST_STEPS}.")
    for place, step in enumerate(campaign.steps):
        _check(campaign, step, f"steps.{place}")
    if any(other.minutes - one.minutes < DAY / MINUTE for one, other in pairwise(steps)):
        raise Invalid("steps", "A day lies between one and the next, at least.")
    return campaign.model_copy(update={"steps": steps})


def _check(campaign: Campaign, step: Step, field: str) -> None:
    if not 0 <= step.minutes < campaign.days * DAY / MINUTE:
        raise Invalid(f"{field}.minutes", "Within the days of the campaign.")
    if step.purpose != campaign.purpose or step.text not in TEXTS[campaign.purpose]:
        texts = ", ".join(sorted(TEXTS[campaign.purpose]))
        raise Invalid(f"{field}.text", f"One of: {texts}.")


def refuse_many(known: Sequence[Campaign]) -> None:
    """Raises Conflict where the clinic has had enough of them."""
    if len(known) >= MOST:
        raise Conflict(f"{MOST} campaigns at most.")


def still_draft(one: Campaign) -> Campaign:
    """The campaign, which may yet be another. Raises Conflict for one that was launched."""
    _refuse(one, "draft")
    return one


def launched(one: Campaign, now: datetime, by: str) -> Campaign:
    """It runs from now on. Raises Conflict for one that ran before."""
    _refuse(one, "draft")
    return one.model_copy(update={"state": "running", "launched_at": now, "launched_by": by, "due_at": now})


def paused(one: Campaign) -> Campaign:
    """Nobody is taken in, and nobody written to, until it goes on. Raises Conflict unless it runs."""
    _refuse(one, "running")
    return one.model_copy(update={"state": "paused", "due_at": None})


def resumed(one: Campaign, now: datetime) -> Campaign:
    """It goes on where it was. Raises Conflict unless it is paused."""
    _refuse(one, "paused")
    due_at = max(now, one.walked_at + one.days * DAY) if one.walked_at else now
    return one.model_copy(update={"state": "running", "due_at": due_at})


def ended(one: Campaign, now: datetime) -> Campaign:
    """Nobody is written to any more. Raises Conflict for a draft, and for one that is over."""
    _refuse(one, "running", "paused")
    return one.model_copy(update={"state": "ended", "ended_at": now, "due_at": None})


def _refuse(one: Campaign, *states: str) -> None:
    if one.state not in states:
        raise Conflict(f"This campaign is {one.state}.", field="state")


def a_minute(one: Campaign) -> int:
    """How many may be taken in in one minute."""
    return ceil(one.per_hour / 60)


def between(one: Campaign) -> timedelta:
    """How long after one turn, in which people are taken in, the next one comes."""
    return MINUTE * ceil(60 * a_minute(one) / one.per_hour)


def walked(one: Campaign, place: str | None, now: datetime) -> Campaign:
    """After another turn: it goes on from `place`, and when everybody was looked at, ends after its days."""
    if place is not None:
        return one.model_copy(update={"place": place, "due_at": now + between(one)})
    return one.model_copy(update={"walked_at": now, "due_at": now + one.days * DAY})


def waits_until(policy: Policy, timezone: str, now: datetime) -> datetime:
    """When people may be taken in: now, or when quiet hours and closed days are over, so that what would be
    written to them meanwhile does not come all at once."""
    return quiet.from_then(policy, now, timezone) or now + DAY


def is_held_out(tenant: str, one: Campaign, patient: str) -> bool:
    """By lot, and always the same; independent of any other campaign."""
    lot = hashlib.sha256("\0".join((tenant, one.id, patient)).encode()).digest()
    return int.from_bytes(lot[:4]) < one.control * 2**32


class Results(NamedTuple):
    """What came of it by now, of everybody who was taken in.

    `treated` and `control`: people; `booked`: those of them who had a visit booked within 30 days. `effect`:
    the difference of these shares and its interval (95 %); none while an arm is empty.
    """

    treated: int
    control: int
    sent: int
    answered: int
    yes: int
    unreached: int
    booked: int
    booked_control: int
    effect: Difference | None


def results(outreaches: Iterable[Outreach]) -> Results:
    """Everybody counts in the arm that the lot gave them, whatever they were sent (intention to treat)."""
    arms: dict[bool, list[Outreach]] = {False: [], True: []}
    for one in outreaches:
        arms[one.state == "held_out"].append(one)
    treated, control = arms[False], arms[True]
    booked, by_itself = _booked(treated), _booked(control)
    return Results(
        treated=len(treated),
        control=len(control),
        sent=sum(any(step.state == "sent" for step in one.reminders) for one in treated),
        answered=sum(one.state == "answered" for one in treated),
        yes=sum(one.answer == "yes" for one in treated),
        unreached=sum(one.state == "unreached" for one in treated),
        booked=booked,
        booked_control=by_itself,
        effect=difference(booked, len(treated), by_itself, len(control)),
    )


def _booked(arm: Iterable[Outreach]) -> int:
    return sum(one.booked_at is not None and one.booked_at - one.anchor <= CONVERTS for one in arm)
