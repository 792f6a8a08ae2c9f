"""What was open with several records of a person goes back to each, when one of them is another person's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from recado.actions.hand_over import hand_over_all
from recado.errors import NotFound
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.model.record import iso
from recado.rules import contacts as contact_rules
from recado.rules import takeovers as rules
from recado.rules.people import Group, kept_at
from recado.rules.takeovers import Leaving
from recado.store import contacts, tenants
from recado.store.rows import Transaction

Change = tuple[Contact, Contact]
"""A contact as it was, and as it is."""


class _Case(NamedTuple):
    """A person (`rest`) whom some records leave."""

    rest: Patient
    group: Group
    """Those who leave."""
    gone: tuple[str, ...]
    """Which of them had no contacts of their own."""
    own: Contact | None
    """Their root's latest."""
    asides: tuple[Contact, ...]
    """What the person's contacts had taken over of theirs, their root's first."""
    shared: Contact | None
    """The person's open contact."""
    said: tuple[Communication, ...]
    """What they said in it."""
    now: datetime


def part_contacts(tenant: str, rest: Patient, group: Group, now: datetime, within: Transaction) -> None:
    """Give to the records that leave a person what is theirs: the contact as it was before it was taken over,
    with what they have said since; and take that from the person's contact."""
    case = _case(tenant, rest, group, now)
    theirs = _theirs(tenant, case)
    changes = [*_asides(case, theirs), *_left(tenant, case, theirs)]
    if theirs is not None:
        closed = theirs.model_copy(update={"state": "closed"})
        changes.append((case.own or closed, theirs))
    for _, after in changes:
        contacts.save_contact(tenant, after, within)
    hand_over_all(tenant, changes, now, within)


def _case(tenant: str, rest: Patient, group: Group, now: datetime) -> _Case:
    gone = kept_at(group.root)
    latest = [contacts.latest_contact(tenant, one) for one in gone]
    shared = contacts.latest_contact(tenant, rest.id)
    shared = shared if shared and shared.state != "closed" else None
    return _Case(
        rest=rest,
        group=group,
        gone=gone,
        own=latest[0],
        asides=tuple(one for one in latest if one and _is_aside(one, rest)),
        shared=shared,
        said=tuple(_said(tenant, gone, shared)) if shared else (),
        now=now,
    )


def _is_aside(contact: Contact, rest: Patient) -> bool:
    return contact.before is not None and (contact.merged_into or "").rpartition(".")[0] == rest.id


def _said(tenant: str, records: Iterable[str], contact: Contact) -> list[Communication]:
    """What was heard from these records in a contact, in order."""
    found = [one for record in records for one in _since(tenant, record, contact.opened_at)]
    inbound = (one for one in found if one.direction == "inbound" and one.contact == contact.id)
    return sorted(inbound, key=lambda one: one.moment)


def _since(tenant: str, record: str, at: datetime) -> Iterator[Communication]:
    page, before = contacts.timeline(tenant, record)
    yield from page
    while before and before > iso(at):
        page, before = contacts.timeline(tenant, record, before=before)
        yield from page


def _theirs(tenant: str, case: _Case) -> Contact | None:
    """The open contact of those who leave; none where nothing is open with them."""
    theirs = case.own if case.own and case.own.state != "closed" else None
    for aside in case.asides:
        before = rules.opened_again(aside, case.shared.pending if case.shared else (), case.now)
        if aside.patient == case.group.root.id:
            theirs = before
        elif theirs is None:
            theirs = rules.carried(before, case.group.root, case.own, case.now)
        else:
            theirs = rules.gathered(theirs, before, case.now)
    if case.shared is not None and case.said:
        theirs = rules.resumed(theirs or _opened(case, case.said[0]), case.said, case.shared, case.now)
        theirs = _owing(case, theirs)
    return _owned(tenant, theirs) if theirs else None


def _opened(case: _Case, first: Communication) -> Contact:
    root, latest = case.group.root, case.own
    language = case.shared.language if case.shared else "en"
    return contact_rules.opened(
        root.id,
        latest.number + 1 if latest else 1,
        now=case.now,
        channel=first.channel,
        account=first.account,
        address=first.address,
        language=root.language or language,
        patient_name=root.name,
        spoken_at=latest.spoken_at if latest else None,
        heard_at=latest.heard_at if latest else None,
    )


def _owing(case: _Case, theirs: Contact) -> Contact:
    """With the call that is owed to them, should they have called since."""
    owed = case.shared.callback if case.shared else None
    if owed is None or theirs.callback or rules.dialled(owed) not in _phones(case):
        return theirs
    return theirs.model_copy(update={"callback": owed})


def _owned(tenant: str, contact: Contact) -> Contact:
    """Who had it may have left the clinic since."""
    try:
        if contact.state == "assigned":
            tenants.agent(tenant, contact.agent or "")
    except NotFound:
        return contact_rules.waiting(contact)
    return contact


def _asides(case: _Case, theirs: Contact | None) -> list[Change]:
    """What was taken over of records that go with their root goes on in its contact."""
    others = [one for one in case.asides if one.patient != case.group.root.id]
    into = theirs.id if theirs else None
    return [(one, one.model_copy(update={"merged_into": into})) for one in others]


def _left(tenant: str, case: _Case, theirs: Contact | None) -> list[Change]:
    """The person's contacts: open without those who leave, or not at all where it was their matter alone."""
    taken = {one.id: one.merged_into for one in case.asides}
    ids = dict.fromkeys([*(one for one in taken.values() if one), *([case.shared.id] if case.shared else [])])
    return [
        (before, after)
        for before in (contacts.get_contact(tenant, one) for one in ids)
        if (after := _after(tenant, case, before, theirs)) != before
    ]


def _after(tenant: str, case: _Case, contact: Contact, theirs: Contact | None) -> Contact:
    said = _said(tenant, kept_at(case.rest), contact)
    if theirs and not said and contact.instead_of in {one.id for one in case.asides}:
        closed = rules.set_aside(contact, theirs.id, case.now) if contact.state != "closed" else contact
        return closed.model_copy(update={"merged_into": theirs.id, "before": None})
    if case.shared is None or contact.id != case.shared.id:
        return contact
    return rules.left(contact, _leaving(case, contact), said[-1] if said else None, case.now)


def _leaving(case: _Case, shared: Contact) -> Leaving:
    brought = [one.before for one in case.asides if one.before and one.merged_into == shared.id]
    spoken = shared.last_outbound_at
    unread = sum(
        one.before.unread
        for one in case.asides
        if one.before and one.merged_into == shared.id and (not spoken or spoken <= (one.closed_at or spoken))
    )
    return Leaving(
        records=case.gone,
        said=frozenset([*(one.id for one in case.said), *(said for one in brought for said in one.pending)]),
        unread=unread + sum(rules.is_unread(one, shared) for one in case.said),
        phones=_phones(case),
    )


def _phones(case: _Case) -> frozenset[str]:
    """The numbers of those who leave, and of nobody who stays."""
    leaving = (one for one in (case.group.root, *case.group.members) if one.id in case.gone)
    theirs = {point.value for one in leaving for point in one.live if point.system == "phone"}
    return frozenset(theirs - {point.value for point in case.rest.live})
