"""Who is reached at a number?"""

from __future__ import annotations

from recado.errors import Invalid, NotFound
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient
from recado.rules.identity import canonical_phone
from recado.store import patients, tenants


def find_patients(tenant: str, typed: str) -> list[Patient]:
    """The patients behind a phone number as staff type it. Raises Invalid (`phone`)."""
    point = ContactPoint(system="phone", value=_canonical(tenant, typed))
    links = patients.view(tenant, point).links
    found = [_patient(tenant, link.patient) for link in links]
    return [patient for patient in found if patient is not None]


def _canonical(tenant: str, typed: str) -> str:
    from recado.channels import addresses  # noqa: PLC0415 - a seventh of a bare client's import, for one route

    try:
        return canonical_phone(addresses.phone(typed, tenants.get(tenant).country))
    except Invalid:
        # Somebody may well have written to us from a number that the library does not know.
        if typed.startswith("+") and 8 <= sum(map(str.isdigit, typed)) <= 15:
            return canonical_phone(typed)
        raise


def _patient(tenant: str, patient_id: str) -> Patient | None:
    try:
        return patients.get(tenant, patient_id)
    except NotFound:
        return None
