"""Systems of the clinic's that are told of its visits: where, of what, and what became of each notice."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from recado.actions.change_subscription import change_subscription
from recado.actions.load_subscription import load_subscription
from recado.actions.pause_subscription import pause_subscription, resume_subscription
from recado.actions.replay_notices import replay_notice, replay_notices
from recado.actions.rotate_signing import finish_signing, rotate_signing, signing
from recado.actions.subscribe import Wanted, subscribe
from recado.actions.try_subscription import try_subscription
from recado.actions.unsubscribe import unsubscribe
from recado.model.notice import Line, NoticeState
from recado.model.notice import Notice as StoredNotice
from recado.model.record import iso
from recado.model.subscription import Event, Shared
from recado.model.subscription import Subscription as StoredSubscription
from recado.rules.notices import since
from recado.store import notices, subscriptions
from typing_extensions import TypedDict

from api.answers import Moment, Page, Paged, moment, page
from api.reading import Asked, Seen, Version, moment_of
from api.resource import Call, Resource

resource = Resource(__name__)

Again = Literal["sent", "failed", "held"]


class Subscribed(Asked):
    """`events` empty: all of them. `fields`: what of a visit is shared; nothing that is not named leaves."""

    url: Annotated[str, Field(max_length=500, description="https, at a public host's usual port.")]
    name: Annotated[str, Field(max_length=80)] = ""
    events: Annotated[tuple[Event, ...], Field(max_length=20, strict=False)] = ()
    fields: Annotated[tuple[Shared, ...], Field(max_length=40, strict=False)] = ()
    version: Version = None


class Since(Asked):
    """From when on, or where the call before said that the next one goes on (`next`); in which states."""

    since: Annotated[str | None, Field(max_length=40)] = None
    next: Annotated[str | None, Field(max_length=100)] = None
    states: Annotated[tuple[Again, ...], Field(min_length=1, strict=False)] = ("sent", "failed", "held")


class Subscription(TypedDict):
    """`state`: `failing` is tried again from `retry_at` on; `paused` holds what is written until resumed.
    `paused_by`: `recado` (`reason` says why: `failing` for days, or `gone`), or who it was."""

    id: str
    version: int
    url: str
    name: str
    events: list[Event]
    fields: list[Shared]
    state: Literal["active", "failing", "paused"]
    failing_since: Moment | None
    retry_at: Moment | None
    paused_at: Moment | None
    paused_by: str
    reason: str
    created_at: Moment
    created_by: str


class SubscriptionInDetail(Subscription):
    """`rotating`: two secrets sign, until the rotation is finished."""

    rotating: bool


class Secret(SubscriptionInDetail):
    """With the secret that its notices are signed with (standardwebhooks.com): it is shown this once."""

    secret: str


class Notice(TypedDict):
    """One event, and what became of telling it. `id` is its `webhook-id`; `status` the last HTTP answer's."""

    id: str
    event: Event
    appointment: str | None
    version: int
    state: NoticeState
    attempts: int
    at: Moment
    due_at: Moment | None
    sent_at: Moment | None
    status: int | None
    error: str | None


class Unsubscribed(TypedDict):
    """What is no longer a subscription."""

    id: str


class Replayed(TypedDict):
    """How many are sent again by this call; `next`: where the next one goes on, null when that was all."""

    replayed: int
    next: str | None


@resource.route("GET", "/subscriptions", "list_subscriptions", Page[Subscription])
def list_subscriptions(call: Call) -> Page[Subscription]:
    """All of the clinic's subscriptions."""
    found = subscriptions.listing(call.tenant)
    return page([_shown(one, notices.line(call.tenant, one.id)) for one in found])


@resource.route("POST", "/subscriptions", "subscribe", Secret, status=201, body=Subscribed)
def add(call: Call, body: Subscribed) -> Secret:
    """Have a system told of the changes of visits, from within a minute on."""
    made, secret = subscribe(call.tenant, _wanted(body), call.now, author=call.author)
    return {**_shown(made, Line(subscription=made.id)), "rotating": False, "secret": secret}


@resource.route("GET", "/subscriptions/{id}", "read_subscription", SubscriptionInDetail)
def read(call: Call, subscription_id: str) -> SubscriptionInDetail:
    """One subscription, and how its receiver fares."""
    return _in_detail(call.tenant, subscription_id)


@resource.route("PUT", "/subscriptions/{id}", "change_subscription", SubscriptionInDetail, body=Subscribed)
def change(call: Call, subscription_id: str, body: Subscribed) -> SubscriptionInDetail:
    """All of it as it is from now on."""
    change_subscription(call.tenant, subscription_id, _wanted(body), body.version)
    return _in_detail(call.tenant, subscription_id)


@resource.route("DELETE", "/subscriptions/{id}", "unsubscribe", Unsubscribed)
def remove(call: Call, subscription_id: str) -> Unsubscribed:
    """Tell this system nothing more; its secret is destroyed."""
    unsubscribe(call.tenant, subscription_id)
    return {"id": subscription_id}


@resource.route("POST", "/subscriptions/{id}/pause", "pause_subscription", SubscriptionInDetail)
def pause(call: Call, subscription_id: str) -> SubscriptionInDetail:
    """Send nothing until it is resumed; what is written meanwhile is held."""
    pause_subscription(call.tenant, subscription_id, call.now, author=call.author)
    return _in_detail(call.tenant, subscription_id)


@resource.route("POST", "/subscriptions/{id}/resume", "resume_subscription", SubscriptionInDetail)
def resume(call: Call, subscription_id: str) -> SubscriptionInDetail:
    """Send again. What was held is sent by a replay of `held`."""
    resume_subscription(call.tenant, subscription_id)
    return _in_detail(call.tenant, subscription_id)


@resource.route("POST", "/subscriptions/{id}/secret", "rotate_signing", Secret, body=Seen)
def rotate(call: Call, subscription_id: str, body: Seen) -> Secret:
    """A new secret: both sign from now on, until the rotation is finished."""
    secret = rotate_signing(call.tenant, subscription_id, body.version)
    return {**_in_detail(call.tenant, subscription_id), "secret": secret}


@resource.route(
    "POST", "/subscriptions/{id}/secret/finish", "finish_signing", SubscriptionInDetail, body=Seen
)
def finish(call: Call, subscription_id: str, body: Seen) -> SubscriptionInDetail:
    """Only the newest secret signs from now on."""
    finish_signing(call.tenant, subscription_id, body.version)
    return _in_detail(call.tenant, subscription_id)


@resource.route("POST", "/subscriptions/{id}/test", "try_subscription", Notice, status=202)
def test(call: Call, subscription_id: str) -> Notice:
    """Send a notice that says nothing; read it again in a moment to know what became of it."""
    return _notice(try_subscription(call.tenant, subscription_id, call.now))


@resource.route("GET", "/subscriptions/{id}/notices", "list_notices", Page[Notice], query=Paged)
def list_notices(call: Call, subscription_id: str, query: Paged) -> Page[Notice]:
    """What was to be sent in the last thirty days, the latest first."""
    subscriptions.get(call.tenant, subscription_id)
    found, earlier = notices.latest(call.tenant, subscription_id, before=query.after)
    return page([_notice(one) for one in found], earlier)


@resource.route("POST", "/subscriptions/{id}/notices/{notice}/replay", "replay_notice", Notice, status=202)
def replay_one(call: Call, subscription_id: str, notice_id: str) -> Notice:
    """Send one again, as it was; only what is shared of the patient is as it is now."""
    return _notice(replay_notice(call.tenant, subscription_id, notice_id, call.now))


@resource.route("POST", "/subscriptions/{id}/replay", "replay_notices", Replayed, status=202, body=Since)
def replay(call: Call, subscription_id: str, body: Since) -> Replayed:
    """Send again what was written since then, in its order; call again with `next` while there is one."""
    begin = body.next or since(moment_of("since", body.since) if body.since else _EVER)
    done = replay_notices(call.tenant, subscription_id, begin, call.now, body.states)
    return {"replayed": done.notices, "next": done.following}


_EVER = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def _wanted(body: Subscribed) -> Wanted:
    return Wanted(body.url, body.name, body.events, body.fields)


def _in_detail(tenant: str, subscription_id: str) -> SubscriptionInDetail:
    known = load_subscription(tenant, subscription_id, None)
    shown = _shown(known, notices.line(tenant, known.id))
    return {**shown, "rotating": len(signing(tenant, known.id)) > 1}


def _shown(one: StoredSubscription, line: Line) -> Subscription:
    return {
        "id": one.id,
        "version": one.version,
        "url": one.url,
        "name": one.name,
        "events": list(one.events),
        "fields": list(one.fields),
        "state": "paused" if line.is_paused else "failing" if line.failures else "active",
        "failing_since": moment(line.failing_since),
        "retry_at": moment(line.retry_at),
        "paused_at": moment(line.paused_at),
        "paused_by": line.paused_by,
        "reason": line.reason,
        "created_at": iso(one.created_at),
        "created_by": one.created_by,
    }


def _notice(one: StoredNotice) -> Notice:
    return {
        "id": one.id,
        "event": one.event,
        "appointment": one.appointment,
        "version": one.appointment_version,
        "state": one.state,
        "attempts": one.attempts,
        "at": iso(one.at),
        "due_at": moment(one.due_at),
        "sent_at": moment(one.sent_at),
        "status": one.status,
        "error": one.error,
    }
