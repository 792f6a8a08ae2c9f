"""A person who reaches a clinic, and the contact points that lead to them."""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

from pydantic import Field, StringConstraints

from recado.model.contact_point import NUMBERS, ContactPoint
from recado.model.profile import Evidence, Profile
from recado.model.record import Instant, Record, Versioned
from recado.model.related_person import Mandate, RelatedPerson
from recado.model.tenant import Language

Purpose = Literal["care", "marketing"]

ANONYMOUS = "p" + "0" * 20
"""The one patient behind all withheld numbers of a clinic: their calls count, nobody is called back."""


class Origin(Record):
    """What brought somebody (R75): `type` is advert, page, form, printed_ad, marketplace, number, …"""

    type: str
    id: str = ""
    url: str = ""


class Quiet(Record):
    """Hours in which somebody wants no reminder: wall time at the clinic, `HH:MM`, over midnight or not.
    `begins` belongs to them, `ends` does not."""

    begins: str = Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")
    ends: str = Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")


Kind = Literal["lead", "patient", "member", "partner", "caregiver", "household"]
"""What somebody is to the clinic (R21): a `lead` until a visit is booked, a `patient`, a `member` of a health
plan, a `partner` (another clinic, say), a `caregiver` of a patient. A `household` is nobody: it holds what
came from a contact point of several people until it is known whom it concerns."""

FieldName = Literal[
    "name", "given_name", "family_name", "birth_date", "sex", "street", "city", "postcode", "country"
]
"""What a record tells of its person, in the form of Profile."""
FIELDS: Final[tuple[FieldName, ...]] = get_args(FieldName)

DocumentName = Annotated[str, StringConstraints(pattern="^[a-z]{2}/[a-z]{2,20}$")]
"""A kind of official document, `<country>/<type>`: `br/cpf` (rules/documents.py)."""

Fact = FieldName | DocumentName
"""What is told of somebody, and may be disputed."""


class Told(Record):
    """A value, with who said so and when it was last said (R20).

    `source`: `agent:<id>` or `role:<role>` of the desk, `import:<id>`, `ehr`, or the channel it came by.
    """

    value: str
    source: str
    at: Instant
    also: tuple[str, ...] = ()
    """Who else has said the same: it stays known by them when `source` says otherwise."""


class Dispute(Told):
    """What another source says of a field than the record holds: a person decides (R20)."""

    field: Fact


class Overruled(Dispute):
    """What a person of the clinic has decided against: the same source saying it again raises no dispute."""

    by: str
    decided_at: Instant


class Join(Record):
    """That a record is of the same person as another one, and why.

    The record stays as it is: taken apart again, both are as they were.
    """

    record: str
    into: str
    """The record that it was joined to: of the same person, not always their first."""
    by: str
    """`recado`, or `agent:<id>`."""
    at: Instant
    score: float = 1.0
    """The probability that they are one person, as it was judged then."""
    rule: str = ""
    """The version of the rules that judged."""
    evidence: tuple[Evidence, ...] = ()
    confirmed: bool = False
    """A person of the clinic said so. Until then nothing is written to one by what is known of the other."""
    confirmed_by: str = ""
    """`agent:<id>`, of a join that was somebody else's at first."""


class Patient(Versioned):
    """A record of a person, by one source; several may be of one person (see Join).

    All of a person's records hang on the first of them, their root, whose id is the person's.
    """

    id: str
    person: str | None = None
    """The root of the person whose record this is; none: it is one itself."""
    confirmed: bool = False
    """Of a member: a person of the clinic said so, of it and of every record between it and the root."""
    joined: tuple[Join, ...] = ()
    """Of a root: the person's other records."""
    name: str | None = None
    language: Language | None = None
    language_heard: Told | None = None
    """Who said which language is theirs, where it was but read in what they wrote (rules.languages); none:
    they have chosen it, or the desk or another system told it."""
    kind: Kind = "lead"
    became: Instant | None = None
    """When they ceased to be a lead, by a visit that was booked; none also for whom we never knew as one."""
    told: dict[Fact, Told] = Field(default_factory=dict)
    """What is known of them, each with its source; `name` is what they are called."""
    disputes: tuple[Dispute, ...] = ()
    overruled: tuple[Overruled, ...] = ()
    care_team: str | None = None
    """The queue that looks after them in person (R34), past all automatic answers."""
    care_note: Told | None = None
    """Why, in the words of whoever said so last; `value` may be empty."""
    by_phone: bool = False
    """They are to be spoken to by a person, on the phone: self-service is not for them (R47)."""
    contact_points: tuple[ContactPoint, ...] = ()
    former: tuple[ContactPoint, ...] = ()
    """Those of them that are theirs no more, as a provider told: nothing is written there, and who writes
    from there is somebody else."""
    opted_out: frozenset[Purpose] = Field(default_factory=frozenset)
    related: tuple[RelatedPerson, ...] = ()
    """Who stands by them."""
    stands_by: tuple[RelatedPerson, ...] = ()
    """By whom they stand."""
    channels: tuple[str, ...] = ()
    """Channels that they would rather be reached by, the dearest first (R3)."""
    quiet: Quiet | None = None
    timezone: str | None = None
    """IANA name of the zone that they live by, where they have said so."""
    origin: Origin | None = None
    """What first brought them."""
    created_at: Instant
    filed: tuple[str, ...] = ()
    """The keys, `<system>#<value>`, under which the record is filed to be found by (see file_record)."""
    erased_at: Instant | None = None
    """When they were erased: nothing else is left of them (model/erasure.py)."""
    matched: str = ""
    """What of it was matched last, as a digest of its profile; "": nothing yet."""

    @property
    def keeper(self) -> str:
        """Whose contacts hold what is said with them: their person's, once that is confirmed."""
        return self.person if self.person and self.confirmed else self.id

    @property
    def shares(self) -> bool:
        """Whether somebody has confirmed that another record is this person's, too."""
        confirmed = any(join.confirmed and join.into == self.id for join in self.joined)
        return confirmed or self.keeper != self.id

    @property
    def phone(self) -> str | None:
        """The first phone number, E.164."""
        return next((point.value for point in self.live if point.system == "phone"), None)

    @property
    def live(self) -> tuple[ContactPoint, ...]:
        """Where they are reached."""
        return tuple(point for point in self.contact_points if point not in self.former)

    @property
    def primary(self) -> ContactPoint | None:
        """Where visits and what is asked about them hang: the first phone number, else the first address."""
        addresses = [point for point in self.live if point.system not in NUMBERS]
        phones = (point for point in addresses if point.system == "phone")
        return next(phones, None) or next(iter(addresses), None)

    @property
    def unwanted(self) -> frozenset[Purpose]:
        """What is not sent to them: what they stopped, and no offers to whom a team looks after (R34)."""
        return self.opted_out | {"marketing"} if self.care_team else self.opted_out


class Link(Record):
    """Who is behind a contact point, with what a caller lookup needs to know of them."""

    patient: str
    person: str = ""
    """The root of their person, where they are not it themselves (Patient.person)."""
    confirmed: bool = False
    """A person of the clinic said that they are that person."""
    kind: Kind = "lead"
    care_team: str | None = None
    name: str | None = None
    profile: Profile | None = None
    """What matching knows of them; none on links of before."""
    language: Language | None = None
    language_heard: Instant | None = None
    """When it was last read in what they wrote, as in Patient."""
    primary: ContactPoint | None = None
    """Their primary contact point: what is asked there may be answered here."""
    guardians: tuple[Mandate, ...] = ()
    """Who may act for them."""
    wards: tuple[Mandate, ...] = ()
    """For whom they may act."""
    seen_at: Instant | None = None
    """When they were last surely there, give or take a month (rules.disclosure); none: nobody noted it."""
    place: int = 1
    """Counts those who were ever introduced at this contact point; the lowest was there first."""
    left: int = 0
    """How many had been introduced there when they left it (Patient.former); 0: they are there still. Whoever
    came later is none of theirs."""

    @property
    def keeper(self) -> str:
        """As in Patient."""
        return self.person if self.person and self.confirmed else self.patient


About = Literal["visit", "offer", "survey", "outreach"]
"""What a question of ours is about; `outreach`: a matter that we wrote about."""


Expects = Literal["answer", "nps", "csat", "why"]
"""What answers a question: a yes or no, a score of that kind (model/survey.py), or any words."""


class Question(Record):
    """What we last asked at a contact point: a short answer there answers this."""

    about: About = "visit"
    subject: str
    """The id of what it is about: an appointment's, an offer's."""
    version: int
    """Of the subject when we asked: an appointment's `schedule`."""
    patient: str
    communication: str
    asked_at: Instant
    until: Instant | None = None
    """When it is over, as when the visit begins: what is said later answers something else. None: nobody
    knows."""
    expects: Expects = "answer"


class Upcoming(Record):
    """A booked appointment of somebody behind a contact point."""

    appointment: str
    patient: str
    start: Instant
    timezone: str
    practitioner: str


class ContactPointView(Record):
    """All that hangs on a contact point: people (the first first), open questions, visits."""

    links: tuple[Link, ...] = ()
    introduced: int = 0
    """How many people were ever introduced there; who is gone counts, so that no place is given twice."""
    questions: tuple[Question, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    gone: frozenset[str] = frozenset()
    """Patients who were there, and have left it."""
    household: str | None = None
    """The record that holds what came from there and concerns nobody knows whom."""

    @property
    def present(self) -> ContactPointView:
        """Without what is about people who have left: a stranger may have their number by now."""
        gone = frozenset(link.patient for link in self.links if link.left)
        if not gone:
            return self
        return self.model_copy(
            update={
                "links": tuple(one for one in self.links if one.patient not in gone),
                "questions": tuple(one for one in self.questions if one.patient not in gone),
                "upcoming": tuple(one for one in self.upcoming if one.patient not in gone),
                "gone": gone,
            }
        )
