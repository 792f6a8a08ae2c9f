"""A provider says that somebody has another number or id: all who were reached at the old one go with it.

Whoever has the old one from then on is a stranger, who must neither get what is meant for them nor see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from recado.actions.again import again
from recado.actions.find_routes import find_routes
from recado.actions.keep_visit import keep_visit
from recado.actions.list_appointments import upcoming
from recado.actions.load_contact import latest_with
from recado.channels import traits_of
from recado.model.appointment import Appointment
from recado.model.contact_point import ContactPoint
from recado.model.patient import ContactPointView, Patient, Question
from recado.rules.identity import contact_points
from recado.rules.patients import link_to, moved
from recado.rules.reach import Letter, person_of
from recado.store import appointments, patients
from recado.store.rows import Transaction, transaction


def change_number(
    tenant: str, left: Sequence[ContactPoint], to: Sequence[ContactPoint], now: datetime
) -> None:
    """Everybody behind the contact points `left` is reached at `to` instead, and so are their visits to come.

    Each step is one transaction; done again it does what is left to do, and nothing to who came there since.
    Raises Unavailable.
    """
    there = frozenset(link.patient for point in to for link in patients.view(tenant, point).links)
    behind = (one for point in left for one in _behind(patients.whole_view(tenant, point), there))
    for patient in dict.fromkeys(behind):
        _move(tenant, patient, left, to)
        for visit in upcoming(tenant, patients.get(tenant, patient)):
            _move_visit(tenant, visit.id, now)


def _behind(view: ContactPointView, there: frozenset[str]) -> list[str]:
    """Who has moved from a contact point already, to `there`, and who is to follow: those who were behind it
    when the first of them moved."""
    moved_on = {link.patient: link.left for link in view.links if link.left and link.patient in there}
    last = min(moved_on.values(), default=view.introduced)
    return [
        link.patient
        for link in view.links
        if link.patient in moved_on or (not link.left and link.place <= last)
    ]


@again
def _move(tenant: str, patient_id: str, left: Sequence[ContactPoint], to: Sequence[ContactPoint]) -> None:
    before = patients.get(tenant, patient_id)
    after = moved(before, left, to)
    if after == before:
        return
    views = {point: patients.whole_view(tenant, point) for point in after.contact_points}
    with transaction() as work:
        patients.put(tenant, after, work)
        for point, view in views.items():
            _link(tenant, after, point, view, work)


def _link(
    tenant: str, patient: Patient, point: ContactPoint, view: ContactPointView, within: Transaction
) -> None:
    """Who comes back to where they had left comes last, as anybody new does."""
    known = next((link for link in view.links if link.patient == patient.id), None)
    who = link_to(patient)
    if point in patient.former:
        left = (known.left if known else 0) or view.introduced
        who = who.model_copy(update={"left": left})
    if known is None or (known.left and not who.left):
        patients.link(tenant, point, who, view.introduced + 1, within)
    else:
        patients.relink(tenant, point, who, known.place, within)


@again
def _move_visit(tenant: str, visit_id: str, now: datetime) -> None:
    """The visit, the question about it and where both are found, to where the patient is reached now."""
    before = appointments.get(tenant, visit_id)
    patient = patients.get(tenant, before.patient)
    after = _readdressed(tenant, _rehung(before, patient), patient, now)
    if after == before:
        return
    question = _question(tenant, before)
    with transaction() as work:
        keep_visit(tenant, before, after, now, work)
        if after.contact_point != before.contact_point:
            _rehang(tenant, before, after, question, work)


def _rehung(visit: Appointment, patient: Patient) -> Appointment:
    primary = patient.primary
    if primary is None or _point(visit.contact_point) not in patient.former:
        return visit
    return visit.model_copy(update={"contact_point": f"{primary.system}#{primary.value}"})


def _readdressed(tenant: str, visit: Appointment, patient: Patient, now: datetime) -> Appointment:
    """By the line that it was to be told of by, if that reaches them, else by the best one. Where none does,
    it stays as it is: a claim refuses what goes to an address that they have left."""
    if visit.status != "booked" or not _is_left(patient, visit):
        return visit
    person = person_of(patient, latest_with(tenant, patient))
    found = find_routes(tenant, person, Letter(template=True), now)
    same = (one for one in found if (one.channel, one.account) == (visit.channel, visit.account))
    route = next(same, None) or next(iter(found), None)
    return visit.model_copy(update=route._asdict()) if route else visit


def _is_left(patient: Patient, visit: Appointment) -> bool:
    systems = traits_of(visit.channel).systems
    return any(
        point in patient.former for point in contact_points((system, visit.address) for system in systems)
    )


def _question(tenant: str, visit: Appointment) -> Question | None:
    view = patients.whole_view(tenant, _point(visit.contact_point))
    return next((one for one in view.questions if one.subject == visit.id), None)


def _rehang(
    tenant: str, before: Appointment, after: Appointment, question: Question | None, within: Transaction
) -> None:
    patients.settle_question(tenant, before.contact_point, before.id, within)
    if question is not None:
        patients.ask(tenant, after.contact_point, question, within)


def _point(named: str) -> ContactPoint:
    system, _, value = named.partition("#")
    return ContactPoint(system=system, value=value)
