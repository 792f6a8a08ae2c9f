"""People and their contact points: who is meant by a name and a number, what is known of them there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from recado.model.contact_point import ContactPoint
from recado.model.patient import FIELDS, Link, Origin, Patient
from recado.model.profile import Profile
from recado.model.related_person import ACTING, Mandate, RelatedPerson
from recado.rules.accents import plain_words

LONGEST: Final = 256
"""Characters of a field that somebody is known by: nobody's name is longer, and what strangers say is kept
many times over, with everybody else's (model.profile.Block)."""


def brought_by(event: Mapping[str, Any]) -> Origin | None:
    """What brought somebody who wrote, where the provider's event says so."""
    told = event.get("origin")
    return Origin.model_validate(told) if told else None


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names may be one person's: "maria" and "María Silva" may, "Maria" and "João" may not."""
    words, others = _words(one), _words(other)
    return bool(words) and bool(others) and (words <= others or others <= words)


def meant(links: Sequence[Link], name: str) -> Link | None:
    """Who of those behind a contact point has this name; none: perhaps somebody else with the same phone."""
    return next((link for link in links if same_name(link.name, name)), None)


def reached_at(patient: Patient, points: Sequence[ContactPoint]) -> Patient:
    """The patient, who is reached at these contact points too."""
    known = dict.fromkeys((*patient.contact_points, *points))
    return patient.model_copy(update={"contact_points": tuple(known)})


def moved(patient: Patient, left: Sequence[ContactPoint], to: Sequence[ContactPoint]) -> Patient:
    """The patient, who is reached at `to` from now on, and at `left` no more."""
    known = reached_at(patient, to)
    former = dict.fromkeys((*known.former, *(one for one in left if one in known.contact_points)))
    return known.model_copy(update={"former": tuple(one for one in former if one not in to)})


def link_to(patient: Patient) -> Link:
    """What those who look up a contact point of the patient see of them."""
    return Link(
        patient=patient.id,
        person=patient.person or "",
        confirmed=patient.confirmed,
        kind=patient.kind,
        care_team=patient.care_team,
        name=patient.name,
        profile=profile_of(patient),
        language=patient.language,
        language_heard=patient.language_heard.at if patient.language_heard else None,
        primary=patient.primary,
        guardians=mandates(patient.related),
        wards=mandates(patient.stands_by),
    )


def relinked(link: Link, patient: Patient) -> Link:
    """The link as it is to say what is known of the patient by now; what is of the place itself stays."""
    own = {name: getattr(link, name) for name in ("place", "left", "seen_at")}
    return link_to(patient).model_copy(update=own)


def mandates(related: Iterable[RelatedPerson]) -> tuple[Mandate, ...]:
    """Of those who stand by somebody, who may act for them."""
    acting = (one for one in related if one.relationship in ACTING)
    return tuple(Mandate(record=one.record, until=one.until) for one in acting)


def profile_of(patient: Patient) -> Profile:
    """What a record says of its person, as it is matched by: nothing longer than LONGEST."""
    said = {field: patient.told[field].value[:LONGEST] for field in FIELDS if field in patient.told}
    said.setdefault("name", (patient.name or "")[:LONGEST])
    return Profile.model_validate(
        {
            **said,
            "language": patient.language or "",
            "points": patient.live,
            "seen_at": max((told.at for told in patient.told.values()), default=patient.created_at),
        }
    )


def _words(name: str | None) -> frozenset[str]:
    return frozenset(plain_words(name or ""))
