"""What came of calls, messages, self-service and following up, beside what contacts count."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from recado.model.dialogue import DialogueState, Reason
from recado.model.follow_up import AttemptOutcome, End
from recado.model.record import Instant, Record

Reached = Literal["", "accepted", "delivered"]
"""How far a message of ours came: its provider took it; it is where the patient reads."""


class AttemptFact(Record):
    """One attempt to reach a patient whom the clinic had missed."""

    at: Instant
    outcome: AttemptOutcome


class TalkFact(Record):
    """How far self-service came in a contact."""

    state: DialogueState
    flow: str
    """The one that it began with."""
    at: str
    """The flow and node at which it stands or ended, `<flow>/<node>`."""
    reason: Reason | None = None
    spoken: bool = False
    """A person of the clinic has written in it, too."""


class Pursuit(Record):
    """Somebody whom the clinic missed, or who filled in a form, and what was done to reach them."""

    patient: str
    kind: Literal["call", "form", "message"]
    since: Instant
    attempts: tuple[AttemptFact, ...] = ()
    answered_at: Instant | None = None
    """When a person first answered in writing, or they got through."""
    ended: End | None = None
    ended_at: Instant | None = None


class Talk(TalkFact):
    """One conversation with self-service; `closed_at`: its contact was settled."""

    patient: str
    closed_at: Instant | None = None


class Return(Record):
    """Somebody who had been here before came with one more matter."""

    patient: str
    at: Instant


class Outcomes(Record):
    """Of one channel, or of several, in an interval or in a longer time. What is empty is not stored.

    `calls`: calls of patients by how they ended and whether the clinic was open, `answered/open`.
    `accepted` and `delivered`, by template ("": free text): messages of ours that their provider took, and
    that arrived. `messaged`: whom we wrote to of our own accord, by purpose; `stopped`: who wanted no more.
    `reminded`: visits of which a reminder arrived. `after_hours`: contacts opened while the clinic was
    closed; `after_hours_served` of them were answered before it opened.
    """

    pursuits: tuple[Pursuit, ...] = ()
    talks: tuple[Talk, ...] = ()
    returns: tuple[Return, ...] = ()
    calls: dict[str, int] = Field(default_factory=dict)
    accepted: dict[str, int] = Field(default_factory=dict)
    delivered: dict[str, int] = Field(default_factory=dict)
    messaged: dict[str, frozenset[str]] = Field(default_factory=dict)
    stopped: frozenset[str] = frozenset()
    reminded: frozenset[str] = frozenset()
    after_hours: int = 0
    after_hours_served: int = 0

    @model_serializer(mode="wrap")
    def _sparse(self, whole: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in whole(self).items() if value}
