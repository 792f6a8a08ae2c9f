"""Whose contact point is this, and whom does it concern that came from there?"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import ContactPointView, Link, Origin
from recado.rules import guardians
from recado.rules import households as rules
from recado.rules.households import Heard, Verdict
from recado.rules.senders import Found, Sender, behind, household, is_surely, known, stranger
from recado.store import contacts, patients

MOST_ASKED: Final = 5
"""So many people's conversations, or children's questions, are looked through: more make nothing clear."""


def new_id(prefix: str) -> str:
    """A name that cannot be guessed and says nothing: 100 random bits in base 32."""
    return prefix + base64.b32encode(secrets.token_bytes(13))[:20].decode().lower()


def identify(
    tenant: str,
    points: Sequence[ContactPoint],
    heard: Heard,
    now: datetime,
    origin: Origin | None = None,
    *,
    left: Sequence[ContactPoint] = (),
    proven: bool = True,
) -> Sender:
    """Whom a message from these contact points concerns: one read for each, more only where that leaves it
    unclear. Nobody yet: a new lead with this display name, whom `origin` brought.

    `left` are those that whoever it is has just left (see change_number). Somebody known gains none of them
    unless they are `proven` to be the sender's. Two that lead to two people do not make one of them: who has
    left one for the other is meant, else the holder of the messenger's account; a person looks at it.
    """
    # Two spellings of a number are one contact point.
    views = [(point, patients.view(tenant, point)) for point in dict.fromkeys(points)]
    found = behind(views, left, proven=proven)
    verdict = _judged(tenant, found, heard, now)
    if verdict.link is not None:
        return _acted(tenant, known(found, verdict, heard, now), heard, now)
    if verdict.why == "new":
        return stranger(found, heard, now, new_id("p"), origin)
    return household(found, now, new_id("p"))


def _judged(tenant: str, found: Found, heard: Heard, now: datetime) -> Verdict:
    """Whom it concerns. What was quoted, and conversations, are read only where several may be meant."""
    if not found.people:
        return Verdict("new")
    gone = frozenset[str]().union(*(view.gone for _, view in found.views))
    mover = next((link for link in found.people if link.patient in gone), None)
    if mover is not None:
        return Verdict("only", mover)
    if heard.quoted and len(found.people) > 1:
        quoted = contacts.find_communication(tenant, heard.quoted)
        heard = heard._replace(quoted_of=quoted.patient if quoted else None)
    verdict = rules.concerned(heard, found.around, now)
    if verdict.why != "unclear" or not heard.line:
        return verdict
    latest = _latest(tenant, verdict.may)
    return rules.concerned(heard, found.around._replace(contacts=latest), now)


def _latest(tenant: str, links: Sequence[Link]) -> Mapping[str, Contact]:
    keepers = dict.fromkeys(link.keeper for link in links[:MOST_ASKED])
    latest = {keeper: contacts.latest_contact(tenant, keeper) for keeper in keepers}
    return {keeper: contact for keeper, contact in latest.items() if contact}


def _acted(tenant: str, sender: Sender, heard: Heard, now: datetime) -> Sender:
    """What reads like an answer, and answers nothing that they were asked where it came from, may answer what
    they were asked at their primary contact point (they hide their number, say), or what was asked about
    somebody for whom they may act: a read for each."""
    if (
        sender.new
        or sender.writer
        or not rules.may_answer(heard)
        or rules.asked(heard, sender.questions, now)
        or not is_surely(sender, heard.name, now)
    ):
        return sender
    primary = sender.link.primary
    if primary is not None and primary not in [point for point, _ in sender.linked]:
        asked = patients.view(tenant, primary).questions
        own = tuple(one for one in asked if one.patient == sender.patient)
        sender = sender._replace(questions=(*sender.questions, *own))
        if rules.asked(heard, own, now):
            return sender
    return _for_ward(tenant, sender, heard, now)


def _for_ward(tenant: str, sender: Sender, heard: Heard, now: datetime) -> Sender:
    views = {}
    for ward in guardians.wards(sender.link, now)[:MOST_ASKED]:
        point = patients.get(tenant, ward).primary
        views[ward] = patients.view(tenant, point) if point else ContactPointView()
    questions = [one for ward, view in views.items() for one in view.questions if one.patient == ward]
    meant = set(rules.asked(heard, questions, now))
    if len(meant) != 1:
        return sender
    ward = meant.pop()
    link = next((one for one in views[ward].links if one.patient == ward), None)
    if link is None or not guardians.acts_for(sender.link, link, now):
        return sender
    own = tuple(one for one in questions if one.patient == ward)
    return sender._replace(link=link, writer=sender.link, questions=own)
