"""What is new about somebody is stored with what they said."""

from __future__ import annotations

from datetime import datetime

from recado.actions.inherit_stops import inherit_stops
from recado.model.contact_point import ContactPoint
from recado.model.patient import Link, Patient
from recado.model.profile import Profile
from recado.rules.patients import link_to, reached_at
from recado.rules.senders import Sender
from recado.store import patients
from recado.store.rows import Transaction


def introduce(tenant: str, sender: Sender, within: Transaction) -> None:
    """Store what is new about a sender, in the transaction that stores what they said.

    A known person is read, and saved, only when there is something. The transaction raises Stale when
    somebody else changed them, or was introduced at one of those points, meanwhile.
    """
    if sender.new is not None:
        _store_new(tenant, sender, sender.new, within)
    elif sender.unlinked or sender.called or sender.statement or sender.heard:
        _store_more(tenant, sender, within)
    writer = (sender.writer or sender.link).patient
    for point in sender.seen:
        patients.note_seen(tenant, point, writer, sender.at, within)
    if sender.doubt is not None:
        _doubt(tenant, sender, sender.writer or sender.link, sender.doubt, within)


def _store_new(tenant: str, sender: Sender, new: Patient, within: Transaction) -> None:
    there = [one.patient for one in sender.people] if sender.unlinked or sender.houses else []
    stopped = inherit_stops(tenant, new, there, sender.at, within)
    patients.put(tenant, stopped, within)
    if sender.houses is not None:
        patients.house(tenant, sender.houses, new.id, within)
    for point, place in sender.unlinked:
        patients.link(tenant, point, link_to(stopped), place, within)


def _store_more(tenant: str, sender: Sender, within: Transaction) -> None:
    """New contact points of theirs, a name that nobody knew; and all who look them up see it."""
    before = patients.get(tenant, (sender.writer or sender.link).patient)
    after = reached_at(before, [point for point, _ in sender.unlinked])
    if sender.called and not before.name:
        after = after.model_copy(update={"name": sender.called})
    if sender.statement is not None:
        from recado.actions.take_down import noted  # noqa: PLC0415 - few messages are forms

        after = noted(tenant, after, sender.statement, sender.at, within)
    if sender.heard is not None:
        from recado.actions.speak import speak  # noqa: PLC0415 - few change the language

        after = speak(tenant, after, sender.heard, sender.at, within)
    if after == before:
        return
    patients.put(tenant, after, within)
    who = link_to(after)
    for point, place in sender.unlinked:
        patients.link(tenant, point, who, place, within)
    for point, place in _places(tenant, sender, after):
        patients.relink(tenant, point, who, place, within)


def _places(tenant: str, sender: Sender, patient: Patient) -> list[tuple[ContactPoint, int]]:
    """Where they were known before: of other contact points than the message's it has to be read."""
    known = {point for point, _ in (*sender.linked, *sender.unlinked)}
    elsewhere = [
        (point, link.place)
        for point in patient.live
        if point not in known
        for link in patients.view(tenant, point).links
        if link.patient == patient.id
    ]
    return [*sender.linked, *elsewhere]


def _doubt(tenant: str, sender: Sender, link: Link, other: Link, within: Transaction) -> None:
    """Two known people to whom one message's contact points lead: a person decides, once."""
    from recado.rules.reviews import pair_id  # noqa: PLC0415 - seldom needed
    from recado.store import reviews  # noqa: PLC0415 - as is this

    pair = pair_id(link.patient, other.patient)
    if reviews.find(tenant, pair) is not None:
        return
    from recado.model.review import Review  # noqa: PLC0415 - as is this
    from recado.rules.matching import VERSION, compare  # noqa: PLC0415 - heavy, and seldom needed

    found = compare(_profile(link, sender.at), _profile(other, sender.at))
    review = Review(
        id=pair,
        one=other.patient,
        other=link.patient,
        reason="two_people",
        score=found.score,
        evidence=found.evidence,
        rule=VERSION,
        raised_at=sender.at,
    )
    reviews.raise_(tenant, review, within)


def _profile(link: Link, now: datetime) -> Profile:
    return link.profile or Profile(name=link.name or "", seen_at=link.seen_at or now)
