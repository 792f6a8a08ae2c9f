"""What a patient takes from us, by what was said of it and when.

Sources: the opt-out words are those of Twilio and of AWS End User Messaging; that a stop counts for a
purpose on every channel, and that every change keeps its evidence, are R126's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from recado.model.communication import Purpose as CommunicationPurpose
from recado.model.consent import Consent
from recado.model.patient import Patient, Purpose
from recado.model.policy import PROMOTIONS
from recado.rules.replies import is_cancel_keyword, read

ALL: Final[frozenset[Purpose]] = frozenset({"care", "marketing"})
"""What a word stops, whatever it was that they were tired of; and what a word starts again."""

COPIED: Final = "record:"
"""Begins the source of what another record of the same person has said."""

Word = Literal["stop", "perhaps_stop", "start"]


def spoken(text: str, payload: str | None, *, cancel_stops: bool, asked: bool) -> Word | None:
    """What a message says about being written to; none: nothing.

    CANCEL by SMS (`cancel_stops`) is an opt-out, and may have been meant for a visit: an open question
    (`asked`) that it answers wins, else it stops (`perhaps_stop`: as the carrier does anyway), and a person
    looks at it. On any other channel it is no such word.
    """
    kind = read(text, payload).kind
    if kind == "optout":
        return "stop"
    if kind == "optin":
        return "start"
    heard = cancel_stops and not asked and not payload
    return "perhaps_stop" if heard and kind == "cancel" and is_cancel_keyword(text) else None


def needed(purpose: CommunicationPurpose) -> Purpose | None:
    """What a patient must take for a message of this purpose to go; none: an answer to their own words."""
    if purpose in ("conversation", "self_service"):
        return None
    return "marketing" if purpose in PROMOTIONS or purpose == "marketing" else "care"


def refused(code: object, stops: Mapping[str, Iterable[str]]) -> frozenset[Purpose]:
    """What a provider's refusal with this code says that the person has stopped, by its channel's `stops`.

    The other codes under which a message is not let through (WhatsApp's 368, 130472) are the provider's own
    policy, and say nothing of the person.
    """
    return ALL.intersection(stops.get(str(code), ()))


def is_news(said: Consent, history: Iterable[Consent]) -> bool:
    """Whether this has not been stored before."""
    return all(one.id != said.id for one in history)


def after(patient: Patient, said: Consent, history: Iterable[Consent]) -> Patient:
    """The patient as of now, when `said` is put beside all that is known (`history`).

    Of two words about a purpose the one said later holds, in whichever order they came to us; of two said in
    the same moment, the stop.
    """
    known = tuple(history)
    opted_out = set(patient.opted_out)
    for purpose in said.purposes:
        if not _overruled(said, purpose, known):
            (opted_out.add if said.action == "stop" else opted_out.discard)(purpose)
    return patient.model_copy(update={"opted_out": frozenset(opted_out)})


def _overruled(said: Consent, purpose: Purpose, known: Iterable[Consent]) -> bool:
    others = [one for one in known if purpose in one.purposes]
    later = any(one.at > said.at for one in others)
    return later or (
        said.action == "start" and any(one.at == said.at and one.action == "stop" for one in others)
    )


def resumes(history: Iterable[Consent], *, own: bool) -> bool:
    """Whether a word to start again speaks for this person: for whoever said it (`own`) always.

    For another at the same contact point, whom such a word from there may have stopped, it does; what the
    front desk wrote down about somebody, only they themselves or the desk take back.
    """
    stops = [one for one in history if one.action == "stop"]
    latest = max(stops, key=lambda one: one.at, default=None)
    return own or (latest is not None and not latest.source.startswith("agent:"))


def own_stops(patient: Patient, history: Iterable[Consent]) -> frozenset[Purpose]:
    """What a record is out of by what was said of itself, and not of another record of its person."""
    said = list(history)
    own = [one for one in said if not one.source.startswith(COPIED)]
    told = {purpose for one in said for purpose in one.purposes}
    return _stopped(own) | (patient.opted_out - told)


def without(patient: Patient, history: Iterable[Consent], gone: Iterable[Consent]) -> Patient:
    """The patient as of now, had this never been said of another record (`gone`) of theirs."""
    taken = list(gone)
    ids = {one.id for one in taken}
    told = {purpose for one in taken for purpose in one.purposes}
    left = _stopped(one for one in history if one.id not in ids)
    return patient.model_copy(update={"opted_out": (patient.opted_out - told) | (left & told)})


def _stopped(said: Iterable[Consent]) -> frozenset[Purpose]:
    """What is stopped after all this: of two words the later holds, of two at once the stop."""
    in_order = sorted(said, key=lambda one: (one.at, one.action == "stop"))
    last = {purpose: one.action for one in in_order for purpose in one.purposes}
    return frozenset(purpose for purpose, action in last.items() if action == "stop")
