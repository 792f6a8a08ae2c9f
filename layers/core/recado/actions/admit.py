"""Who a visit is booked for: somebody we know, or somebody new."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado import texts
from recado.actions.file_record import file_record
from recado.actions.identify import new_id
from recado.actions.inherit_stops import inherited
from recado.actions.recall_stops import recall_stops
from recado.actions.relink import relink
from recado.channels import addresses
from recado.errors import Invalid
from recado.model.consent import Consent
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import Link, Patient, Purpose, Upcoming
from recado.model.tenant import Language, Tenant
from recado.rules import kinds, told
from recado.rules import patients as rules
from recado.rules.appointments import line
from recado.rules.display_names import is_anothers
from recado.rules.identity import canonical_phone
from recado.rules.reach import Person as Reached
from recado.rules.reach import person_of
from recado.store import contacts, patients
from recado.store.rows import Transaction


class Person(NamedTuple):
    """Somebody as the front desk types them; a phone number without a code is of the clinic's country."""

    name: str
    phone: str
    language: str | None = None


class Admission(NamedTuple):
    """A patient as they are to be stored, and how they are reached about the visit."""

    patient: Patient
    name: str
    """The name that the visit is booked under."""
    changed: bool
    point: ContactPoint
    place: int
    """Theirs behind `point`, from 1; 0 when they are not there."""
    reached: Reached
    """By the number that was given, and by whatever else they have that is no number."""
    upcoming: tuple[Upcoming, ...]
    """What is booked for whoever is behind `point`."""
    inherited: tuple[Consent, ...] = ()
    """What was stopped at the number before a new patient came to it."""
    latest: Contact | None = None
    """Their latest contact."""


def admit(tenant: str, clinic: Tenant, person: Person, now: datetime, *, author: str) -> Admission:
    """Whoever has this name and number, as `author` says.

    A number may be a family's: only who has a name that fits is taken to be meant, or a lead, whose name on a
    channel may be anything but another person's. Else they are new. Raises Invalid that names `name`, `phone`
    or `language`.
    """
    name, language = line("name", person.name), _language(person.language)
    phone = addresses.phone(person.phone, clinic.country)
    point = ContactPoint(system="phone", value=canonical_phone(phone))
    view = patients.view(tenant, point)
    known = _known(tenant, view.links, name)
    if known is None:
        new = Patient(
            id=new_id("p"),
            language=language,
            kind="patient",
            contact_points=(point,),
            created_at=now,
        )
        new = told.tell(new, {"name": name}, author, now)
        stopped, stops = _stopped(tenant, new, view.links, now)
        reached = Reached(new.id, (ContactPoint(system="phone", value=phone),))
        return Admission(stopped, name, True, point, view.introduced + 1, reached, view.upcoming, stops)
    admitted = kinds.admitted(known, name, language, now, author=author)
    latest = contacts.latest_contact(tenant, known.keeper)
    return Admission(
        admitted,
        name,
        admitted is not known,
        point,
        _place(view.links, known),
        _reached(known, latest, phone),
        view.upcoming,
        latest=latest,
    )


def admit_known(tenant: str, patient_id: str, now: datetime, *, author: str) -> Admission:
    """A patient of the clinic. Raises NotFound, and Invalid (`patient`) for one without name or address."""
    known = patients.get(tenant, patient_id)
    point = known.primary
    if point is None:
        raise Invalid("patient", "We have no number or address of this patient.")
    if not known.name:
        raise Invalid("patient", "We do not know this patient's name yet: book with name and phone.")
    admitted = kinds.admitted(known, None, None, now, author=author)
    view = patients.view(tenant, point)
    place, latest = _place(view.links, known), contacts.latest_contact(tenant, known.keeper)
    return Admission(
        admitted,
        known.name,
        admitted is not known,
        point,
        place,
        _reached(known, latest, known.phone),
        view.upcoming,
        latest=latest,
    )


def store(tenant: str, who: Admission, within: Transaction) -> None:
    """Store what is new about the patient. The transaction raises Stale if they opted out meanwhile."""
    if not who.changed:
        if "care" not in who.patient.unwanted:
            patients.check_consent(tenant, who.patient.id, "care", within)
        return
    patient = recall_stops(tenant, who.patient, who.patient.created_at, within)
    patients.put(tenant, file_record(tenant, patient, within), within)
    for said in who.inherited:
        patients.keep_consent(tenant, who.patient.id, said, within)
    if who.patient.version == 0:
        patients.link(tenant, who.point, rules.link_to(who.patient), who.place, within)
    else:
        relink(tenant, who.patient, within)


def _known(tenant: str, links: tuple[Link, ...], name: str) -> Patient | None:
    meant = rules.meant(links, name)
    if meant or not links:
        return patients.get(tenant, meant.patient) if meant else None
    first = patients.get(tenant, links[0].patient)
    named = told.held_of(first, "name")
    if first.kind != "lead" or (named and not told.is_profile("name", named)):
        return None
    return None if is_anothers(first.name, name) else first


def _stopped(
    tenant: str, new: Patient, links: tuple[Link, ...], now: datetime
) -> tuple[Patient, tuple[Consent, ...]]:
    """The new patient, and what was stopped at this number, from whom: nobody starts it again by being booked
    there under another name."""
    others = [patients.get(tenant, link.patient) for link in links]
    stops = tuple(inherited(tenant, new, one, now) for one in others if one.opted_out)
    opted_out = frozenset[Purpose]().union(*(one.opted_out for one in others))
    return new.model_copy(update={"opted_out": opted_out}), stops


def _place(links: tuple[Link, ...], patient: Patient) -> int:
    return next((link.place for link in links if link.patient == patient.id), 0)


def _reached(patient: Patient, latest: Contact | None, phone: str | None) -> Reached:
    """By this number, as it was given, and not by another one of theirs."""
    known = person_of(patient, latest)
    others = [point for point in patient.live if point.system != "phone"]
    given = [ContactPoint(system="phone", value=phone)] if phone else []
    return known._replace(points=(*given, *others))


def _language(given: str | None) -> Language | None:
    if given is None or given in texts.LANGUAGES:
        return given
    raise Invalid("language", f"One of: {', '.join(texts.LANGUAGES)}.")
