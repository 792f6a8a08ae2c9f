"""What happened in fifteen minutes of a clinic's day."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import Field

from recado.model.communication import CallOutcome, Direction
from recado.model.contact import ContactReason, ContactState
from recado.model.follow_up import End
from recado.model.outcomes import AttemptFact, Outcomes, Reached, TalkFact
from recado.model.record import Instant, Record, Versioned

INTERVAL = timedelta(minutes=15)


def interval_of(instant: datetime) -> datetime:
    """The start of the fifteen-minute interval that the instant lies in."""
    return instant - timedelta(
        minutes=instant.minute % 15, seconds=instant.second, microseconds=instant.microsecond
    )


class ContactFact(Record):
    """What one contact, opened in the interval, adds to it; a newer version replaces an older one."""

    contact: str
    version: int
    patient: str
    channel: str
    came_by: str = ""
    """The channel that it was opened by; "" in facts of before this was noted."""
    reason: ContactReason
    state: ContactState
    origin: str = ""
    """The type of what brought the patient this time; "" where nothing told."""
    kind: str = ""
    """What they were to the clinic when it was opened (model.patient.Kind); "" where nobody noted it."""
    converted: str = ""
    """By which channel they first came, whom a visit booked in it made a patient; else ""."""
    opened_at: Instant
    answered_at: Instant | None = None
    closed_at: Instant | None = None
    missed_at: Instant | None = None
    """When they were missed who are, or were, followed up."""
    attempts: tuple[AttemptFact, ...] = ()
    ended: End | None = None
    """How following them up ended, at `ended_at`."""
    ended_at: Instant | None = None
    disposition: str = ""
    """How it was settled; "" while it is open, and in facts of before."""
    talk: TalkFact | None = None
    """How far self-service came; none: it said nothing."""
    gone: bool = False
    """It does not count here: another contact counts in its stead, or it began in another interval."""


class MessageFact(Record):
    """One communication of the interval; a newer version replaces an older one."""

    id: str
    version: int = 0
    patient: str
    channel: str
    kind: str = ""
    """As its contact's; "" for what belongs to none."""
    source: str = ""
    """As whom its source knows who said it (rules.facts.source_of); "" in facts of before."""
    direction: Direction
    at: Instant
    purpose: str = ""
    """Of what we begin ourselves (rules.caps.BEGUN); "" for all else."""
    template: str = ""
    reached: Reached = ""
    """How far one of ours came."""
    stopped: bool = False
    """They want no more: its provider said so, or it is the one by which that counts."""
    outcome: CallOutcome | None = None
    """How a call of a patient's ended."""
    visit: str = ""
    """The id of the visit that a reminder is about."""


class Newcomer(Record):
    """A first contact: when it was opened, by which type of origin (as in `first_touch`), whether it was a
    lead's (as in `contacted`)."""

    at: Instant
    origin: str
    lead: bool = False


class Counts(Record):
    """What happened on one channel, or on several, in an interval or in a longer time.

    `offered`: contacts that were opened. `handled`: those closed or answered since. `waiting`: those that
    nobody has yet. `waits_s`: of each that a person, or self-service, answered first, the seconds that it
    waited, in order; `answered_in_target`: how many of these did so within the clinic's time. `abandoned`:
    calls whose caller hung up first: called back they are handled, not answered. `patients`: who was heard,
    but for withheld numbers; `sources`: as whom (none in totals of before). Contacts that we opened ourselves
    (`undelivered`) do not count: no patient came.
    `inbound` and `outbound` are communications. `first_touch`, by origin: contacts that are their patient's
    first ever, so that each person is in it once. `last_touch`, by origin: all contacts, each by what brought
    the patient this time. `newcomers` are whose `first_touch` it was, by patient.

    Of new people, by the channel on which they first came: `contacted`, as leads; `missed` of them: a call
    whose caller hung up, or a matter that was closed without an answer; `recovered` of the missed: whom a
    person has reached since. `booked`: who became a patient, by a visit that was booked in a contact opened
    here.

    `tried` and `reached`, by part of a weekday (rules/day_parts.py): calls to whom the clinic had missed in
    contacts opened here, and in how many of them somebody was spoken to.
    """

    offered: int = 0
    handled: int = 0
    waiting: int = 0
    answered_in_target: int = 0
    waits_s: tuple[int, ...] = ()
    abandoned: int = 0
    patients: frozenset[str] = Field(default_factory=frozenset)
    sources: frozenset[str] = Field(default_factory=frozenset)
    inbound: int = 0
    outbound: int = 0
    first_touch: dict[str, int] = Field(default_factory=dict)
    last_touch: dict[str, int] = Field(default_factory=dict)
    newcomers: dict[str, Newcomer] = Field(default_factory=dict)
    contacted: dict[str, int] = Field(default_factory=dict)
    missed: dict[str, int] = Field(default_factory=dict)
    recovered: dict[str, int] = Field(default_factory=dict)
    booked: dict[str, int] = Field(default_factory=dict)
    tried: dict[str, int] = Field(default_factory=dict)
    reached: dict[str, int] = Field(default_factory=dict)


class IntervalTotal(Versioned):
    """The fold of an interval's facts; contacts count where they were opened, communications where they were.

    A contact is of the channel that its patient last used in it, a call's of `voice`.
    """

    start: Instant
    channels: dict[str, Counts] = Field(default_factory=dict)
    kinds: dict[str, dict[str, Counts]] = Field(default_factory=dict)
    """The same of each kind of people (`unknown` where nobody noted it); none in totals of before."""
    outcomes: dict[str, Outcomes] = Field(default_factory=dict)
    """What came of it all, by channel, but for those where nothing did. None in totals of before."""


class Now(Record):
    """How the desk stands at this moment."""

    waiting: int = 0
    assigned: int = 0
    oldest_wait_s: int | None = None
    """Seconds that who waits longest has waited; none when nobody does."""
