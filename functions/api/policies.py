"""When a clinic reminds, by what and in which words: its own policy, and those of types of visits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from recado.actions.drop_policy import drop_policy
from recado.actions.list_policies import list_policies
from recado.actions.preview_policy import preview_policy
from recado.actions.set_policy import set_policy
from recado.errors import NotFound
from recado.model import policy as stored
from recado.model.record import iso
from recado.model.tenant import Language
from recado.model.type_policy import TypePolicy
from recado.store import schedules
from typing_extensions import TypedDict

from api.answers import Moment, Page, page
from api.reading import Asked, Version
from api.resource import Call, Resource

resource = Resource(__name__)

Clock = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Name = Annotated[str, Field(pattern="^[a-z0-9_]{1,24}$", description="Its own: by it a step is known.")]
Only = Literal["unconfirmed", "at_risk"]


class Step(Asked):
    """One step. `minutes`: from the visit's start, before it negative; `text`: a key of Recado's texts, or ""
    for the reminder that fits; `channels`: by what to try it, in this order ([]: as always); `only`: for
    whom; `by`: a message, one by another channel than the steps before it, or a person who calls."""

    name: Name
    minutes: int
    purpose: stored.StepPurpose = "reminder"
    text: Annotated[str, Field(max_length=40)] = ""
    channels: Annotated[list[Annotated[str, Field(max_length=40)]], Field(default_factory=list, max_length=8)]
    only: Only | None = None
    by: stored.By = "message"


class Caps(Asked):
    """How many messages that the clinic begins somebody gets at most in 24 hours and in seven days, and how
    many `promotions` (surveys, invitations, news) of those in seven days. Answers do not count. Nobody is
    asked how it was again within `survey_days`."""

    day: Annotated[int, Field(ge=1, le=20)] = 3
    week: Annotated[int, Field(ge=1, le=50)] = 8
    promotions: Annotated[int, Field(ge=1, le=20)] = 2
    survey_days: Annotated[int, Field(ge=1, le=730)] = 90


Key = Annotated[str, Field(max_length=40)]
Wording = Annotated[str, Field(max_length=600)]


class Wanted(Asked):
    """A policy as it is to be. `words`: the clinic's own wording by text and language, used where no template
    goes; its variables are the text's. `on_closed_days`: whether messages go on them, too."""

    steps: Annotated[list[Step], Field(max_length=12)]
    quiet_from: Clock = "21:00"
    quiet_until: Clock = "08:00"
    language: Language | None = None
    on_closed_days: bool = False
    caps: Caps = Caps()
    words: Annotated[
        dict[Key, dict[Language, Wording]],
        Field(default_factory=dict, max_length=20),
    ]

    def policy(self) -> stored.Policy:
        """As the rules know it."""
        known = self.model_dump(exclude={"version"})
        return stored.Policy.model_validate(known)


class WantedAt(Wanted):
    """The same, by whoever has seen this version."""

    version: Version = None


class Preview(Asked):
    """A visit that would be booked now for `start` (wall time at the clinic, or with an offset): by `policy`,
    or, without one, by the one that holds for `type_id`, or for the clinic."""

    start: Annotated[str, Field(max_length=40)]
    type_id: Annotated[str | None, Field(max_length=64)] = None
    policy: Wanted | None = None


class StepOf(TypedDict):
    """As it was stored."""

    name: str
    minutes: int
    purpose: stored.StepPurpose
    text: str
    channels: list[str]
    only: Only | None
    by: stored.By


class CapsOf(TypedDict):
    day: int
    week: int
    promotions: int
    survey_days: int


class Policy(TypedDict):
    """A policy: the clinic's own, of `type_id` null, or a type's; `type` is that type's name."""

    type_id: str | None
    type: str | None
    version: int
    steps: list[StepOf]
    quiet_from: str
    quiet_until: str
    language: str | None
    on_closed_days: bool
    caps: CapsOf
    words: dict[str, dict[str, str]]


class Planned(TypedDict):
    """When a step is due, in UTC and by the clinic's clock, and examples of what it writes (`text`) and of
    what a call says that may go in its stead (`spoken`); "": it does not. `skipped`: it does not come, for
    this `reason`."""

    step: str
    by: stored.By
    only: Only | None
    due_at: Moment
    local: str
    state: Literal["planned", "skipped"]
    reason: str | None
    text: str
    spoken: str


class Dropped(TypedDict):
    """The type whose visits go by the clinic's own policy again."""

    type_id: str


@resource.route("GET", "/reminder-policies", "list_policies", Page[Policy])
def list_all(call: Call) -> Page[Policy]:
    """The clinic's own policy, then those of types that have one."""
    return page([_shown(call.tenant, one) for one in list_policies(call.tenant)])


@resource.route("PUT", "/reminder-policies", "set_policy", Policy, body=WantedAt)
def set_own(call: Call, body: WantedAt) -> Policy:
    """Set the clinic's own policy. It holds for visits that are booked or moved from then on; steps that are
    planned keep their moment, and those that it has no more do not go."""
    return _shown(call.tenant, set_policy(call.tenant, None, body.policy(), version=body.version))


@resource.route("GET", "/reminder-policies/{id}", "read_policy", Policy)
def read(call: Call, type_id: str) -> Policy:
    """The policy of a type of visit that has one of its own."""
    found = [one for one in list_policies(call.tenant) if one.type_id == type_id]
    if not found:
        raise NotFound
    return _shown(call.tenant, found[0])


@resource.route("PUT", "/reminder-policies/{id}", "set_type_policy", Policy, body=WantedAt)
def set_of_type(call: Call, type_id: str, body: WantedAt) -> Policy:
    """Set the policy of a type of visit."""
    return _shown(call.tenant, set_policy(call.tenant, type_id, body.policy(), version=body.version))


@resource.route("DELETE", "/reminder-policies/{id}", "drop_policy", Dropped)
def drop(call: Call, type_id: str) -> Dropped:
    """Let the clinic's own policy hold for a type of visit again."""
    drop_policy(call.tenant, type_id)
    return {"type_id": type_id}


@resource.route("POST", "/reminder-policies/preview", "preview_policy", Page[Planned], body=Preview)
def preview(call: Call, body: Preview) -> Page[Planned]:
    """What a policy would do about a visit: nothing is stored, and nothing sent."""
    policy = body.policy.policy() if body.policy else None
    found = preview_policy(call.tenant, body.start, call.now, policy=policy, type_id=body.type_id)
    return page(
        [
            {
                "step": one.step.name,
                "by": one.step.by,
                "only": one.step.only,
                "due_at": iso(one.planned.due_at),
                "local": one.local,
                "state": "planned" if one.planned.state == "planned" else "skipped",
                "reason": one.planned.reason,
                "text": one.text,
                "spoken": one.spoken,
            }
            for one in found
        ]
    )


def _shown(tenant: str, one: TypePolicy) -> Policy:
    policy = one.policy
    known = schedules.recent(tenant).types.get(one.type_id)
    return {
        "type_id": one.type_id or None,
        "type": known.name if known else None,
        "version": one.version,
        "steps": [step_shown(step) for step in policy.steps],
        "quiet_from": policy.quiet_from,
        "quiet_until": policy.quiet_until,
        "language": policy.language,
        "on_closed_days": policy.on_closed_days,
        "caps": {
            "day": policy.caps.day,
            "week": policy.caps.week,
            "promotions": policy.caps.promotions,
            "survey_days": policy.caps.survey_days,
        },
        "words": policy.words,
    }


def step_shown(step: stored.Step) -> StepOf:
    """A step, as it was stored."""
    return {
        "name": step.name,
        "minutes": step.minutes,
        "purpose": step.purpose,
        "text": step.text,
        "channels": list(step.channels),
        "only": step.only,
        "by": step.by,
    }
