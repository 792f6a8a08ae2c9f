"""A FHIR R4 Patient as cells. Source: HL7, hl7.org/fhir/R4/patient.html and datatypes.html.

Relatives (`contact`) and other records (`link`) are not taken: who stands by whom, and who is who, the clinic
says itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from recado.rules.imports.entry import Cells

Resource = Mapping[str, Any]

_DOCUMENTS: Final = {
    "http://rnds.saude.gov.br/fhir/r4/namingsystem/cpf": "document br/cpf",
    "urn:oid:2.16.840.1.113883.13.237": "document br/cpf",
    "http://rnds.saude.gov.br/fhir/r4/namingsystem/cns": "document br/cns",
    "urn:oid:2.16.840.1.113883.13.236": "document br/cns",
    "http://hl7.it/sid/codicefiscale": "document it/codicefiscale",
    "urn:oid:2.16.840.1.113883.2.9.4.3.2": "document it/codicefiscale",
    "urn:oid:1.3.6.1.4.1.19126.3": "document es/dni",
    "http://www.renaper.gob.ar/dni": "document ar/dni",
    "https://fhir.nhs.uk/id/nhs-number": "document gb/nhs",
}
"""What identifiers are called by whoever gives them: RNDS (Brazil), HL7 Italia, HL7 Spain, RENAPER, NHS."""
_NATIONAL: Final = frozenset({"NI", "NNBRA", "NNESP", "NNITA", "NNMEX", "NNARG", "NNCHL", "NNPRT", "TAX"})
"""Identifier types of national documents (HL7 table 0203)."""
_NUMBERS: Final = frozenset({"phone", "sms"})
_USES: Final = ("official", "usual", "", "temp")
"""By which name somebody is called: the first of these that they have; maiden and old ones are none."""


def patient(document: Any) -> Resource | None:
    """The Patient in an entry of a Bundle, or alone; none where it is something else."""
    found = document.get("resource", document) if isinstance(document, Mapping) else None
    is_patient = isinstance(found, Mapping) and found.get("resourceType") == "Patient"
    return found if is_patient else None


def cells(resource: Resource, today: date) -> Cells:
    """What a Patient says."""
    found: dict[str, list[str]] = {
        "id": [_text(resource, "id")],
        "birth_date": [_text(resource, "birthDate")],
        "sex": [_text(resource, "gender")],
        "deceased": [_deceased(resource)],
        "active": ["no" if resource.get("active") is False else ""],
        "language": [_language(resource)],
        **_called(resource, today),
        **_lives(resource, today),
        **_reached(resource, today),
    }
    for name, value in _identified(resource, today):
        found.setdefault(name, []).append(value)
    if not found["id"][0]:
        found["id"] = found.get("ehr", [""])[:1]
    return found


def _called(resource: Resource, today: date) -> dict[str, list[str]]:
    names = [one for one in _current(resource, "name", today) if _text(one, "use") in _USES]
    called = min(names, key=lambda one: _USES.index(_text(one, "use")), default=None)
    if called is None:
        return {}
    given = [one for one in _list(called, "given") if isinstance(one, str)]
    family = _text(called, "family")
    whole = "" if given or family else _text(called, "text")
    return {"name": [whole], "given_name": [" ".join(given)], "family_name": [family]}


def _lives(resource: Resource, today: date) -> dict[str, list[str]]:
    homes = _current(resource, "address", today)
    if not homes:
        return {}
    home = next((one for one in homes if _text(one, "use") == "home"), homes[0])
    street = ", ".join(one for one in _list(home, "line") if isinstance(one, str))
    return {
        "street": [street],
        "city": [_text(home, "city")],
        "postcode": [_text(home, "postalCode")],
        "country": [_text(home, "country")],
    }


def _reached(resource: Resource, today: date) -> dict[str, list[str]]:
    """Phones and e-mail addresses, the preferred one first; those of before, too."""
    found: dict[str, list[str]] = {}
    for one in sorted(_several(resource, "telecom"), key=_rank):
        system, value = _text(one, "system"), _text(one, "value")
        name = "phone" if system in _NUMBERS else "email" if system == "email" else ""
        if name and value:
            before = _text(one, "use") == "old" or not _holds(one, today)
            found.setdefault(f"former_{name}" if before else name, []).append(value)
    return found


def _rank(telecom: Resource) -> tuple[int, bool]:
    rank = telecom.get("rank")
    return rank if isinstance(rank, int) and rank > 0 else 1_000, _text(telecom, "use") != "mobile"


def _identified(resource: Resource, today: date) -> Iterator[tuple[str, str]]:
    """Documents that we know, and what other systems call them: a medical record number first."""
    known = _current(resource, "identifier", today)
    for one in sorted(known, key=lambda one: "MR" not in _types(one)):
        system, value = _text(one, "system"), _text(one, "value")
        document = _DOCUMENTS.get(system.lower())
        if document or _types(one) & _NATIONAL:
            yield document or "document", value
        elif system and value:
            yield "ehr", f"{system}|{value}"


def _types(identifier: Resource) -> set[str]:
    kind = identifier.get("type")
    codings = _several(kind, "coding") if isinstance(kind, Mapping) else []
    return {_text(one, "code") for one in codings}


def _language(resource: Resource) -> str:
    spoken = _several(resource, "communication")
    spoken.sort(key=lambda one: one.get("preferred") is not True)
    codings = [one for each in spoken[:1] for one in _several(each.get("language"), "coding")]
    return next((code for one in codings if (code := _text(one, "code"))), "")


def _deceased(resource: Resource) -> str:
    return _text(resource, "deceasedDateTime") or ("yes" if resource.get("deceasedBoolean") is True else "")


def _holds(part: Resource, today: date) -> bool:
    """Whether its period has not ended; an end without a day is the last of its year or month."""
    period = part.get("period")
    end = _text(period, "end") if isinstance(period, Mapping) else ""
    return not end or f"{end}-12-31"[:10] >= today.isoformat()


def _current(resource: Resource, name: str, today: date) -> list[Resource]:
    return [one for one in _several(resource, name) if _text(one, "use") != "old" and _holds(one, today)]


def _several(part: Any, name: str) -> list[Resource]:
    return [one for one in _list(part, name) if isinstance(one, Mapping)]


def _list(part: Any, name: str) -> list[Any]:
    found = part.get(name) if isinstance(part, Mapping) else None
    return found[:20] if isinstance(found, list) else []


def _text(part: Mapping[str, Any], name: str) -> str:
    found = part.get(name)
    return found if isinstance(found, str) else ""
