"""In which language somebody is answered: in theirs, where it is known; else in the one that they write in.

What they chose, or the desk or another system told, is theirs. What was read in their words holds until then,
with its source and time (Patient.language_heard); whoever goes on in another language is followed. See
infra/decisions/0023.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from recado.model.communication import Communication
from recado.model.patient import Link, Patient, Told
from recado.model.tenant import Language
from recado.rules.disclosure import NOTED_EVERY
from recado.rules.intents.languages import written_in
from recado.rules.patients import link_to
from recado.rules.senders import Sender

FEWEST: Final = 6
"""Letters of a text that tells a language: "sim", "si" and "vale" are said by all."""
NOT_THEIRS: Final = frozenset(
    {"reaction", "revoke", "edit", "form", "interaction", "call", "button", "sticker", "template", "system"}
    | {"location", "contacts", "link", "product", "unsupported", "call_permission"}
)
"""Kinds of communication that are not, or not only, in their own words."""


def heard_in(communication: Communication) -> Language | None:
    """The language in which they wrote it; none where it is not sure: a button's words are ours."""
    if communication.automatic or communication.payload or communication.kind in NOT_THEIRS:
        return None
    if sum(map(str.isalpha, communication.text)) < FEWEST:
        return None
    return written_in(communication.text)


def speaking(sender: Sender, communication: Communication, clinic: Language, *, proven: bool) -> Sender:
    """The sender, who is answered in the language that this is written in, unless theirs is surely known.

    It is noted of them where it is news. `clinic` is the language of whom nothing is known; `proven`: nobody
    else can have written it.
    """
    who = sender.writer or sender.link
    language = None if is_sure(who) else heard_in(communication)
    if language is None:
        return sender
    sender = sender._replace(speaks=language)
    heard = Told(value=language, source=communication.channel, at=communication.at)
    if sender.new is not None:
        if sender.new.kind == "household":
            return sender
        new = noted(sender.new, heard)
        return sender._replace(new=new, link=link_to(new))
    if proven and who.kind != "household" and _is_news(who, language, clinic, communication.at):
        return sender._replace(heard=heard)
    return sender


def is_sure(known: Link) -> bool:
    """Whether their language was chosen by them, or told by who knows."""
    return known.language is not None and known.language_heard is None


def noted(patient: Patient, heard: Told) -> Patient:
    """The record of somebody who was heard to write in a language; who has chosen one keeps it."""
    if patient.language is not None and patient.language_heard is None:
        return patient
    return patient.model_copy(update={"language": heard.value, "language_heard": heard})


def _is_news(known: Link, language: Language, clinic: Language, now: datetime) -> bool:
    """Another language than they would be written to in, or the same that was not noted for long."""
    if language != (known.language or clinic):
        return True
    return known.language_heard is not None and now - known.language_heard >= NOTED_EVERY
