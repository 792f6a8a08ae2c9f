"""HL7 FHIR R4 for the clinic's other systems: what they may read, and what they tell us."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from pydantic import ConfigDict
from recado.actions.find_resources import TAKEN, find_resources, read_resource
from recado.actions.take_in_resource import Taken, change_visit, take_in_resource
from recado.channels import strict_json
from recado.errors import Invalid, NotFound, RecadoError, TooLarge, UnreadableInput
from recado.rules.fhir import bundles
from recado.rules.fhir.codes import Json
from recado.rules.fhir.transactions import Step, resolved, steps
from recado.store import tenants
from typing_extensions import TypedDict

from api.reading import Free
from api.resource import Call, File, Reply, Resource

resource = Resource(__name__)

MIME: Final = "application/fhir+json"
KINDS: Final = (MIME, "application/json")
LIMIT: Final = 1_048_576
"""Bytes of a body: some hundreds of resources."""
COUNT, MOST = 50, 200
"""Resources of a page, unless `_count` says otherwise, and at most."""
CHANGED: Final = "2026-11-22"
"""When what the server can do last changed."""


class FhirResource(TypedDict):
    """A resource of HL7 FHIR R4 (hl7.org/fhir/R4), with whatever else belongs to its type."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    resourceType: str


def refusal(error: RecadoError) -> Reply:
    """An error as FHIR says it."""
    return _reply(error.status, bundles.outcome(error))


def _reply(status: int, document: Json, **headers: str) -> Reply:
    version = document.get("meta", {}).get("versionId")
    tag = {"ETag": f'W/"{version}"'} if version else {}
    mime = {"Content-Type": f"{MIME}; charset=utf-8"}
    return Reply(status, json.dumps(document, ensure_ascii=False), {**mime, **tag, **headers})


@resource.route("GET", "/fhir/metadata", "fhir_metadata", FhirResource, also=(MIME,), refusal=refusal)
def metadata(call: Call) -> Reply:
    """What this server can do: a CapabilityStatement."""
    return _reply(200, bundles.capabilities("Recado", tenants.get(call.tenant).name, CHANGED))


@resource.route("GET", "/fhir/{type}", "fhir_search", FhirResource, query=Free, also=(MIME,), refusal=refusal)
def search(call: Call, kind: str, query: Free) -> Reply:
    """A searchset Bundle. Appointments by identifier, patient, or both ends of `date`; Patients by identifier
    or phone; Practitioners, Schedules; Slots, free ones, by both ends of `start`."""
    asked = {key: list(values) for key, values in _query(call).items()}
    count = _number(asked.pop("_count", []), "_count", COUNT)
    offset = _number(asked.pop("_offset", []), "_offset", 0)
    found = find_resources(call.tenant, kind, asked, call.now)
    given = [(key, one) for key, values in _query(call).items() for one in values]
    base = f"{_base(call)}/{kind}"
    return _reply(200, bundles.found(found, base, given, offset=offset, count=min(count, MOST)))


@resource.route("GET", "/fhir/{type}/{id}", "fhir_read", FhirResource, also=(MIME,), refusal=refusal)
def read(call: Call, kind: str, own_id: str) -> Reply:
    """One resource, with its version in `ETag`."""
    return _reply(200, read_resource(call.tenant, kind, own_id, call.now))


@resource.route(
    "POST",
    "/fhir/{type}",
    "fhir_create",
    FhirResource,
    status=201,
    content=KINDS,
    also=(MIME,),
    refusal=refusal,
)
def create(call: Call, kind: str, body: File) -> Reply:
    """A Patient or an Appointment that another system has: 201, or 200 where its identifier is known, and it
    is as told from then on. With `If-None-Exist` what is known stays as it is."""
    document = _document(body)
    if kind not in TAKEN or document.get("resourceType") != kind:
        raise Invalid("resourceType", "This is another one than the address says.")
    known = _known(call, kind, call.header("if-none-exist"))
    if known is not None:
        return _taken(call, Taken(known, False))
    return _taken(call, take_in_resource(call.tenant, document, call.now, author=call.author))


@resource.route(
    "PUT", "/fhir/{type}/{id}", "fhir_update", FhirResource, content=KINDS, also=(MIME,), refusal=refusal
)
def update(call: Call, kind: str, own_id: str, body: File) -> Reply:
    """An Appointment as it is from now on: moved, confirmed, called off. `If-Match: W/"3"` names the version
    that was seen."""
    if kind != "Appointment":
        raise NotFound
    version = _version(call.header("if-match"))
    taken = change_visit(call.tenant, own_id, _document(body), call.now, author=call.author, version=version)
    return _taken(call, taken)


@resource.route("POST", "/fhir", "fhir_bundle", FhirResource, content=KINDS, also=(MIME,), refusal=refusal)
def bundle(call: Call, body: File) -> Reply:
    """A batch, or a transaction: Patients first, then what refers to them. A transaction ends at its first
    failure, with what came before it done: the same one again goes on from there."""
    document = _document(body)
    wanted = steps(document)
    answers: dict[int, Json] = {}
    references: dict[str, str] = {}
    for step in wanted:
        try:
            answers[step.place] = _stepped(call, step, references)
        except RecadoError as error:
            if document["type"] == "transaction":
                raise
            answers[step.place] = _entry(error.status, bundles.outcome(error))
    return _reply(200, bundles.answered(document["type"], [answers[n] for n in sorted(answers)]))


def _stepped(call: Call, step: Step, references: dict[str, str]) -> Json:
    """One entry's answer; what it was called in the Bundle refers to what it became."""
    asked = resolved(step.resource, references)
    known = _known(call, str(asked.get("resourceType")), step.if_none_exist)
    if known is not None:
        taken = Taken(known, False)
    elif step.own_id:
        taken = change_visit(
            call.tenant, step.own_id, asked, call.now, author=call.author, version=_version(step.if_match)
        )
    else:
        taken = take_in_resource(call.tenant, asked, call.now, author=call.author)
    if step.full_url and "id" in taken.resource:
        references[step.full_url] = f"{taken.resource['resourceType']}/{taken.resource['id']}"
    return _entry(201 if taken.created else 200, taken.resource)


def _entry(status: int, document: Json) -> Json:
    told: Json = {"status": str(status)}
    if document["resourceType"] == "OperationOutcome":
        return {"response": {**told, "outcome": document}}
    version = document.get("meta", {}).get("versionId", "")
    location = f"{document['resourceType']}/{document['id']}"
    return {"resource": document, "response": {**told, "location": location, "etag": f'W/"{version}"'}}


def _taken(call: Call, taken: Taken) -> Reply:
    document = taken.resource
    if "id" not in document:
        return _reply(200, document)
    where = f"{_base(call)}/{document['resourceType']}/{document['id']}"
    return _reply(201 if taken.created else 200, document, Location=where)


def _known(call: Call, kind: str, condition: str | None) -> Json | None:
    """What If-None-Exist finds. Raises Invalid unless it names one identifier."""
    if condition is None:
        return None
    name, _, value = condition.removeprefix("?").partition("=")
    if name != "identifier" or "|" not in value or "&" in value:
        raise Invalid("If-None-Exist", "Give identifier=system|value.")
    found = find_resources(call.tenant, kind, {"identifier": [value]}, call.now)
    return found[0] if found else None


def _document(body: File) -> dict[str, Any]:
    if len(body.content) > LIMIT:
        raise TooLarge
    document = strict_json.load(body.content)
    if not isinstance(document, dict):
        raise UnreadableInput("The body must be a FHIR resource in JSON.")
    return document


def _query(call: Call) -> dict[str, list[str]]:
    asked = call.event.get("multiValueQueryStringParameters") or {}
    return {
        strict_json.clean(key): [strict_json.clean(one) for one in values]
        for key, values in asked.items()
        if key != "_format"
    }


def _number(given: list[str], name: str, usual: int) -> int:
    if not given:
        return usual
    if not re.fullmatch(r"[0-9]{1,6}", given[0]):
        raise Invalid(name, "Give a number.")
    return int(given[0])


def _version(tag: str | None) -> int | None:
    if tag is None:
        return None
    found = re.fullmatch(r'(?:W/)?"([0-9]{1,9})"', tag.strip())
    if found is None:
        raise Invalid("If-Match", 'Give a version, such as W/"3".')
    return int(found[1])


def _base(call: Call) -> str:
    context = call.event["requestContext"]
    path = str(context.get("path", "")).partition("/fhir")[0]
    return f"https://{context.get('domainName', 'localhost')}{path}/fhir"
