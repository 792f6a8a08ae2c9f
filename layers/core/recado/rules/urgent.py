"""What cannot wait, and what somebody is told who says it."""

from __future__ import annotations

from typing import Final

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.tenant import Language, Tenant
from recado.rules.acknowledgement import IN_TALK

# Who answers for a medical emergency. Source: ITU-T E.161.1 and the countries' own numbering plans; where a
# country has several numbers, the one of its ambulances.
NUMBERS: Final = {
    "BR": "192",
    "AR": "107",
    "CL": "131",
    "CO": "123",
    "PE": "106",
    "UY": "105",
    "PY": "141",
    "BO": "165",
    "EC": "911",
    "VE": "911",
    "MX": "911",
    "CR": "911",
    "PA": "911",
    "DO": "911",
    "US": "911",
    "CA": "911",
    "GB": "999",
    "AU": "000",
    "NZ": "111",
}
ELSEWHERE: Final = "112"
"""In all of the European Union and in most of the world; every GSM phone knows it (3GPP TS 22.101)."""

SILENT: Final = frozenset({"reaction", "revoke", "edit"})


def is_urgent(communication: Communication, contact: Contact) -> bool:
    """Whether somebody says what cannot wait (chest pain, bleeding, suicide, ...), wherever they write it.

    Read for recall: one too many costs a person a look. A machine's message, a button, and who names one of
    the things that they were offered say no such thing.
    """
    if communication.automatic or communication.payload or communication.kind in SILENT:
        return False
    if len(communication.text.strip()) < 3:
        return False
    if contact.is_asked and _chooses(contact, communication.text):
        return False
    from recado.rules.intents import recognise  # noqa: PLC0415 - a model, which a receipt does not need

    intent = recognise(communication.text, contact.language)
    return intent.name == "urgent" and (intent.sure or not _is_in_talk(contact, communication))


def _is_in_talk(contact: Contact, communication: Communication) -> bool:
    """Whether a person of the clinic is speaking with them, who reads it all: only what is sure interrupts
    those two."""
    spoken_at = contact.spoken_at
    return contact.state == "assigned" and spoken_at is not None and communication.at - spoken_at < IN_TALK


def _chooses(contact: Contact, text: str) -> bool:
    from recado.rules.flows.reading import titled  # noqa: PLC0415 - few are in the middle of a dialogue

    return contact.dialogue is not None and titled(contact.dialogue.options, text) is not None


def emergency_number(clinic: Tenant) -> str:
    """Whom to call where the clinic is."""
    return NUMBERS.get(clinic.country.upper(), ELSEWHERE)


def own_words(clinic: Tenant, language: Language) -> str | None:
    """What the clinic itself wants said, if it has said it in this language."""
    return clinic.emergency.get(language)
