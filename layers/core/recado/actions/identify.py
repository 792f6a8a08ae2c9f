"""Whose contact point is this?"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from recado.model.patient import ContactPoint, Link, Patient, Question, Upcoming
from recado.model.tenant import Language
from recado.store import patients
from recado.store.rows import Transaction


class Sender(NamedTuple):
    """The person behind some contact points: known, or `new` and yet to be introduced."""

    patient: str
    name: str | None
    language: Language | None
    new: Patient | None
    unlinked: tuple[tuple[ContactPoint, int], ...]
    """Contact points with nobody behind them yet, each with the place that this person takes there."""
    questions: tuple[Question, ...]
    upcoming: tuple[Upcoming, ...]


def new_id(prefix: str) -> str:
    """A name that cannot be guessed and says nothing: 100 random bits in base 32."""
    return prefix + base64.b32encode(secrets.token_bytes(13))[:20].decode().lower()


def identify(tenant: str, points: Sequence[ContactPoint], name: str | None, now: datetime) -> Sender:
    """Who is behind these contact points: one read for each. Nobody yet: a new lead with this display name.

    Two contact points that lead to two people are not merged here; the first one decides.
    """
    views = [(point, patients.view(tenant, point)) for point in points]
    known = next((view.links[0] for _, view in views if view.links), None)
    new = None
    if known is None:
        new = Patient(id=new_id("p"), name=name, contact_points=tuple(points), created_at=now)
        known = Link(patient=new.id, name=name)
    return Sender(
        patient=known.patient,
        name=known.name,
        language=known.language,
        new=new,
        unlinked=tuple((point, 1) for point, view in views if not view.links),
        questions=tuple(question for _, view in views for question in view.questions),
        upcoming=tuple(upcoming for _, view in views for upcoming in view.upcoming),
    )


def introduce(tenant: str, sender: Sender, within: Transaction) -> None:
    """Store what is new about a sender, in the transaction that stores what they said."""
    if sender.new is not None:
        patients.put(tenant, sender.new, within)
    who = Link(patient=sender.patient, name=sender.name, language=sender.language)
    for point, place in sender.unlinked:
        patients.link(tenant, point, who, place, within)
