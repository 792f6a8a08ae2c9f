"""Batches and transactions: what is done, in which order, and what refers to what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from recado.errors import Invalid
from recado.rules.fhir.reading import Resource, several, text

MOST: Final = 100
"""Entries of a Bundle: each is some calls, and the gateway waits 29 s."""


class Step(NamedTuple):
    """One entry. `own_id`: of ours, where it is put to one; `full_url`: what others in the Bundle call it."""

    place: int
    resource: Resource
    own_id: str = ""
    full_url: str = ""
    if_none_exist: str | None = None
    if_match: str | None = None


def steps(document: Resource) -> list[Step]:
    """The entries in the order in which they are done: Patients first. Raises Invalid that names an entry."""
    if document.get("resourceType") != "Bundle" or document.get("type") not in ("batch", "transaction"):
        raise Invalid("Bundle.type", "Give a batch or a transaction.")
    entries = several(document, "entry")
    if len(entries) > MOST:
        raise Invalid("Bundle.entry", f"At most {MOST} at once.")
    found = [_step(place, one) for place, one in enumerate(entries)]
    return sorted(found, key=lambda one: (text(one.resource, "resourceType") != "Patient", one.place))


def _step(place: int, entry: Resource) -> Step:
    name = f"Bundle.entry[{place}]"
    asked, resource = entry.get("request"), entry.get("resource")
    if not isinstance(asked, Mapping) or not isinstance(resource, Mapping):
        raise Invalid(f"{name}.request", "Give a request and a resource.")
    kind, _, own_id = text(asked, "url").partition("/")
    method = text(asked, "method")
    if kind != text(resource, "resourceType") or (method, bool(own_id)) not in (
        ("POST", False),
        ("PUT", True),
    ):
        raise Invalid(f"{name}.request", "POST to a type, or PUT to a type and an id.")
    if method == "PUT" and kind != "Appointment":
        raise Invalid(f"{name}.request.url", "Only Appointments are put.")
    return Step(
        place,
        resource,
        own_id,
        text(entry, "fullUrl"),
        text(asked, "ifNoneExist") or None,
        text(asked, "ifMatch") or None,
    )


def resolved(document: Resource, references: Mapping[str, str]) -> dict[str, Any]:
    """The resource with what it refers to by the Bundle's names referred to by ours."""
    return {name: _resolved(value, references) for name, value in document.items()}


def _resolved(node: Any, references: Mapping[str, str]) -> Any:
    if isinstance(node, list):
        return [_resolved(one, references) for one in node]
    if not isinstance(node, Mapping):
        return node
    made = {name: _resolved(value, references) for name, value in node.items()}
    told = made.get("reference")
    return {**made, "reference": references[told]} if isinstance(told, str) and told in references else made
