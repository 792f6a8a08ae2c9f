"""A clinic, its people and its channel accounts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, Self

from pydantic import Field, model_validator

from recado.model.policy import Policy
from recado.model.record import Instant, Record, Versioned

Language = Literal["pt-BR", "es", "it", "ca", "en"]
AgentState = Literal["available", "away"]
Role = Literal["agent", "supervisor", "admin", "operator"]


class OpeningHours(Record):
    """One span of a weekday in which the clinic is open, by its own wall clock: `opens` belongs to it,
    `closes` does not, and 24:00 is the end of the day. Over midnight it is two."""

    weekday: int = Field(ge=0, le=6)
    """0 is Monday."""
    opens: str = Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")
    closes: str = Field(pattern="^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("A span closes after it opens, on the same day.")
        return self


class HashKey(Record):
    """A clinic's own key for hashes of contact points, in base 64, and since when there is one."""

    key: str
    since: Instant


class Tenant(Versioned):
    """A clinic that subscribes to the service."""

    id: str
    name: str
    timezone: str
    language: Language
    country: str
    """ISO 3166 alpha-2: the region in which staff type phone numbers."""
    phone: str
    """The number that patients call, E.164."""
    queues: tuple[str, ...] = ("reception",)
    practitioners: tuple[str, ...] = ()
    """Whom visits are booked with, as patients know them."""
    dispositions: tuple[str, ...] = ("resolved", "booked", "cancelled", "no_answer", "spam")
    message_target_seconds: int = 300
    """A message answered by a person within this time counts as in target."""
    call_target_seconds: int = 20
    """A call answered within this time counts as in target (K11: 20 s for voice)."""
    callback_target_minutes: int = 60
    """A missed call is called back within this time (R42: one hour)."""
    callback_attempts: int = Field(default=5, ge=1, le=20)
    """After so many calls in vain somebody counts as unreachable (R43)."""
    form_target_minutes: int = 60
    """A web form is seen to within this time (R4, K15)."""
    unanswered_hours: int = 4
    """A channel is neglected when somebody there has waited longer for an answer, in open hours (R7)."""
    reminders: Policy = Field(default_factory=Policy)
    """Of visits whose type has no policy of its own, and of what is about no visit."""
    policies: tuple[str, ...] = ()
    """The types of visits that have one (store/policies.py)."""
    hours: tuple[OpeningHours, ...] = ()
    """When there is somebody; a clinic that has not said so counts as always open."""
    closed_days: tuple[date, ...] = ()
    """Holidays and the like: days on which the hours do not hold."""
    aws_identities: tuple[str, ...] = ()
    """What of the service's own AWS account the operator has allotted to this clinic: numbers (E.164), ids of
    numbers and pools, configuration sets; e-mail addresses and domains in lower case."""
    email_reply_hours: int | None = None
    """What patients who write an e-mail are promised: an answer within so many hours. None: no promise."""
    ladder: tuple[str, ...] = ("whatsapp", "sms", "email", "telegram", "messenger", "instagram", "voice")
    """By what to reach a patient who prefers nothing, the first choice first: channels, or families of them
    (`family` in channels/traits.py)."""
    notifies: bool = False
    """Whether other systems of the clinic's were ever to be told of its visits (model.subscription)."""
    offer_hold_minutes: int = 30
    """So long, in open hours, a time is held for those on the waiting list to whom it is offered."""
    offer_at_once: int = 1
    """So many of them are asked at once: the first to say yes has it."""
    risk: Literal["off", "on"] = "off"
    """Whether it is reckoned which visits are likely missed (rules/risk)."""
    experiments: bool = False
    """Whether two policies were ever compared (model.experiment)."""
    reaches_out: bool = False
    """Whether patients were ever written to about what is no visit (model.outreach)."""
    bot: Literal["off", "on"] = "off"
    """Whether self-service talks with patients of whom no agent has the contact."""
    hosted_intents: Literal["off", "on"] = "off"
    """Whether a hosted model is asked what somebody wants where ours is unsure: their words then leave for
    Amazon Bedrock, in the region of this stack (rules/intents/hosted.py)."""
    address: str = Field(default="", max_length=200)
    """Where it is, as patients are told."""
    review_link: str = Field(default="", max_length=80)
    """Where patients may tell others of the clinic (https), as they are invited to; "": nobody is."""
    result_hosts: tuple[str, ...] = ()
    """The hosts, in small letters, to which the link to a result may lead; none: results have no links."""
    survey_minutes: int = Field(default=0, ge=0)
    """So long after an agent has closed a contact its patient is asked how it was (R89); 0: never."""
    emergency: dict[Language, str] = Field(default_factory=dict)
    """What whoever says what cannot wait is told at once, in the clinic's own words; a language that is
    missing has ours."""
    hash_key: HashKey | None = None
    """By which what erased people had stopped is remembered; none: nobody was erased who had."""


class Agent(Versioned):
    """A person at the front desk; `assigned` holds the ids of the contacts that they own now."""

    id: str
    name: str
    state: AgentState = "available"
    capacity: int = 5
    languages: tuple[Language, ...] = ()
    queues: tuple[str, ...] = ("reception",)
    assigned: frozenset[str] = Field(default_factory=frozenset)
    last_assigned_at: Instant | None = None


class Trial(Record):
    """What came of asking an account's provider: `problem` is "" where all is well (see rules.accounts),
    `message` says it to the clinic's administrator, `detail` is the provider's side of it."""

    at: Instant
    problem: str = ""
    message: str = ""
    detail: str = ""


class Account(Versioned):
    """A clinic's account at a channel's provider, e.g. a WhatsApp phone number id or a number that rings.

    `settings` are what the provider or the channel has to know and is no secret; secrets are not here.
    """

    tenant: str
    channel: str
    id: str
    display: str = ""
    """What a person calls it: the number or address as patients know it."""
    state: Literal["enabled", "paused"] = "enabled"
    """A paused account sends only what we answer by ourselves: whoever writes is told where else to go."""
    redirect: dict[Language, str] = Field(default_factory=dict)
    """What that patient is told, in the clinic's own words; a language that is missing has ours."""
    settings: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    weight: int = Field(default=1, ge=0, le=100)
    """Its share of what could go by several accounts that reach the same address."""
    claimed: bool = False
    """Whether what is sent there is the clinic's: its provider has said that the clinic has it, or we have
    made its id. Until then it is a name that anybody may have written down."""
    claimed_business: str = ""
    """The provider's account of the whole business that was claimed with it (see `business`)."""
    created_at: Instant | None = None
    tested: Trial | None = None

    @property
    def enabled(self) -> bool:
        """Whether it may send."""
        return self.state == "enabled"

    @property
    def business(self) -> str:
        """The provider's account of the whole business, or "" (WhatsApp: the WABA's id)."""
        return str(self.settings.get("business_account") or "")

    @property
    def wholly_claimed(self) -> bool:
        """Whether all that it is found by is claimed: its own id, and its business's."""
        return self.claimed and self.claimed_business == self.business


TEXT_BACK_DELAY = timedelta(seconds=75)
"""How long a missed call waits for a redial before we write: events come late."""
