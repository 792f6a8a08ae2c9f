"""What was open with several records of a person goes back to each, when one of them is another person's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from recado.actions.hand_over import hand_over_all
from recado.actions.load_contact import takers
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


class Aside(NamedTuple):
    """A contact, and those that have taken it over, one after the other."""

    contact: Contact
    by: tuple[Contact, ...]

    @property
    def before(self) -> Contact:
        """As it was then."""
        return self.contact.before or self.contact


class _Case(NamedTuple):
    """A person (`rest`) whom some records leave."""

    rest: Patient
    group: Group
    """Those who leave."""
    gone: tuple[str, ...]
    """Which of them had no contacts of their own."""
    own: Contact | None
    """Their root's latest."""
    asides: Mapping[str, Aside]
    """What the person's contacts had taken over of theirs, their root's first, by their ids."""
    latest: tuple[Contact, ...]
    """The last contact of each who stays."""
    shared: Contact | None
    """The person's open contact."""
    said: tuple[Communication, ...]
    """What they said in it."""
    since: datetime
    """When they came to the person."""
    now: datetime


def part_contacts(
    tenant: str, rest: Patient, group: Group, now: datetime, within: Transaction, *, since: datetime
) -> None:
    """Give to the records that leave a person what is theirs: the contact as it was before it was taken over,
    with what they have said `since` they came; and take that from the person's contact."""
    case = _case(tenant, rest, group, since, now)
    theirs = _theirs(tenant, case)
    changes = [*_asides(case, theirs), *_left(tenant, case, theirs)]
    if theirs is not None:
        closed = theirs.model_copy(update={"state": "closed"})
        changes.append((case.own or closed, theirs))
    for _, after in changes:
        contacts.save_contact(tenant, after, within)
    hand_over_all(tenant, changes, now, within)


def _case(tenant: str, rest: Patient, group: Group, since: datetime, now: datetime) -> _Case:
    gone = kept_at(group.root)
    latest = [contacts.latest_contact(tenant, one) for one in gone]
    asides = [Aside(one, tuple(takers(tenant, one))) for one in latest if one and one.before]
    staying = _latest(tenant, kept_at(rest))
    shared = next((one for one in staying if one.patient == rest.id and one.state != "closed"), None)
    return _Case(
        rest=rest,
        group=group,
        gone=gone,
        own=latest[0],
        asides={one.contact.id: one for one in asides if one.by[0].patient not in gone},
        latest=staying,
        shared=shared,
        said=tuple(_came(_said(tenant, gone, shared, {shared.id}), since)) if shared else (),
        since=since,
        now=now,
    )


def _latest(tenant: str, records: Collection[str]) -> tuple[Contact, ...]:
    found = (contacts.latest_contact(tenant, record) for record in records)
    return tuple(one for one in found if one)


def _said(
    tenant: str, records: Collection[str], contact: Contact, ids: Collection[str]
) -> list[Communication]:
    """What was heard from these records in one of the contacts `ids`, which `contact` holds by now, in order;
    what was said in the contact of a person whom they have left came into it with them."""
    found = [one for record in records for one in _since(tenant, record, contact.opened_at)]
    own = {contact.patient, *records}
    inbound = [one for one in found if one.direction == "inbound" and one.contact]
    held = (one for one in inbound if one.contact in ids or _holder(one) not in own)
    return sorted(held, key=lambda one: one.moment)


def _came(said: Iterable[Communication], since: datetime) -> list[Communication]:
    """What of it was said since then: all else is in the contact that they came with, or closed."""
    return [one for one in said if one.moment > iso(since)]


def _holder(communication: Communication) -> str:
    return (communication.contact or "").rpartition(".")[0]


def _since(tenant: str, record: str, at: datetime) -> Iterator[Communication]:
    page, before = contacts.timeline(tenant, record)
    yield from page
    while before and before > iso(at):
        page, before = contacts.timeline(tenant, record, before=before)
        yield from page


def _theirs(tenant: str, case: _Case) -> Contact | None:
    """The open contact of those who leave; none where nothing is open with them."""
    theirs = case.own if case.own and case.own.state != "closed" else None
    for aside in (one.contact for one in case.asides.values()):
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
    opened = contact_rules.opened(
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
    return opened.model_copy(update={"opened_at": first.at, "waiting_since": first.at})


def _owing(case: _Case, theirs: Contact) -> Contact:
    """With the call that is owed to them, should they have called since."""
    owed = case.shared.callback if case.shared else None
    if owed is None or theirs.callback or rules.dialled(owed) not in _phones(case):
        return theirs
    followed = case.shared.follow_up if case.shared else None
    return theirs.model_copy(update={"callback": owed, "follow_up": theirs.follow_up or followed})


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
    others = [one for one, _ in case.asides.values() if one.patient != case.group.root.id]
    into = theirs.id if theirs else None
    return [(one, one.model_copy(update={"merged_into": into})) for one in others]


def _left(tenant: str, case: _Case, theirs: Contact | None) -> list[Change]:
    """The person's contacts without those who leave, whatever became of them since."""
    taken = {one.id: one for aside in case.asides.values() for one in aside.by}
    if case.shared is not None:
        taken[case.shared.id] = case.shared
    alone = _alone(tenant, case, taken)
    taken |= {one.id: one for one in case.latest if one.before and _words(tenant, case, one)}
    return [
        (before, after)
        for before in taken.values()
        if (after := _after(tenant, case, before, theirs if before.id in alone else None)) != before
    ]


def _alone(tenant: str, case: _Case, taken: Mapping[str, Contact]) -> set[str]:
    """Those that were only ever about the matter of who leaves."""
    theirs = set(case.asides)
    for _ in taken:
        theirs |= {
            one.id
            for one in taken.values()
            if one.instead_of in theirs and one.id not in theirs and not _staying(tenant, case, one)
        }
    return theirs - set(case.asides)


def _after(tenant: str, case: _Case, contact: Contact, instead: Contact | None) -> Contact:
    """`instead`: the contact of those who leave, where it was about nothing else."""
    if instead is not None:
        closed = contact if contact.state == "closed" else rules.set_aside(contact, instead.id, case.now)
        return closed.model_copy(update={"merged_into": instead.id, "before": None})
    if contact.before is None and contact.state == "closed":
        return contact
    said = _staying(tenant, case, contact)
    leaving, last = _leaving(tenant, case, contact), said[-1] if said else None
    if contact.before is None:
        return rules.left(contact, leaving, last, case.now)
    return contact.model_copy(update={"before": rules.left(contact.before, leaving, last, case.now)})


def _staying(tenant: str, case: _Case, contact: Contact) -> list[Communication]:
    """What those who stay said in a contact, or in one that it took over."""
    return _said(tenant, kept_at(case.rest), contact, _taken_over(case, contact))


def _words(tenant: str, case: _Case, contact: Contact) -> Collection[Communication]:
    """What those who leave said in a contact of one who stays, or in one that it took over of these: they may
    have spoken there before the person's contact took it over in its turn."""
    if case.shared is not None and contact.id == case.shared.id:
        return case.said
    person, ids = {*kept_at(case.rest), *case.gone}, _taken_over(case, contact)
    said = _came(_said(tenant, case.gone, contact, ids), case.since)
    return [one for one in said if one.contact in ids or _holder(one) not in person]


def _taken_over(case: _Case, contact: Contact) -> set[str]:
    """The contact, and what it has taken over of those who stay."""
    ids: set[str | None] = {contact.id}
    for _ in case.latest:
        ids |= {one.id for one in case.latest if one.merged_into in ids}
    return {one for one in ids if one}


def _leaving(tenant: str, case: _Case, contact: Contact) -> Leaving:
    """What of a contact is theirs who leave: what it took over, and what they said in it."""
    spoken = contact.last_outbound_at
    brought = [one for one in case.asides.values() if contact.id in [taker.id for taker in one.by]]
    unseen = (one for one in brought if spoken is None or spoken <= (one.contact.closed_at or spoken))
    said = _words(tenant, case, contact)
    return Leaving(
        records=case.gone,
        said=frozenset([one.id for one in said] + [one for aside in brought for one in aside.before.pending]),
        unread=sum(one.before.unread for one in unseen) + sum(rules.is_unread(one, contact) for one in said),
        phones=_phones(case),
    )


def _phones(case: _Case) -> frozenset[str]:
    """The numbers of those who leave, and of nobody who stays."""
    leaving = (one for one in (case.group.root, *case.group.members) if one.id in case.gone)
    theirs = {point.value for one in leaving for point in one.live if point.system == "phone"}
    return frozenset(theirs - {point.value for point in case.rest.live})
