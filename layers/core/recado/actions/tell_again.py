"""A clinic's other system tells us of somebody again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from recado import texts
from recado.actions.match import match
from recado.actions.share_consent import change_person
from recado.actions.update_record import update_record
from recado.model.consent import Consent
from recado.model.contact_point import ContactPoint
from recado.model.patient import ContactPointView, Patient
from recado.model.patient_import import ImportedRow, Issue
from recado.rules.imports import records
from recado.rules.imports.records import ALONE, Reached, Row
from recado.rules.patients import link_to
from recado.store import imports, patients
from recado.store.rows import transaction


def tell_again(tenant: str, row: Row, before: Patient, reached: Reached, now: datetime) -> ImportedRow:
    """Change the record as its system says it now, look again whose it is, and keep what became of the row.

    Raises Invalid (`id`) when the id is somebody else's by now, Stale and Unavailable.
    """
    views, issues = reached_where(tenant, [one for one in reached.points if one not in before.contact_points])
    row = row.with_issues(issues)
    own = [one for one in reached.points if one in before.contact_points or one in views]
    after = records.updated(before, row, reached._replace(points=tuple(own)), now)
    said = _news(tenant, before, row, now)
    if not records.is_news(before, after) and said is None:
        return _confirm(tenant, row, before, after)
    for point in after.former:
        if point not in before.former:
            _leave(tenant, point, after)
    result = row.result("updated", before.id)
    if records.is_news(before, after):
        with transaction() as work:
            update_record(tenant, before, after, work)
            for point, view in views.items():
                patients.link(tenant, point, link_to(after), view.introduced + 1, work)
            if said is None:
                imports.keep_row(tenant, row.known.id, result, work)
    if said is not None:
        _keep_wish(tenant, row, result, said)
    match(tenant, before.id, now, led=False)
    return result


def reached_where(
    tenant: str, points: Iterable[ContactPoint]
) -> tuple[dict[ContactPoint, ContactPointView], list[Issue]]:
    """What hangs on these contact points, but for those that are nobody's own."""
    views = {point: patients.view(tenant, point) for point in points}
    crowded = [point for point, view in views.items() if len(view.links) > ALONE]
    issues = [
        Issue(field=point.system, message="This many people share: it is left out.") for point in crowded
    ]
    return {point: view for point, view in views.items() if point not in crowded}, issues


def _news(tenant: str, before: Patient, row: Row, now: datetime) -> Consent | None:
    said = records.wish(before.id, row, texts.WORDING, now)
    if said is None or not records.is_taken(said, patients.consents(tenant, before.id)):
        return None
    return said


def _confirm(tenant: str, row: Row, before: Patient, after: Patient) -> ImportedRow:
    """Nothing is new, but perhaps that it holds still."""
    result = row.result("unchanged", before.id)
    with transaction() as work:
        if after != before:
            patients.put(tenant, after, work)
        imports.keep_row(tenant, row.known.id, result, work)
    return result


def _keep_wish(tenant: str, row: Row, result: ImportedRow, said: Consent) -> None:
    record = patients.get(tenant, str(result.patient))
    history = patients.consents(tenant, record.id)
    with transaction() as work:
        change_person(tenant, said, [(record, history)], work)
        imports.keep_row(tenant, row.known.id, result, work)


def _leave(tenant: str, point: ContactPoint, patient: Patient) -> None:
    """Whoever writes from there later is somebody else."""
    view = patients.whole_view(tenant, point)
    link = next((one for one in view.links if one.patient == patient.id and not one.left), None)
    if link is not None:
        gone = link.model_copy(update={"left": view.introduced})
        with transaction() as work:
            patients.relink(tenant, point, gone, link.place, work)
