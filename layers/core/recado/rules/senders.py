"""Who stands behind the contact points of a message, and what is new about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from recado.model.contact_point import ContactPoint
from recado.model.patient import ContactPointView, Fact, Link, Origin, Patient, Question, Told
from recado.model.tenant import Language
from recado.rules import disclosure, guardians
from recado.rules.display_names import fits_one
from recado.rules.households import Around, Heard, Verdict
from recado.rules.identity import UNVERIFIED
from recado.rules.patients import link_to

Views = Sequence[tuple[ContactPoint, ContactPointView]]
"""Contact points, each with what hangs on it."""

Places = tuple[tuple[ContactPoint, int], ...]
"""Contact points, each with somebody's place there."""


class Statement(NamedTuple):
    """What somebody says of themselves, by which channel; `sure`: nobody else can have said it."""

    said: Mapping[Fact, str]
    source: str
    sure: bool


class Sender(NamedTuple):
    """Whose a message is: a record that is known, or `new` and yet to be introduced.

    It may be a household's, which is nobody: `houses` is the contact point that has none yet.
    """

    link: Link
    at: datetime
    new: Patient | None = None
    houses: ContactPoint | None = None
    unlinked: Places = ()
    """Contact points that they are not behind yet, each with the place that they take there."""
    linked: Places = ()
    """Those behind which they are already."""
    seen: tuple[ContactPoint, ...] = ()
    """Where it is to be noted that they were there."""
    called: str | None = None
    """What they call themselves, of whom we knew no name."""
    questions: tuple[Question, ...] = ()
    """What they were asked there."""
    people: tuple[Link, ...] = ()
    """Whoever is behind one of the contact points."""
    doubt: Link | None = None
    """Somebody else to whom one of the contact points leads: a person decides whether they are one."""
    writer: Link | None = None
    """Who wrote on their behalf; none: they did."""
    statement: Statement | None = None
    """What they say of themselves in a form."""
    speaks: Language | None = None
    """The language that they write in, of whom no surer source says theirs."""
    heard: Told | None = None
    """The same, where it is to be noted of them."""

    @property
    def patient(self) -> str:
        """The record."""
        return self.link.patient

    @property
    def person(self) -> str:
        """The root of the record's person."""
        return self.link.person or self.link.patient

    @property
    def holder(self) -> str:
        """Whose contacts take what is said: the person's, once somebody of the clinic has confirmed it."""
        return self.link.keeper

    @property
    def name(self) -> str | None:
        return self.link.name

    @property
    def language(self) -> Language | None:
        return self.link.language

    @property
    def author(self) -> str:
        """As in Communication."""
        return f"guardian:{self.writer.patient}" if self.writer else "patient"


class Found(NamedTuple):
    """What is known of the contact points of a message."""

    views: Views
    left: frozenset[ContactPoint]
    around: Around
    decides: ContactPoint | None
    proven: bool

    @property
    def people(self) -> tuple[Link, ...]:
        return (*self.around.links, *self.around.others)


def behind(views: Views, left: Iterable[ContactPoint] = (), *, proven: bool = True) -> Found:
    """Whoever is behind these contact points; `left` and `proven` as in actions.identify.

    The first of them decides who is meant, somebody's own account before what several may share: of the
    people there those who are behind the others, too, if there are any.
    """
    views = [(point, _believed(point, view)) for point, view in views]
    occupied = sorted((one for one in views if one[1].links), key=lambda one: not disclosure.is_own(one[0]))
    point, view = occupied[0] if occupied else (None, ContactPointView())
    ids = [{one.person or one.patient for one in each.links} for _, each in occupied]
    common = set[str].intersection(*ids) if ids else set()
    links = tuple(one for one in view.links if not common or (one.person or one.patient) in common)
    there = {one.patient for one in links}
    shared = [each for _, each in occupied if not there.isdisjoint(one.patient for one in each.links)]
    around = Around(
        links=links,
        others=_others(there, (each for _, each in occupied)),
        relatives=_others(there, shared),
        questions=tuple(question for _, each in views for question in each.questions),
        upcoming=tuple(upcoming for _, each in views for upcoming in each.upcoming),
        own=point is not None and disclosure.is_own(point),
    )
    return Found(views, frozenset(left), around, point, proven)


def known(found: Found, verdict: Verdict, heard: Heard, now: datetime) -> Sender:
    """Somebody who is behind one of the contact points, with what this shows of them."""
    link = verdict.link or found.people[0]
    fitting = fits_one(heard.name, link)
    theirs = verdict.why in ("only", "name") or fitting
    linked = tuple(
        (point, one.place) for point, view in found.views for one in view.links if one.patient == link.patient
    )
    return Sender(
        link=link,
        at=now,
        unlinked=_unlinked(found, link) if found.proven and theirs else (),
        linked=linked,
        seen=_seen(found, link, now, fitting=fitting) if found.proven and theirs else (),
        called=heard.name if found.proven and verdict.why == "only" and not link.name else None,
        questions=tuple(one for one in found.around.questions if one.patient == link.patient),
        people=found.people,
        doubt=_doubt(found, link) if found.proven and theirs else None,
        writer=guardians.writer(link, found.people, heard.name, now),
    )


def _unlinked(found: Found, known: Link) -> Places:
    """Nobody gets back what they have left because an older message of theirs comes late."""
    return tuple(
        (point, view.introduced + 1)
        for point, view in found.views
        if known.patient not in view.gone
        and point not in found.left
        and all(one.patient != known.patient for one in view.links)
    )


def _seen(found: Found, known: Link, now: datetime, *, fitting: bool) -> tuple[ContactPoint, ...]:
    there = [
        (point, one) for point, view in found.views for one in view.links if one.patient == known.patient
    ]
    noted = (
        point
        for point, one in there
        if disclosure.is_noteworthy(one, now, sure=fitting or disclosure.is_own(point))
    )
    return (*noted, *(point for point, _ in _unlinked(found, known)))


def _doubt(found: Found, known: Link) -> Link | None:
    """The one other person to whom another contact point of the same message leads."""
    if not found.around.own or known not in found.around.links:
        return None
    elsewhere = [
        view.links for _, view in found.views if all(one.patient != known.patient for one in view.links)
    ]
    others = [link for links in elsewhere for link in links if (link.person or link.patient) != known.person]
    return others[0] if len(others) == 1 else None


def stranger(found: Found, heard: Heard, now: datetime, own_id: str, origin: Origin | None = None) -> Sender:
    """Somebody of whom nothing is known yet, by this id. What anybody may have typed puts nobody behind a
    contact point of others."""
    own = tuple(point for point, _ in found.views if point not in found.left)
    new = Patient(id=own_id, name=heard.name or None, contact_points=own, origin=origin, created_at=now)
    if heard.name and heard.source:
        told = Told(value=heard.name, source=heard.source, at=now)
        new = new.model_copy(update={"told": {"name": told}})
    unlinked = tuple(
        (point, view.introduced + 1)
        for point, view in found.views
        if point in own and (found.proven or not view.links)
    )
    seen = tuple(point for point, _ in unlinked) if found.proven else ()
    return Sender(link=link_to(new), at=now, new=new, unlinked=unlinked, seen=seen, people=found.people)


def is_surely(sender: Sender, name: str | None, now: datetime) -> bool:
    """Whether it is they, who call themselves so, and not whoever has their number by now."""
    own = any(disclosure.is_own(point) for point, _ in sender.linked)
    return own or disclosure.is_fresh(sender.link, now) or fits_one(name, sender.link)


def household(found: Found, now: datetime, own_id: str) -> Sender:
    """The record of the contact point for what is nobody's yet; by this id if there is none."""
    point = found.decides or found.views[0][0]
    home = next(view.household for one, view in found.views if one == point)
    languages = {link.language for link in found.around.links}
    record = Patient(
        id=home or own_id,
        kind="household",
        language=languages.pop() if len(languages) == 1 else None,
        contact_points=(point,),
        created_at=now,
    )
    new, houses = (None, None) if home else (record, point)
    return Sender(link=link_to(record), at=now, new=new, houses=houses, people=found.people)


def _believed(point: ContactPoint, view: ContactPointView) -> ContactPointView:
    """An address that nothing proves leads to nobody of whom more is known than such addresses."""
    if point.system != UNVERIFIED:
        return view
    own = [one for one in view.links if one.primary is not None and one.primary.system == UNVERIFIED]
    return view.model_copy(update={"links": tuple(own), "questions": (), "upcoming": ()})


def _others(there: set[str], views: Iterable[ContactPointView]) -> tuple[Link, ...]:
    others = (one for view in views for one in view.links if one.patient not in there)
    return tuple({link.patient: link for link in others}.values())
