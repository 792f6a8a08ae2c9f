"""Files for the readers' tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from recado.channels import strict_json
from recado.model.patient_import import Format, PatientImport
from recado.rules.imports import reading
from recado.rules.imports.entry import Entry

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def begun(content: bytes, form: Format) -> PatientImport:
    """An import of this file that has read nothing yet. Raises Invalid."""
    layout, start = reading.opened(form, content)
    return PatientImport(
        id="i1",
        source="agenda",
        format=form,
        parts=(len(content),),
        delimiter=layout.delimiter,
        columns=layout.columns,
        position=start,
        created_by="agent:ana",
        created_at=NOON,
    )


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    """The file, so many bytes at a time."""
    return (content[at : at + size] for at in range(0, len(content), size))


def read(
    content: bytes | str, form: Format = "csv", *, country: str = "BR", size: int = 65_536
) -> list[reading.Row]:
    """All records of a file, as a clinic in this country reads it."""
    raw = content.encode() if isinstance(content, str) else content
    known = begun(raw, form)
    clinic = reading.Clinic(country, TODAY)
    return list(reading.rows(known, pieces(raw[known.position :], size), clinic, strict_json.load))


def entries(content: bytes | str, form: Format = "csv", *, country: str = "BR") -> list[Entry]:
    """What its rows say."""
    return [row.entry for row in read(content, form, country=country) if row.entry is not None]


def bundle(*resources: dict[str, Any], **also: Any) -> str:
    """A FHIR Bundle of these resources."""
    held = [{"fullUrl": f"urn:uuid:{number}", "resource": one} for number, one in enumerate(resources)]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": held, **also}, indent=1)


def patient(**said: Any) -> dict[str, Any]:
    """A FHIR Patient."""
    return {"resourceType": "Patient", "id": "p1", **said}
