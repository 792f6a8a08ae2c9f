"""Which of two reminder policies brings more patients to their visits: they get one of them by lot."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from recado.model.policy import Policy
from recado.model.record import Instant, Record, Versioned

Arm = Literal["usual", "tried"]
"""`usual`: the clinic's policy, as for everybody; `tried`: the experiment's."""


class Estimate(Record):
    """What it takes to see a difference: `patients` in both arms together, and so `weeks`.

    `kept` is the share of visits that took place of late, `a_week` how many patients had one each week. None
    for `weeks`: it would take years.
    """

    kept: float = Field(ge=0, le=1)
    a_week: float
    patients: int
    weeks: int | None = None


class Experiment(Versioned):
    """An experiment; patients belong to an arm by a hash, so that nobody has to keep who does.

    It is of the visits that are booked while it runs. `difference` is the smallest one worth finding, as a
    share of all visits (0.03: three in a hundred more take place).
    """

    id: str
    name: str
    policy: Policy
    type_id: str | None = None
    """Visits of this type only; none: of all types."""
    difference: float = Field(gt=0, lt=1)
    estimate: Estimate
    state: Literal["draft", "running", "stopped"] = "draft"
    created_at: Instant
    created_by: str
    started_at: Instant | None = None
    started_by: str | None = None
    stopped_at: Instant | None = None
    stopped_by: str | None = None
