"""Bundles, and what went wrong, as FHIR says it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from recado.errors import RecadoError
from recado.rules.fhir.codes import Json

_CODES: Final[dict[str, str]] = {
    "invalid": "invalid",
    "unreadable": "structure",
    "too_large": "too-long",
    "too_many": "throttled",
    "unauthorised": "login",
    "forbidden": "forbidden",
    "not_found": "not-found",
    "conflict": "conflict",
    "slot_taken": "conflict",
    "patient_busy": "conflict",
    "stale": "conflict",
    "in_progress": "lock-error",
    "unavailable": "transient",
    "busy": "transient",
    "misconfigured": "exception",
}
"""Our errors → FHIR's IssueType."""


def outcome(error: RecadoError) -> Json:
    """An OperationOutcome: what is wrong, and with which element."""
    issue: Json = {
        "severity": "error" if error.status < 500 else "fatal",
        "code": _CODES.get(error.code, "exception"),
        "diagnostics": str(error),
    }
    if error.field:
        issue["expression"] = [error.field]
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def noted(words: str) -> Json:
    """An OperationOutcome that nothing is wrong in."""
    issue = {"severity": "information", "code": "informational", "diagnostics": words}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def found(resources: list[Json], base: str, asked: list[tuple[str, str]], *, offset: int, count: int) -> Json:
    """One page of what a search found, with where it was asked and where it goes on."""
    kept = [one for one in asked if one[0] != "_offset"]
    name = resources[0]["resourceType"] if resources else base.rpartition("/")[2]
    links = [{"relation": "self", "url": _url(base, asked)}]
    if offset + count < len(resources):
        links.append({"relation": "next", "url": _url(base, [*kept, ("_offset", str(offset + count))])})
    page = resources[offset : offset + count]
    root = base.rpartition("/")[0]
    entries = [
        {"fullUrl": f"{root}/{name}/{one['id']}", "resource": one, "search": {"mode": "match"}}
        for one in page
    ]
    made: Json = {"resourceType": "Bundle", "type": "searchset", "total": len(resources), "link": links}
    return {**made, **({"entry": entries} if entries else {})}


def _url(base: str, asked: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(asked))
    return f"{base}?{query}" if query else base


def answered(kind: str, entries: list[Json]) -> Json:
    """The answer to a batch or a transaction: an entry for each entry."""
    return {"resourceType": "Bundle", "type": f"{kind}-response", "entry": entries}


def capabilities(software: str, clinic: str, date: str) -> Json:
    """What this server can do for a clinic; `date`: when that last changed."""
    search: dict[str, list[tuple[str, str]]] = {
        "Appointment": [
            ("date", "date"),
            ("patient", "reference"),
            ("practitioner", "reference"),
            ("status", "token"),
            ("identifier", "token"),
            ("_id", "token"),
            ("_lastUpdated", "date"),
        ],
        "Patient": [("identifier", "token"), ("phone", "token"), ("_id", "token")],
        "Practitioner": [("active", "token"), ("_id", "token")],
        "Schedule": [("actor", "reference"), ("_id", "token")],
        "Slot": [("schedule", "reference"), ("start", "date"), ("service-type", "token"), ("_id", "token")],
    }
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": date,
        "kind": "instance",
        "software": {"name": software},
        "implementation": {"description": clinic},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "interaction": [{"code": "batch"}, {"code": "transaction"}],
                "resource": [_resource(name, params) for name, params in search.items()],
            }
        ],
    }


def _resource(name: str, params: list[tuple[str, str]]) -> Json:
    codes = ["read", "search-type"]
    writes: dict[str, Any] = {}
    if name == "Appointment":
        codes += ["create", "update"]
        writes = {"conditionalCreate": True, "conditionalUpdate": False, "updateCreate": False}
    if name == "Patient":
        codes += ["create"]
        writes = {"conditionalCreate": True}
    return {
        "type": name,
        "interaction": [{"code": one} for one in codes],
        "versioning": "versioned-update" if name == "Appointment" else "no-version",
        **writes,
        "searchParam": [{"name": one, "type": kind} for one, kind in params],
    }
