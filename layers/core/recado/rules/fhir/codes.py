"""What of FHIR's own words every resource needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from recado.model.record import iso

Json = dict[str, Any]

BASE: Final = "https://recado.example/fhir"
"""Begins the names of our own systems of identifiers and codes: names, and no addresses."""
APPOINTMENTS: Final = f"{BASE}/appointment"
"""Our own ids of visits."""
EXTENSION: Final = "http://hl7.org/fhir/StructureDefinition/"

MASKED: Final[Json] = {"extension": [{"url": f"{EXTENSION}data-absent-reason", "valueCode": "masked"}]}
"""In the place of what has to be there and is not shared: it is known, and not told."""


def meta(version: int, updated: datetime) -> Json:
    """A resource's version, as If-Match names it, and when it last changed."""
    return {"versionId": str(version), "lastUpdated": iso(updated)}
