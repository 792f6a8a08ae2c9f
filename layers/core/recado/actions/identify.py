"""Whose contact point is this?"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from recado.model.contact_point import ContactPoint
from recado.model.patient import ContactPointView, Link, Origin, Patient, Question, Upcoming
from recado.model.tenant import Language
from recado.rules.identity import UNVERIFIED
from recado.rules.patients import link_to, reached_at
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
    linked: tuple[tuple[ContactPoint, int], ...] = ()
    """Those behind which this person is already, each with their place there."""
    primary: ContactPoint | None = None
    """The person's primary contact point, which need not be among these."""

    @property
    def elsewhere(self) -> ContactPoint | None:
        """Their primary contact point when it is none of these: they hide their number, say."""
        return None if self.primary in [point for point, _ in self.linked] else self.primary


def new_id(prefix: str) -> str:
    """A name that cannot be guessed and says nothing: 100 random bits in base 32."""
    return prefix + base64.b32encode(secrets.token_bytes(13))[:20].decode().lower()


def identify(
    tenant: str,
    points: Sequence[ContactPoint],
    name: str | None,
    now: datetime,
    origin: Origin | None = None,
    *,
    left: Sequence[ContactPoint] = (),
    proven: bool = True,
) -> Sender:
    """Who is behind these contact points: one read for each. Nobody yet: a new lead with this display name,
    whom this brought. `left` are those that whoever it is has just left (see change_number). Somebody known
    gains none of them unless they are `proven` to be the sender's.

    Two contact points that lead to two people are not merged here: who has left one for the other is meant,
    else the first one decides.
    """
    # Two spellings of a number are one contact point.
    points = tuple(dict.fromkeys(points))
    views = [(point, _believed(point, patients.view(tenant, point))) for point in points]
    known = _meant([view for _, view in views])
    new = None
    if known is None:
        own = tuple(point for point in points if point not in left)
        new = Patient(id=new_id("p"), name=name, contact_points=own, origin=origin, created_at=now)
        known = Link(patient=new.id, name=name)
    return Sender(
        patient=known.patient,
        name=known.name,
        language=known.language,
        new=new,
        unlinked=_unlinked(views, known, left) if proven or new else (),
        questions=tuple(question for _, view in views for question in view.questions),
        upcoming=tuple(upcoming for _, view in views for upcoming in view.upcoming),
        linked=tuple(
            (point, one.place) for point, view in views for one in view.links if one.patient == known.patient
        ),
        primary=known.primary,
    )


def _believed(point: ContactPoint, view: ContactPointView) -> ContactPointView:
    """An address that nothing proves leads to nobody of whom more is known than such addresses."""
    if point.system != UNVERIFIED:
        return view
    own = [one for one in view.links if one.primary is not None and one.primary.system == UNVERIFIED]
    return view.model_copy(update={"links": tuple(own), "questions": (), "upcoming": ()})


def _meant(views: Sequence[ContactPointView]) -> Link | None:
    links = [link for view in views for link in view.links]
    gone = frozenset[str]().union(*(view.gone for view in views))
    return next((link for link in links if link.patient in gone), None) or next(iter(links), None)


def _unlinked(
    views: Sequence[tuple[ContactPoint, ContactPointView]], known: Link, left: Sequence[ContactPoint]
) -> tuple[tuple[ContactPoint, int], ...]:
    """Nobody gets back what they have left because an older message of theirs comes late."""
    return tuple(
        (point, view.introduced + 1)
        for point, view in views
        if not view.links and known.patient not in view.gone and point not in left
    )


def introduce(tenant: str, sender: Sender, within: Transaction) -> None:
    """Store what is new about a sender, in the transaction that stores what they said.

    A known person is read, and saved with their new contact points, only when there are any. The transaction
    raises Stale when somebody else changed them, or was introduced at one of those points, meanwhile.
    """
    if sender.new is not None:
        patient = sender.new
    elif sender.unlinked:
        more = [point for point, _ in sender.unlinked]
        patient = reached_at(patients.get(tenant, sender.patient), more)
    else:
        return
    patients.put(tenant, patient, within)
    who = link_to(patient)
    for point, place in sender.unlinked:
        patients.link(tenant, point, who, place, within)
    if who.primary != sender.primary:
        for point, place in sender.linked:
            patients.relink(tenant, point, who, place, within)
