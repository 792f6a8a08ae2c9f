"""A flow: how self-service talks somebody through one matter, as data (R30)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints, ValidationError

from recado.errors import Invalid
from recado.model.record import Instant, Record, Versioned
from recado.model.tenant import Language

FlowId = Literal[
    "menu",
    "confirm",
    "cancel",
    "reschedule",
    "book",
    "waiting",
    "visits",
    "results",
    "hours",
    "question",
    "optout",
]
"""The type of interaction that a flow is for. `visits`: when their own is; `question`: prices, insurance, and
whatever else the clinic has an answer to; `optout`: who seems to want no more messages, and did not say so in
as many words."""

Name = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]{0,31}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=700)]
"""Over buttons go 1024 characters (WhatsApp): values and a word of courtesy have to fit in, too."""
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
"""Of a button: 20 characters (WhatsApp, Messenger)."""

Deed = Literal[
    "find_visits",
    "confirm_visit",
    "cancel_visit",
    "find_types",
    "know_name",
    "find_slots",
    "book_slot",
    "move_visit",
    "join_waiting",
    "begin_results",
    "check_identity",
    "find_result",
    "tell_hours",
    "find_answer",
    "stop_messages",
]

OUTCOMES: Final[dict[Deed, tuple[str, ...]]] = {
    "find_visits": ("one", "several", "none", "hidden"),
    "confirm_visit": ("done", "gone"),
    "cancel_visit": ("done", "gone"),
    "find_types": ("one", "several", "none"),
    "know_name": ("known", "unknown"),
    "find_slots": ("found", "none"),
    "book_slot": ("told", "booked", "taken", "failed"),
    "move_visit": ("told", "moved", "taken", "failed"),
    "join_waiting": ("joined", "failed"),
    "begin_results": ("ask", "impossible", "locked"),
    "check_identity": ("verified", "refused", "locked"),
    "find_result": ("ready", "link", "waiting", "none"),
    "tell_hours": ("told", "none"),
    "find_answer": ("found", "none"),
    "stop_messages": ("done",),
}
"""What may come of each deed: a flow says where each leads. `told`: a message of its own says that it is
done, and nothing more has to be said."""

FINDS: Final[dict[Deed, str]] = {"find_visits": "visits", "find_types": "types", "find_slots": "slots"}
"""The list that a deed leaves to be chosen from."""


class Choice(Record):
    """One of the answers that a question offers. `means`: an answer of yes or no in any words is this one."""

    id: Name
    title: dict[Language, Title]
    next: Name
    means: Literal["", "yes", "no"] = ""


class Ask(Record):
    """Say something, and wait for their answer. To talk to a person is offered with every question."""

    kind: Literal["ask"] = "ask"
    text: dict[Language, Text]
    expects: Literal["choice", "date", "digits", "words"] = "choice"
    """`date`: of birth, say; `digits`: a part of a number; `words`: whatever they write."""
    choices: tuple[Choice, ...] = ()
    among: Literal["", "visits", "types", "slots"] = ""
    """What was found last, offered before the choices."""
    saves: Name | None = None
    """The name under which their answer is kept: what was chosen from a list, or was asked for."""
    next: Name | None = None
    """Where what is kept leads to."""


class Do(Record):
    """Do something, and go on by what came of it."""

    kind: Literal["do"] = "do"
    deed: Deed
    then: dict[str, Name]


class End(Record):
    """Settled: say something, and close the contact with this disposition."""

    kind: Literal["end"] = "end"
    disposition: Name
    text: dict[Language, Text] | None = None


class Jump(Record):
    """Another flow goes on, from its beginning."""

    kind: Literal["flow"] = "flow"
    flow: FlowId


class HandOver(Record):
    """A person goes on; `text` is said first."""

    kind: Literal["person"] = "person"
    text: dict[Language, Text] | None = None


Node = Annotated[Ask | Do | End | Jump | HandOver, Field(discriminator="kind")]


class Flow(Versioned):
    """One version of a flow. It is never changed: a clinic saves another."""

    id: FlowId
    number: int = 0
    """1 for the first that the clinic saved; 0: the one that ships with Recado."""
    start: Name
    nodes: dict[Name, Node]
    by: str = "recado"
    at: Instant | None = None
    note: str = Field(default="", max_length=200)
    """Why it was changed."""


def read_flow(given: Mapping[str, Any]) -> Flow:
    """A flow as somebody wrote it. Raises Invalid with the place, and never with what stood there."""
    try:
        return Flow.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Invalid(".".join(str(part) for part in first["loc"]), f"{first['msg']}.") from None
