"""What came from a household's contact point turns out to be somebody's: whose contact takes it, and what is
then to be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.patient import Link, Question
from recado.rules import takeovers
from recado.rules.contacts import SWEEP_AFTER
from recado.rules.questions import answered, meant, serves_itself

TOLD: Final = frozenset({"call", "form", "interaction"})
"""Kinds of communication that are no words of a message: nothing is done about them by itself."""


class Given(NamedTuple):
    """A household's contact that is over, and the contact in which its matter goes on."""

    aside: Contact
    into: Contact


def given(
    contact: Contact, latest: Contact | None, link: Link, pending: Iterable[str], now: datetime
) -> Given:
    """The household's contact, whose matter is theirs (`link`) from now on: it goes on in their open contact,
    the `latest` that they have, or the next one.

    `pending`: what automatic handling has to look at as theirs. The one that is over stays due, so that the
    sweep finds what had not come onto the timeline yet (actions.gather_household).
    """
    theirs = contact.model_copy(update={"pending": tuple(pending), "speaker": link.patient})
    changes: dict[str, object] = {"speaker": link.patient, "named_at": now}
    if latest is not None and latest.state != "closed":
        into = takeovers.gathered(latest, theirs, now)
        changes["sequence"] = latest.sequence + contact.sequence
    else:
        into = _next(theirs, latest, link, now)
    aside = takeovers.set_aside(contact, into.id, now)
    update = {"before": None, "speaker": link.patient, "due_at": now + SWEEP_AFTER}
    return Given(aside.model_copy(update=update), into.model_copy(update=changes))


def _next(contact: Contact, latest: Contact | None, link: Link, now: datetime) -> Contact:
    waits = contact.state != "assigned" and link.care_team is not None
    changes: dict[str, object] = {
        "patient": link.keeper,
        "number": latest.number + 1 if latest else 1,
        "version": 0,
        "patient_name": link.name,
        "language": link.language or contact.language,
        "kind": link.kind,
        "care_team": link.care_team,
        "queue": link.care_team if waits else contact.queue,
        "asked_whom_at": None,
    }
    if latest is not None:
        changes["heard_at"] = {**latest.heard_at, **contact.heard_at}
        changes["spoken_at"] = max((at for at in (latest.spoken_at, contact.spoken_at) if at), default=None)
    return takeovers.looked_after(contact.model_copy(update=changes), now)


def moved(one: Communication, into: str, record: str, questions: Iterable[Question]) -> Communication:
    """A communication of the household's as theirs whose `record` it is, with what of theirs it answers.

    Its place in time stays; two contacts may have given the same one.
    """
    changes: dict[str, object] = {
        "patient": record,
        "contact": into,
        "moment": one.moment if one.moment.endswith(one.id) else f"{one.moment}.{one.id}",
    }
    if _is_said(one):
        changes["question"] = answered(
            questions, payload=one.payload, quoted=one.reply_to, spoken_at=None, now=one.at
        )
    return one.model_copy(update=changes)


def serve_themselves(said: Iterable[Communication]) -> tuple[str, ...]:
    """Those that answer a question, so that it can be settled without a person."""
    return tuple(one.id for one in said if _is_said(one) and _settles(one))


def _settles(one: Communication) -> bool:
    return serves_itself(meant(one.text, one.payload, one.question).kind, one.question, one.text)


def _is_said(one: Communication) -> bool:
    return one.direction == "inbound" and one.kind not in TOLD and not one.automatic


def unmoved(said: Iterable[Communication], contact: Contact) -> list[Communication]:
    """Those that are still the household's, of its contact."""
    return [one for one in said if one.contact == contact.id and one.patient == contact.patient]
