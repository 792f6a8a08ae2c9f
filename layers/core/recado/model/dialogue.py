"""How far self-service has come in a contact."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from recado.model.record import Instant, Record

DialogueState = Literal["open", "done", "handed_over", "left"]
"""`open`: it is their turn. `done`: it was settled without a person. `left`: they said no more."""

Reason = Literal["asked", "unsure", "failed", "flow"]
"""Why it was handed over: they asked for a person; it was not sure what they want; they were not understood
twice; the flow says so, or they said what cannot wait. It stays while self-service sees to something else
out of hours: a person is awaited all the same (rules.dialogues.awaited)."""

PROOF: Final = frozenset({"birth_date", "digits", "verified"})
"""What is kept of a dialogue only while it goes on."""


class Dialogue(Record):
    """A flow that somebody goes through, and where they are in it (R53). It lies on the contact, so that it
    outlasts a change of channel and a night."""

    flow: str
    number: int
    """The version of the flow that it began with, and goes on by; 0: the one that ships with Recado."""
    node: str
    """Where their answer is awaited, or where it ended."""
    state: DialogueState = "open"
    data: dict[str, str] = Field(default_factory=dict)
    """What was found and chosen so far: ids, and what was asked for in words."""
    options: tuple[tuple[str, str], ...] = ()
    """What they may choose from, as it was shown: value and title; the first is number 1."""
    yes_or_no: bool = False
    """Whether a yes or no answers what was asked last."""
    failures: int = 0
    """How often in a row they were not understood."""
    turns: int = 0
    """How often we have spoken, in all flows of the contact."""
    began_at: Instant
    asked_at: Instant
    """When we last spoke."""
    reason: Reason | None = None
    flows: tuple[str, ...] = ()
    """All that was gone through in this contact, in order, each as `<flow>.<number>` (R30)."""
