"""Contacts: the list, one of them, and what an agent does with it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from recado.actions.close import close
from recado.actions.list_closed import list_closed
from recado.actions.reply import reply
from recado.actions.take import take
from recado.actions.transfer import transfer
from recado.model.contact import ContactState
from recado.model.patient import Kind
from recado.store import contacts, patients, tenants
from typing_extensions import TypedDict

from api.answers import Page, Paged, page
from api.contact_answers import Contact, contact_of
from api.reading import Asked, Seen, Version
from api.resource import Call, Resource
from api.timeline import Item, item_of

resource = Resource(__name__)

_STATES: dict[str, tuple[ContactState, ...]] = {
    "open": ("new", "waiting", "scheduled", "assigned"),
    "waiting": ("new", "waiting"),
    "scheduled": ("scheduled",),
    "assigned": ("assigned",),
}


class ContactInFull(Contact):
    """A contact, with whose it is: `person`, where its patient is one of several records of a person."""

    person: str | None


class Listed(Paged):
    """Which contacts: `open` is every one that is not closed; `scheduled` waits for the time of its call."""

    state: Literal["open", "waiting", "scheduled", "assigned", "closed"] = "open"


class Reply(Asked):
    """What the agent answers: a text, a file (`POST /contacts/{id}/media`) with or without one, or one of the
    templates that `GET /contacts/{id}/options` offers."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [{"required": ["text"]}, {"required": ["media"]}, {"required": ["template"]}]
        }
    )

    # As written: an answer may begin with spaces, but not be made of them.
    text: Annotated[
        str | None,
        StringConstraints(min_length=1, max_length=4096, strip_whitespace=False, pattern=r"\S"),
    ] = None
    template: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    media: Annotated[
        list[Annotated[str, Field(pattern=r"^[a-z0-9]{1,64}$")]] | None,
        Field(min_length=1, max_length=1, description="Files that were kept for it; one a message."),
    ] = None
    version: Version = None

    FIRST: ClassVar[str | None] = "text"

    @model_validator(mode="after")
    def _text_or_template(self) -> Self:
        if (self.text is None and self.media is None) == (self.template is None):
            raise ValueError("Give a text or a template")
        return self


class Transfer(Asked):
    """To whom: an agent, or a queue."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["agent"]}, {"required": ["queue"]}]})

    agent: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    queue: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    version: Version = None

    FIRST: ClassVar[str | None] = "agent"

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.agent is None) == (self.queue is None):
            raise ValueError("Give an agent or a queue")
        return self


class Close(Asked):
    """How it ended: one of the clinic's dispositions (`GET /me`)."""

    disposition: Annotated[str, Field(min_length=1, max_length=64)]
    note: Annotated[str | None, Field(max_length=2000)] = None
    version: Version = None


class Attribution(Asked):
    """Whose it is: one of those behind the contact point, or somebody new there."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["patient"]}, {"required": ["name"]}]}
    )

    patient: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    name: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    version: Version = None

    FIRST: ClassVar[str | None] = "patient"

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.patient is None) == (self.name is None):
            raise ValueError("Give a patient or a name")
        return self


class Candidate(TypedDict):
    """Somebody whose a household's contact may be."""

    patient: str
    name: str | None
    kind: Kind


class Candidates(TypedDict):
    """All of them, whoever came to the contact point first."""

    items: list[Candidate]


@resource.route("GET", "/contacts", "list_contacts", Page[Contact], query=Listed)
def list_contacts(call: Call, query: Listed) -> Page[Contact]:
    """The clinic's contacts: open ones oldest first, closed ones newest first. A page may be short."""
    if query.state == "closed":
        found, more = list_closed(call.tenant, call.now, query.after)
    else:
        listed, more = contacts.open_contacts(call.tenant, after=query.after)
        found = [one for one in listed if one.state in _STATES[query.state]]
    clinic = tenants.get(call.tenant)
    return page([contact_of(clinic, one) for one in found], more)


@resource.route("GET", "/contacts/{id}", "read_contact", ContactInFull)
def read_contact(call: Call, contact_id: str) -> ContactInFull:
    """One contact."""
    found = contacts.get_contact(call.tenant, contact_id)
    return {**contact_of(tenants.get(call.tenant), found), "person": _person(call.tenant, found.patient)}


def _person(tenant: str, patient: str) -> str | None:
    for one in patients.some(tenant, [patient]):
        return one.person or (one.id if one.joined else None)
    return None


@resource.route("POST", "/contacts/{id}/replies", "reply", Item, status=201, body=Reply, keyed=True)
def send_reply(call: Call, contact_id: str, body: Reply) -> Item:
    """Answer the patient. Whoever answers a waiting contact takes it."""

    def answer() -> Item:
        stored = reply(
            call.tenant,
            call.agent,
            contact_id,
            body.text or "",
            call.now,
            template=body.template,
            files=body.media or (),
            version=body.version,
            once=call.own_key,
        )
        return item_of(stored)

    return call.once(answer)


@resource.route("POST", "/contacts/{id}/take", "take_contact", Contact, body=Seen)
def take_contact(call: Call, contact_id: str, body: Seen) -> Contact:
    """Take a contact: out of its queue, or out of another's hands."""
    taken = take(call.tenant, call.agent, contact_id, call.now, version=body.version)
    return contact_of(tenants.get(call.tenant), taken)


@resource.route("POST", "/contacts/{id}/transfer", "transfer_contact", Contact, body=Transfer)
def transfer_contact(call: Call, contact_id: str, body: Transfer) -> Contact:
    """Give a contact to an agent, or back to a queue, from where routing gives it to anybody."""
    moved = transfer(
        call.tenant, contact_id, call.now, agent=body.agent, queue=body.queue, version=body.version
    )
    return contact_of(tenants.get(call.tenant), moved)


@resource.route("POST", "/contacts/{id}/close", "close_contact", Contact, body=Close)
def close_contact(call: Call, contact_id: str, body: Close) -> Contact:
    """Settle a contact."""
    closed = close(call.tenant, contact_id, body.disposition, call.now, note=body.note, version=body.version)
    return contact_of(tenants.get(call.tenant), closed)


@resource.route("GET", "/contacts/{id}/attribution", "list_candidates", Candidates)
def list_candidates(call: Call, contact_id: str) -> Candidates:
    """Whose a contact may be that came from a contact point of several people. 409 where it is somebody's."""
    from recado.actions.find_household import find_household  # noqa: PLC0415 - seldom needed

    found = find_household(call.tenant, contacts.get_contact(call.tenant, contact_id))
    return {"items": [{"patient": one.patient, "name": one.name, "kind": one.kind} for one in found.links]}


@resource.route("POST", "/contacts/{id}/attribution", "attribute_contact", Contact, body=Attribution)
def attribute(call: Call, contact_id: str, body: Attribution) -> Contact:
    """Say whose it is: all that was said in it is theirs then, and their own contact is answered."""
    from recado.actions.attribute_contact import attribute_contact  # noqa: PLC0415 - seldom needed

    into = attribute_contact(
        call.tenant, contact_id, call.now, patient=body.patient, name=body.name, version=body.version
    )
    return contact_of(tenants.get(call.tenant), into)
