"""Campaigns: a group of patients is written to, a few at a time."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from recado.actions.draft_campaign import Plan, change_campaign, draft_campaign, drop_campaign
from recado.actions.launch_campaign import end_campaign, launch_campaign, pause_campaign, resume_campaign
from recado.actions.preview_campaign import Place, preview_campaign
from recado.actions.weigh_campaign import weigh_campaign
from recado.errors import Invalid
from recado.model.campaign import Campaign as StoredCampaign
from recado.model.campaign import CampaignPurpose, CampaignState
from recado.model.record import iso
from recado.rules.kpi_campaigns import KPIS, Recalled
from recado.store import campaigns
from typing_extensions import TypedDict

from api.answers import Moment, Page, Paged, moment, page
from api.experiments import Difference
from api.figures import Figure, shown
from api.reading import Asked, Seen, Version
from api.resource import Call, Resource
from api.segments import QueryOf, query_shown

resource = Resource(__name__)

SUMS = 20
"""Characters of the sums in `next`: no clinic has so many patients."""


class Said(Asked):
    """A text of Recado's, and so many minutes after somebody was taken in. Of a recall: `recall`,
    `recall_again`; of news: `news`."""

    text: Annotated[str, Field(max_length=40)]
    minutes: Annotated[int, Field(ge=0)]


class Draft(Asked):
    """A campaign as it is to be. `days`: so long each person may be written to; `control`: the share that is
    not written to at all, by lot; `per_hour`: so many are taken in at most."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    segment: Annotated[str, Field(max_length=64)]
    purpose: CampaignPurpose = "recall"
    steps: Annotated[list[Said], Field(min_length=1, max_length=4)]
    days: Annotated[int, Field(ge=1, le=90)] = 14
    control: Annotated[float, Field(ge=0, le=0.5)] = 0.1
    per_hour: Annotated[int, Field(ge=1, le=3600)] = 120

    def plan(self) -> Plan:
        """As the actions know it."""
        texts = tuple((one.text, one.minutes) for one in self.steps)
        return Plan(self.name, self.segment, self.purpose, texts, self.days, self.control, self.per_hour)


class DraftAt(Draft):
    """The same, by whoever has seen this version."""

    version: Version = None


class SaidOf(TypedDict):
    text: str
    minutes: int


class Campaign(TypedDict):
    """`query`: whom its segment means, as of its launch. `walked_at`: everybody was looked at; it ends `days`
    later."""

    id: str
    version: int
    name: str
    segment: str
    query: QueryOf
    purpose: CampaignPurpose
    steps: list[SaidOf]
    days: int
    control: float
    per_hour: int
    state: CampaignState
    created_at: Moment
    created_by: str
    launched_at: Moment | None
    walked_at: Moment | None
    ended_at: Moment | None


class Dropped(TypedDict):
    """The draft that is no more."""

    id: str


class Preview(TypedDict):
    """Of so many records that were looked at, the `people` of the group: `unwilling` take no such messages,
    `unnamed` nobody knows what to call, `unreached` has no channel of the clinic's, `held_out` are left out
    by lot. The others by `channels`; `messages` by channel, and `steps` in the campaign's order: what they
    would get at most. Ask on with `next` until it is null, and add up. Only then there is `first_at`, when
    the first would be written to, and `last_at`, when at the latest the last message would go (null: in over
    a year)."""

    looked_at: int
    people: int
    unwilling: int
    unnamed: int
    unreached: int
    held_out: int
    channels: dict[str, int]
    messages: dict[str, int]
    steps: list[int]
    first_at: Moment | None
    last_at: Moment | None
    next: str | None


class Results(Campaign):
    """People who were `treated`, and the `controls` who were not written to; how many had a visit booked
    within 30 days (K25), and the difference of these shares with its interval (95 %): null while an arm is
    empty. `yes`: answered so; `opted_out`: of the treated, who takes no such messages by now. `figures`: K25
    of those alone whose 30 days are over."""

    treated: int
    controls: int
    sent: int
    messages: int
    delivered: int
    answered: int
    yes: int
    unreached: int
    opted_out: int
    booked: int
    booked_controls: int
    effect: Difference | None
    figures: list[Figure]


@resource.route("GET", "/campaigns", "list_campaigns", Page[Campaign])
def list_all(call: Call) -> Page[Campaign]:
    """All of the clinic's, the latest first."""
    return page([_shown(one) for one in campaigns.listing(call.tenant)])


@resource.route("POST", "/campaigns", "draft_campaign", Campaign, status=201, body=Draft, keyed=True)
def draft(call: Call, body: Draft) -> Campaign:
    """Draw one up; nobody is written to yet."""
    return call.once(lambda: _shown(draft_campaign(call.tenant, body.plan(), call.now, author=call.author)))


@resource.route("GET", "/campaigns/{id}", "read_campaign", Campaign)
def read(call: Call, campaign_id: str) -> Campaign:
    """One of them."""
    return _shown(campaigns.get_campaign(call.tenant, campaign_id))


@resource.route("PUT", "/campaigns/{id}", "change_campaign", Campaign, body=DraftAt)
def change(call: Call, campaign_id: str, body: DraftAt) -> Campaign:
    """Let a draft be this instead. 409 `conflict`: it was launched."""
    return _shown(change_campaign(call.tenant, campaign_id, body.plan(), version=body.version))


@resource.route("DELETE", "/campaigns/{id}", "drop_campaign", Dropped)
def drop(call: Call, campaign_id: str) -> Dropped:
    """Take a draft away. 409 `conflict`: it was launched."""
    drop_campaign(call.tenant, campaign_id)
    return {"id": campaign_id}


@resource.route("GET", "/campaigns/{id}/preview", "preview_campaign", Preview, query=Paged)
def preview(call: Call, campaign_id: str, query: Paged) -> Preview:
    """Whom it would reach, by how many messages and until when, were it launched now: a page of records at a
    time."""
    one = campaigns.get_campaign(call.tenant, campaign_id)
    found = preview_campaign(call.tenant, one, call.now, _place(query.after))
    return {
        "looked_at": found.looked_at,
        "people": found.people,
        "unwilling": found.unwilling,
        "unnamed": found.unnamed,
        "unreached": found.unreached,
        "held_out": found.held_out,
        "channels": dict(found.channels),
        "messages": {name: people * len(one.steps) for name, people in found.channels.items()},
        "steps": list(found.steps),
        "first_at": moment(found.span.first) if found.span else None,
        "last_at": moment(found.span.last) if found.span else None,
        "next": page([], "/".join(map(str, found.place)) if found.place else None)["next"],
    }


def _place(after: str | None) -> Place:
    """Where a preview goes on, as `next` says it. Raises Invalid."""
    if after is None:
        return Place()
    record, _, sums = after.partition("/")
    looked_at, _, taken_in = sums.partition("/")
    if not (looked_at.isdecimal() and taken_in.isdecimal() and len(sums) < SUMS):
        raise Invalid("next", "This is not a place in the list.")
    return Place(record, int(looked_at), int(taken_in))


@resource.route("POST", "/campaigns/{id}/launch", "launch_campaign", Campaign, body=Seen)
def launch(call: Call, campaign_id: str, body: Seen) -> Campaign:
    """Begin, with whom its segment means now."""
    return _shown(
        launch_campaign(call.tenant, campaign_id, call.now, author=call.author, version=body.version)
    )


@resource.route("POST", "/campaigns/{id}/pause", "pause_campaign", Campaign, body=Seen)
def pause(call: Call, campaign_id: str, body: Seen) -> Campaign:
    """Nobody is taken in or written to until it goes on."""
    return _shown(pause_campaign(call.tenant, campaign_id, version=body.version))


@resource.route("POST", "/campaigns/{id}/resume", "resume_campaign", Campaign, body=Seen)
def resume(call: Call, campaign_id: str, body: Seen) -> Campaign:
    """Go on where it was; what was due meanwhile goes within the hour."""
    return _shown(resume_campaign(call.tenant, campaign_id, call.now, version=body.version))


@resource.route("POST", "/campaigns/{id}/end", "end_campaign", Campaign, body=Seen)
def end(call: Call, campaign_id: str, body: Seen) -> Campaign:
    """Nobody is written to any more."""
    return _shown(end_campaign(call.tenant, campaign_id, call.now, version=body.version))


@resource.route("GET", "/campaigns/{id}/results", "read_campaign_results", Results)
def results(call: Call, campaign_id: str) -> Results:
    """What came of it by now."""
    found = weigh_campaign(call.tenant, campaign_id)
    one, effect = found.results, found.results.effect
    return {
        **_shown(found.campaign),
        "treated": one.treated,
        "controls": one.control,
        "sent": one.sent,
        "messages": found.messages,
        "delivered": found.delivered,
        "answered": one.answered,
        "yes": one.yes,
        "unreached": one.unreached,
        "opted_out": found.opted_out,
        "booked": one.booked,
        "booked_controls": one.booked_control,
        "effect": {"of": effect.of, "low": effect.low, "high": effect.high} if effect else None,
        "figures": [shown(one, Recalled(found.people, call.now)) for one in KPIS],
    }


def _shown(one: StoredCampaign) -> Campaign:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "segment": one.segment,
        "query": query_shown(one.query),
        "purpose": one.purpose,
        "steps": [{"text": step.text, "minutes": step.minutes} for step in one.steps],
        "days": one.days,
        "control": one.control,
        "per_hour": one.per_hour,
        "state": one.state,
        "created_at": iso(one.created_at),
        "created_by": one.created_by,
        "launched_at": moment(one.launched_at),
        "walked_at": moment(one.walked_at),
        "ended_at": moment(one.ended_at),
    }
