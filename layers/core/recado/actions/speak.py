"""Somebody is heard to write in another language: what was booked for them follows."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from recado.actions.keep_visit import keep_visit
from recado.actions.list_appointments import upcoming
from recado.model.patient import Patient, Told
from recado.rules.languages import noted
from recado.store.rows import Transaction

VISITS: Final = 10
"""So many visits to come follow at once: it is one transaction with the message that was heard."""


def speak(tenant: str, patient: Patient, heard: Told, now: datetime, within: Transaction) -> Patient:
    """The record, yet to be stored, with the language; the reminders of what is booked go out in it, too.

    Who has chosen a language keeps it.
    """
    after = noted(patient, heard)
    if after.language is None or after.language == patient.language:
        return after
    for visit in upcoming(tenant, after)[:VISITS]:
        if visit.status == "booked" and visit.language != after.language:
            spoken = visit.model_copy(update={"language": after.language})
            keep_visit(tenant, visit, spoken, now, within)
    return after
