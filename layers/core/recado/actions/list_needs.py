"""What is left to ask somebody for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from recado.actions.load_person import load_person
from recado.model.patient import Patient
from recado.rules.contacts import lines_heard
from recado.rules.needs import Need, Purpose, to_ask
from recado.store import contacts


def list_needs(tenant: str, patient_id: str, purpose: Purpose, now: datetime) -> tuple[Need, ...]:
    """What is missing or stale, by all records of the person. Raises NotFound."""
    records = load_person(tenant, patient_id)
    return to_ask(records, purpose, now, heard_of(tenant, records))


def heard_of(tenant: str, records: Sequence[Patient]) -> dict[str, datetime]:
    """When a person last wrote or called, by line: one read for each of their contacts."""
    found: dict[str, datetime] = {}
    for keeper in dict.fromkeys(one.keeper for one in records):
        for line, at in lines_heard(contacts.latest_contact(tenant, keeper)).items():
            found[line] = max(at, found.get(line, at))
    return found
