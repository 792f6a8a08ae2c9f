"""Who is meant when the front desk types a name and a number."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from recado.model.patient import Link, Patient
from recado.model.tenant import Language


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names may be one person's: "maria" and "María Silva" may, "Maria" and "João" may not."""
    words, others = _words(one), _words(other)
    return bool(words) and bool(others) and (words <= others or others <= words)


def meant(links: Sequence[Link], name: str) -> Link | None:
    """Who of those behind a contact point has this name; none: perhaps somebody else with the same phone."""
    return next((link for link in links if same_name(link.name, name)), None)


def admitted(patient: Patient, name: str | None, language: Language | None) -> Patient:
    """A person with a visit is a patient (R21); what the front desk knows of a lead counts from then on.

    Until then the name was whatever they call themselves on a channel.
    """
    known: dict[str, object] = {"language": language or patient.language}
    if patient.kind == "lead":
        known |= {"kind": "patient", "name": name or patient.name}
    changed = patient.model_copy(update=known)
    return patient if changed == patient else changed


def _words(name: str | None) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name or "")
    letters = "".join(one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return frozenset(letters.casefold().split())
