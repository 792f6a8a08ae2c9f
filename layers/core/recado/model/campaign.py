"""A campaign: a group of patients is written to, a few at a time, and a part of them is not, to compare."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from recado.model.policy import Step
from recado.model.record import Instant, Versioned
from recado.model.segment import Query

CampaignState = Literal["draft", "running", "paused", "ended"]
CampaignPurpose = Literal["recall", "news"]
"""A recall is care; news is marketing (see model.policy.PROMOTIONS)."""


class Campaign(Versioned):
    """One of a clinic's; each person in it has an Outreach, by which what came of it is counted.

    While it runs, people are taken in by the minute, in the order of their ids: `place` is the last one.
    """

    id: str
    name: str
    segment: str
    query: Query
    """The segment's, as it was when it was launched."""
    purpose: CampaignPurpose
    steps: tuple[Step, ...]
    """What each person is written, in minutes from when they were taken in."""
    days: int = Field(default=14, ge=1, le=90)
    """So long each of them may be written to."""
    control: float = Field(default=0.1, ge=0, le=0.5)
    """The share, by lot, that is not written to."""
    per_hour: int = Field(default=120, ge=1, le=3600)
    """So many are taken in at most."""
    state: CampaignState = "draft"
    created_at: Instant
    created_by: str
    launched_at: Instant | None = None
    launched_by: str | None = None
    place: str | None = None
    walked_at: Instant | None = None
    """When everybody had been looked at."""
    ended_at: Instant | None = None
    due_at: Instant | None = None
    """When it goes on by itself: with the next people, or to its end."""
