"""When, by what and in which words a clinic writes of its own accord: data, for each type of visit."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

from pydantic import Field, model_validator

from recado.model.record import Record

StepPurpose = Literal[
    "reminder", "instructions", "authorisation", "medication", "recall", "survey", "review", "news"
]
By = Literal["message", "other_channel", "person"]
FORESEEN: Final = 3
"""Days before a visit from which on it is known whether it is at risk (actions/foresee.py)."""
PROMOTIONS: Final[frozenset[str]] = frozenset({"survey", "review", "news"})
"""What goes to those only who take marketing; all else is care, a recall too (it is about their health)."""


class Step(Record):
    """One step: what is said, and when.

    `minutes` are counted on the clock on the wall from what the step is about (a visit's start, or when a
    matter began); before it they are negative. `only`: not for whoever has confirmed; `at_risk` is
    besides only for visits that are likelier missed than most (rules/risk). `by` is how: a message;
    one by another channel than the earlier steps went by, where there is one; or a person, who calls.
    """

    name: str
    minutes: int
    purpose: StepPurpose = "reminder"
    text: str = ""
    """The key of what is said; "": the reminder that fits how near the visit is."""
    channels: tuple[str, ...] = ()
    """By what to try this step, the first choice first: channels, or families of them. None: as always."""
    only: Literal["unconfirmed", "at_risk"] | None = None
    by: By = "message"

    @model_validator(mode="before")
    @classmethod
    def _of_before(cls, value: Any) -> Any:
        """Rows of before counted hours."""
        if isinstance(value, dict) and "hours_before" in value:
            kept = {name: one for name, one in value.items() if name != "hours_before"}
            return {"minutes": -60 * value["hours_before"], **kept}
        return value


class Caps(Record):
    """How many messages that we begin somebody gets at most, of whatever kind; answers do not count."""

    day: int = 3
    """In any 24 hours."""
    week: int = 8
    """In any seven days."""
    promotions: int = 2
    """Of those in seven days: surveys, invitations, news."""
    survey_days: int = 90
    """Nobody is asked how it was again within so many days (R88)."""


def _ladder() -> tuple[Step, ...]:
    return (
        Step(name="72h", minutes=-72 * 60),
        Step(name="24h", minutes=-24 * 60),
        Step(name="3h", minutes=-3 * 60, only="unconfirmed", by="other_channel"),
        Step(name="call", minutes=-2 * 60, only="unconfirmed", by="person"),
    )


class Policy(Record):
    """A policy: its steps, and when nothing goes out.

    Quiet hours are the clinic's wall time, `HH:MM`: from 21:00 to 08:00 by default. A visit
    is reminded of by the policy as it is when the step is due, at the moment planned by the one of before.
    """

    steps: tuple[Step, ...] = Field(default_factory=_ladder)  # no start needs them
    quiet_from: str = "21:00"
    quiet_until: str = "08:00"
    language: str | None = None
    """In which to write, whatever the patient's own; none: in theirs."""
    on_closed_days: bool = False
    """Whether messages go on days on which the clinic is closed; else they go before."""
    closed_days: tuple[date, ...] = ()
    """Those days: the clinic's, which are filled in when the policy is used."""
    caps: Caps = Field(default_factory=Caps)
    words: dict[str, dict[str, str]] = Field(default_factory=dict)
    """The clinic's own wording, by text and language: its variables are the text's (rules/wording.py)."""
