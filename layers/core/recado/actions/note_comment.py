"""The patient says why they gave that score; or something else, after it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from recado.actions.answer_survey import Turn, asked_in, settle
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import surveys as rules
from recado.rules.intents import recognise
from recado.store import surveys

PLAIN: Final = frozenset({"thanks", "greeting", "oos"})
"""Intents in which nothing is asked of us (rules/intents)."""


def note_comment(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Keep why, once; False: a person, or whatever comes next in handling, sees to it.

    They are thanked, and it is settled, where they are content and ask for nothing. What follows a low score
    is read by the person who gets in touch. Raises Stale or Busy.
    """
    if communication.id not in contact.pending:
        return True
    before = asked_in(tenant, communication)
    if before is None or before.comment is not None:
        return False
    after = rules.commented(before, communication.text)
    if after == before:
        return False
    if rules.is_low(after) or _asks(communication, contact):
        surveys.save_survey(tenant, after)
        return False
    settle(tenant, contact, communication, Turn(after, "survey_thanks"), now)
    return True


def _asks(communication: Communication, contact: Contact) -> bool:
    """Whether they may want something, besides telling why."""
    text = communication.text
    return "?" in text or recognise(text, contact.language).name not in PLAIN
