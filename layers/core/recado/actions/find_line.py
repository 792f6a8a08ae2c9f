"""On which line does an agent's answer in a contact go?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from recado.actions.find_routes import find_routes, lines
from recado.actions.load_kept import load_kept
from recado.channels import traits_of
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.rules.reach import NEVER, Letter, Lines, Route, person_of


class Line(NamedTuple):
    """A route, and the record of the person whose contact point it leads to."""

    record: str
    route: Route


def find_line(tenant: str, contact: Contact, now: datetime) -> Line | None:
    """Where the patient wrote; what came by a form, a call or over the counter is answered by another way.

    Then the best on which free text may go now, else one that takes a template, of whoever was heard last
    first, then of their other records; None: none of them can.
    """
    if traits_of(contact.channel).max_text:
        return Line(contact.recipient, Route(contact.channel, contact.account, contact.address))
    records = load_kept(tenant, contact.recipient)
    for letter in (Letter(by_person=True, answer=True), Letter(template=True, by_person=True, answer=True)):
        for record in records:
            found = find_routes(tenant, person_of(record, contact), letter, now)
            if found:
                return Line(record.id, found[0])
    return _typed_address(records, lines(tenant))


def _typed_address(records: Sequence[Patient], by: Lines) -> Line | None:
    """The e-mail that somebody typed into a form, when it is all that we know of them: whoever gives a
    patient's number and an address of their own must not be told what is meant for the patient."""
    known = [(record.id, point) for record in records for point in record.live]
    if not known or any(point.system != NEVER for _, point in known):
        return None
    mail = (one for one in by.accounts if one.enabled and "email" in by.abilities[one.channel].systems)
    account = next(mail, None)
    record, point = known[0]
    return Line(record, Route(account.channel, account.id, point.value)) if account else None
