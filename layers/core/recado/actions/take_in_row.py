"""One row of a file of patients becomes a record, or changes one."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.actions.again import again
from recado.actions.inherit_stops import inherit_stops
from recado.actions.recall_stops import recall_stops
from recado.actions.settle_row import settle_row
from recado.actions.tell_again import reached_where, tell_again
from recado.channels import addresses
from recado.errors import Invalid, RecadoError, Stale
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient
from recado.model.patient_import import ImportedRow, Issue
from recado.rules import consent
from recado.rules.fields import NAMES
from recado.rules.identity import canonical_phone
from recado.rules.imports import records
from recado.rules.imports.entry import Entry
from recado.rules.imports.records import Reached, Row
from recado.rules.patients import link_to
from recado.store import imports, patients
from recado.store.rows import Transaction, transaction


def take_in_row(tenant: str, row: Row, country: str, now: datetime) -> ImportedRow:
    """Take in a row of a clinic in this country, and keep what became of it.

    Done again, or on from where a worker died, it comes to the same. Raises Stale and Unavailable, for the
    same soon again may succeed; whatever else is wrong is the row's own failure.
    """
    reached, issues = _reached(row.entry, country)
    row = row.with_issues(issues)
    try:
        return _take_in(tenant, row, reached, now)
    except RecadoError as wrong:
        if wrong.retryable or isinstance(wrong, Stale):
            raise
        issue = Issue(field=wrong.field or "row", message=str(wrong))
    others = [one for one in row.entry.issues if one != issue]
    failed = ImportedRow(row=row.number, decision="failed", issues=(issue, *others))
    with transaction() as work:
        imports.keep_row(tenant, row.known.id, failed, work)
    return failed


@again
def _take_in(tenant: str, row: Row, reached: Reached, now: datetime) -> ImportedRow:
    entry = row.entry
    if not entry.facts and entry.issues:
        raise Invalid(entry.issues[0].field, entry.issues[0].message)
    own_id = records.record_id(tenant, row.known.source, entry)
    before = patients.find(tenant, own_id)
    if before is None:
        row = _create(tenant, own_id, row, reached, now)
    elif before.erased_at:
        raise Invalid("id", "This person was erased, and is not taken in again.")
    elif before.origin != records.begun_by(row):
        return tell_again(tenant, row, before, reached, now) if entry.own_id else _known(tenant, row, own_id)
    return settle_row(tenant, row, own_id, now)


def _known(tenant: str, row: Row, own_id: str) -> ImportedRow:
    """A row that says what another one has said, word for word."""
    result = row.result("unchanged", own_id)
    with transaction() as work:
        imports.keep_row(tenant, row.known.id, result, work)
    return result


def _create(tenant: str, own_id: str, row: Row, reached: Reached, now: datetime) -> Row:
    """Store the record of somebody whom this system has not told us of before; the row, with what of it was
    left out."""
    if NAMES.isdisjoint(row.entry.facts):
        raise Invalid("name", "This row says no name.")
    views, issues = reached_where(tenant, reached.points)
    new = records.made(own_id, row, reached._replace(points=tuple(views)), now)
    others = {link.patient for point in new.live if point in views for link in views[point].links}
    with transaction() as work:
        stopped = inherit_stops(tenant, recall_stops(tenant, new, now, work), sorted(others), now, work)
        stopped = _wished(tenant, stopped, row, now, work)
        patients.put(tenant, stopped, work)
        for point, view in views.items():
            if point in stopped.live:
                patients.link(tenant, point, link_to(stopped), view.introduced + 1, work)
    return row.with_issues(issues)


def _wished(tenant: str, new: Patient, row: Row, now: datetime, within: Transaction) -> Patient:
    """The record, yet to be stored, as its person wants to be written to; that they said so, is stored.

    Who comes to a number where others have stopped marketing, starts none by a file.
    """
    said = records.wish(new.id, row, texts.WORDING, now)
    if said is None or (said.action == "start" and not new.opted_out.isdisjoint(said.purposes)):
        return new
    patients.keep_consent(tenant, new.id, said, within)
    return consent.after(new, said, ())


def _reached(entry: Entry, country: str) -> tuple[Reached, list[Issue]]:
    """Numbers are of the row's country, where it says one."""
    found, issues = [], []
    for phones, emails in ((entry.phones, entry.emails), (entry.former_phones, entry.former_emails)):
        points = []
        for typed in phones:
            try:
                number = addresses.phone(typed, entry.region or country)
            except Invalid as wrong:
                issues.append(Issue(field="phone", message=str(wrong)))
            else:
                points.append(ContactPoint(system="phone", value=canonical_phone(number)))
        points += [ContactPoint(system="email", value=one) for one in emails]
        found.append(tuple(dict.fromkeys(points)))
    return Reached(*found), issues
