"""Self-service: its flows in their versions, and whether it is on."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from recado.actions.load_flow import load_flow
from recado.actions.save_flow import save_flow
from recado.actions.set_self_service import SelfService, set_self_service
from recado.actions.use_flow import use_flow
from recado.model.flow import Flow as StoredFlow
from recado.model.tenant import Language
from recado.rules.urgent import emergency_number
from recado.store import flows, tenants
from recado.texts import flows as shipped
from typing_extensions import TypedDict

from api.answers import Moment, Page, moment, page
from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)

LINK = r"^(https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/[^\s<>\"'{}]*)?)?$"
Host = Annotated[str, Field(max_length=100, pattern=r"^([a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9]$")]
Words = dict[Language, Annotated[str, Field(min_length=1, max_length=700)]]


class FlowSummary(TypedDict):
    """A version of a flow; `number` 0 ships with Recado, and nobody has changed it."""

    id: str
    number: int
    by: str
    at: Moment | None
    note: str


class Flow(FlowSummary):
    """All of it: `start` names the first of `nodes`, each of which is an `ask`, a `do`, an `end`, a `flow`
    (another one goes on) or a `person`."""

    start: str
    nodes: dict[str, Any]


class NewFlow(Asked):
    """A flow as it is to be. `base`: the number of the version that was changed."""

    start: Annotated[str, Field(min_length=1, max_length=32)]
    nodes: Annotated[dict[str, Any], Field(min_length=1, max_length=60)]
    base: Annotated[int, Field(ge=0)]
    note: Annotated[str, Field(max_length=200)] = ""


class Use(Asked):
    """The version that is to hold; 0: the one that ships."""

    number: Annotated[int, Field(ge=0)]


class Settings(TypedDict):
    """`emergency`: what whoever says what cannot wait is told, in the clinic's own words; a language that is
    missing has ours, with `emergency_number`. `review_link`: where they are invited to tell others how their
    visit was; "": nobody is invited. `survey_minutes`: so long after an agent has closed a contact they are
    asked how content they are; 0: never. `hosted_intents`: what somebody wants is asked of Amazon Bedrock
    where our own model is unsure, so that their words leave for it. `result_hosts`: to which hosts the link
    to a result may lead; none: to no one."""

    hosted_intents: Literal["off", "on"]
    bot: Literal["off", "on"]
    address: str
    review_link: str
    survey_minutes: int
    result_hosts: list[str]
    emergency: dict[Language, str]
    emergency_number: str


class NewSettings(Asked):
    """All of them: what is left out is empty; the link, the minutes, `hosted_intents` and
    `result_hosts` are as they were."""

    bot: Literal["off", "on"]
    address: Annotated[str, Field(max_length=200)] = ""
    review_link: Annotated[str | None, Field(max_length=80, pattern=LINK)] = None
    survey_minutes: Annotated[int | None, Field(ge=0, le=2880)] = None
    hosted_intents: Literal["off", "on"] | None = None
    result_hosts: Annotated[list[Host] | None, Field(max_length=10)] = None
    emergency: Words = Field(default_factory=dict)


@resource.route("GET", "/flows", "list_flows", Page[FlowSummary])
def list_flows(call: Call) -> Page[FlowSummary]:
    """Every flow, in the version that holds."""
    return page([_summary(load_flow(call.tenant, name)) for name in shipped.names()])


@resource.route("GET", "/flows/{flow}", "read_flow", Flow)
def read_flow(call: Call, flow_id: str) -> Flow:
    """One of them, in the version that holds."""
    return _flow(load_flow(call.tenant, flow_id))


@resource.route("GET", "/flows/{flow}/versions", "list_flow_versions", Page[Flow])
def list_versions(call: Call, flow_id: str) -> Page[Flow]:
    """What the clinic has saved of it, the newest first, and last the one that ships."""
    ships = load_flow(call.tenant, flow_id, 0)
    return page([_flow(one) for one in (*flows.versions(call.tenant, flow_id), ships)])


@resource.route("POST", "/flows/{flow}/versions", "save_flow", Flow, status=201, body=NewFlow)
def add_version(call: Call, flow_id: str, body: NewFlow) -> Flow:
    """Save another version, which holds from now on. Who is in the middle of an older one goes on by that.
    400 names the node that is wrong; 409 `conflict`: another version holds by now than `base`."""
    drawn = {"start": body.start, "nodes": body.nodes}
    saved = save_flow(call.tenant, flow_id, drawn, call.now, by=call.author, note=body.note, base=body.base)
    return _flow(saved)


@resource.route("PUT", "/flows/{flow}/current", "use_flow", Flow, body=Use)
def use_version(call: Call, flow_id: str, body: Use) -> Flow:
    """Let a version hold that was saved before."""
    use_flow(call.tenant, flow_id, body.number)
    return _flow(load_flow(call.tenant, flow_id, body.number))


@resource.route("GET", "/self-service", "read_self_service", Settings)
def read_settings(call: Call) -> Settings:
    """Whether self-service is on, and what patients are told."""
    return _settings(call.tenant)


@resource.route("PUT", "/self-service", "set_self_service", Settings, body=NewSettings)
def put_settings(call: Call, body: NewSettings) -> Settings:
    """Switch it on or off; it holds within a minute."""
    hosts = None if body.result_hosts is None else tuple(body.result_hosts)
    wanted = {name: getattr(body, name) for name in SelfService._fields} | {"result_hosts": hosts}
    set_self_service(call.tenant, SelfService(**wanted))
    return _settings(call.tenant)


def _summary(one: StoredFlow) -> FlowSummary:
    at = moment(one.at)
    return {"id": one.id, "number": one.number, "by": one.by, "at": at, "note": one.note}


def _flow(one: StoredFlow) -> Flow:
    nodes = {name: node.model_dump(mode="json", exclude_none=True) for name, node in one.nodes.items()}
    return {**_summary(one), "start": one.start, "nodes": nodes}


def _settings(tenant: str) -> Settings:
    clinic = tenants.get(tenant)
    return {
        "hosted_intents": clinic.hosted_intents,
        "bot": clinic.bot,
        "address": clinic.address,
        "review_link": clinic.review_link,
        "survey_minutes": clinic.survey_minutes,
        "result_hosts": list(clinic.result_hosts),
        "emergency": clinic.emergency,
        "emergency_number": emergency_number(clinic),
    }
