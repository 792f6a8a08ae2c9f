"""What an erased person said, and all that was kept of them, goes: a page at a time, by the sweep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from recado.actions.again import again
from recado.actions.erase import take_away, visits_of
from recado.actions.forget_outreach import forget_outreach
from recado.actions.forget_surveys import forget_surveys
from recado.actions.forget_waiting import forget_waiting
from recado.model.call import Call
from recado.model.communication import Communication
from recado.model.erasure import Erasure
from recado.model.patient import Patient
from recado.rules import erasure as rules
from recado.rules.files import named_for
from recado.store import appointments, calls, contacts, erasures, mail, mailbox, media, patients, reviews
from recado.store.articles import forget_unanswered
from recado.store.risks import forget_risk
from recado.store.rows import transaction

PAGE: Final = 100
"""Communications of each record in one turn: a few seconds of the sweep's minute."""


@again
def forget(tenant: str, erasure: Erasure, now: datetime) -> None:
    """Take away a page of what is left of an erased person, and when nothing is, finish.

    Each step may be repeated: what is gone already is passed over. Finished is only what was looked through
    in vain some time after it began, for workers that had something in hand then. Raises Stale, Unavailable:
    it stays due.
    """
    current = erasures.find(tenant, erasure.id)
    if current is None or current.due_at is None or current.due_at > now:
        return
    current = take_away(tenant, current, now)
    left, current = _forgotten(tenant, current, now)
    if left or now < (current.taken_at or now) + rules.SETTLED:
        erasures.put(tenant, current.model_copy(update={"due_at": now + rules.AGAIN}))
        return
    _drop_objects(tenant, current.files, current.boxes)
    erasures.put(tenant, rules.finished(current, now))


def _forgotten(tenant: str, erasure: Erasure, now: datetime) -> tuple[int, Erasure]:
    """How much was found, of all records; and the erasure, which knows what to look for once more."""
    left = 0
    for one in erasure.people:
        page, _ = contacts.timeline(tenant, one.id, limit=PAGE)
        erasure = _noted(tenant, erasure, page)
        # Visits that no index knows are found by what was written of them, which goes after them.
        left += _forget_visits(tenant, one, page, now)
        left += _forget_said(tenant, page, now)
        left += _forget_contacts(tenant, one.id, now)
        left += forget_outreach(tenant, one.id, now)
        left += forget_waiting(tenant, one.id, now)
        left += forget_surveys(tenant, one.id, now)
        left += forget_unanswered(tenant, one.id)
        left += _forget_record(tenant, one)
    return left, erasure


def _noted(tenant: str, erasure: Erasure, page: Iterable[Communication]) -> Erasure:
    """What a worker may be about to put somewhere is noted before its row is gone, which alone names it."""
    files = dict.fromkeys((*erasure.files, *(name for one in page for name in rules.awaited(tenant, one))))
    boxes = dict.fromkeys((*erasure.boxes, *((one.account, one.address) for one in page if _is_in_box(one))))
    after = erasure.model_copy(update={"files": tuple(files), "boxes": tuple(boxes)})
    if after == erasure:
        return erasure
    erasures.put(tenant, after)
    return after.model_copy(update={"version": erasure.version + 1})


def _is_in_box(communication: Communication) -> bool:
    return communication.channel == "webchat"


def _forget_said(tenant: str, page: Iterable[Communication], now: datetime) -> int:
    """Messages and calls: first what lies elsewhere, then the row that says where."""
    count = 0
    for seen in page:
        # A timeline is an index, which lags behind.
        one = contacts.find_communication(tenant, seen.id)
        if one is None or one.erased_at:
            continue
        _drop_objects(tenant, rules.files_of(one), [(one.account, one.address)] if _is_in_box(one) else ())
        _drop_mail(one)
        _forget_call(tenant, one, now)
        contacts.save_communication(tenant, rules.communication(one, now))
        count += 1
    return count


def _drop_objects(tenant: str, files: Iterable[str], boxes: Iterable[tuple[str, str]]) -> None:
    for name in files:
        media.drop(tenant, name)
    for account, address in boxes:
        mailbox.drop(tenant, account, address)


def _drop_mail(communication: Communication) -> None:
    if communication.channel != "email" or not communication.raw:
        return
    from recado.channels.email_received import stored_at  # noqa: PLC0415 - who never wrote a mail has none

    stored = stored_at(communication.raw)
    if stored:
        mail.drop(stored)


def _forget_call(tenant: str, communication: Communication, now: datetime) -> None:
    call: Call | None = None
    if communication.kind == "call" and communication.provider_id:
        call = calls.find(tenant, communication.provider_id)
    if call is not None and call.erased_at is None:
        calls.put(tenant, rules.call(call, now))


def _forget_visits(tenant: str, one: Patient, page: Iterable[Communication], now: datetime) -> int:
    known = {visit.id: visit for visit in visits_of(tenant, one)}
    written_of = {it.appointment for it in page if it.appointment} - known.keys()
    found = (appointments.find(tenant, visit) for visit in sorted(written_of))
    visits = [*known.values(), *(visit for visit in found if visit and visit.patient == one.id)]
    left = [visit for visit in visits if visit.erased_at is None]
    for visit in left:
        forget_risk(tenant, visit.id)
        appointments.save_appointment(tenant, rules.appointment(visit, now))
    return len(left)


def _forget_contacts(tenant: str, patient: str, now: datetime) -> int:
    left = erasures.contacts_of(tenant, patient)
    for contact in left:
        contacts.save_contact(tenant, rules.contact(contact, now))
    return len(left)


def _forget_record(tenant: str, one: Patient) -> int:
    """What was said of being written to, what people were asked, files that were kept for them, and whatever
    came to where they were found since."""
    files = media.begun(tenant, named_for(one.id))
    _drop_objects(tenant, files, ())
    said = patients.consents(tenant, one.id)
    asked = reviews.of_record(tenant, one.id)
    for consent in said:
        with transaction() as work:
            erasures.drop_consent(tenant, one.id, consent, work)
    for review in asked:
        with transaction() as work:
            reviews.drop(tenant, review, work)
    return len(files) + len(said) + len(asked) + _forget_results(tenant, one.id) + _tidy(tenant, one)


def _forget_results(tenant: str, record: str) -> int:
    from recado.store import results  # noqa: PLC0415 - no start waits for it

    if results.find(tenant, record) is None:
        return 0
    with transaction() as work:
        results.drop(tenant, record, work)
    return 1


def _tidy(tenant: str, one: Patient) -> int:
    """A worker may have put something there just then."""
    left = [erasures.there(tenant, point, one.id) for point in one.contact_points]
    for point in left:
        if point.theirs:
            with transaction() as work:
                erasures.leave(tenant, point, work)
    return sum(len(point.theirs) for point in left)
