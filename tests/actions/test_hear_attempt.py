"""Connect's own records of calls that we made count as attempts, once, whatever the desk says of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.take import take
from recado.model.contact import Contact
from recado.store import contacts, tenants
from recado.store.calls import find as find_call

from tests.pursuit import CALLED, OURS, attempted, heard, her_contact, her_texts, missed, swept
from tests.visits import overtaken

pytestmark = pytest.mark.usefixtures("clinic")
TOLD = CALLED + timedelta(minutes=3)


@pytest.fixture(autouse=True)
def owed(clinic: object) -> Contact:
    return missed()


def tried() -> list[tuple[str, str, str]]:
    found = her_contact().follow_up
    return [(one.outcome, one.by, one.call) for one in found.attempts] if found else []


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [("TELECOM_UNANSWERED", "no_answer"), ("TELECOM_BUSY", "busy"), ("OTHER", "no_answer")],
)
def test_a_call_of_ours_that_nobody_answers_is_an_attempt_and_the_next_is_planned(
    reason: str, outcome: str
) -> None:
    heard(reason=reason)
    assert tried() == [(outcome, "voice", OURS)]
    contact = swept(TOLD)
    assert contact.state == "scheduled"
    assert contact.callback is not None
    assert contact.callback.due_at - CALLED > timedelta(hours=2)


def test_who_had_it_in_hand_has_their_hand_free_again(owed: Contact) -> None:
    take("boavista", "ana", owed.id, CALLED)
    heard()
    assert her_contact().state == "assigned"
    assert swept(TOLD).state == "scheduled"
    assert tenants.agent("boavista", "ana").assigned == frozenset()


def test_told_again_and_late_it_counts_once() -> None:
    heard()
    contact = swept(TOLD)
    heard()
    heard(now=CALLED)
    assert swept(TOLD) == contact
    assert len(tried()) == 1


@pytest.mark.parametrize("record_first", [True, False])
def test_a_call_of_which_the_agent_tells_too_is_one_attempt(record_first: bool) -> None:
    if record_first:
        heard()
        swept(TOLD)
        attempted("voicemail", TOLD)
    else:
        attempted("voicemail", CALLED + timedelta(minutes=1))
        heard()
        swept(TOLD)
    assert tried() == [("voicemail", "agent:ana", OURS)]
    assert her_contact().state == "scheduled"


def test_whether_somebody_or_a_machine_picked_up_a_person_says() -> None:
    heard(talked=timedelta(seconds=45))
    contact = swept(TOLD)
    assert contact.state == "assigned"
    assert contact.callback is not None
    assert contact.follow_up is not None
    assert contact.follow_up.end is None
    attempted("voicemail", TOLD)
    assert tried() == [("voicemail", "agent:ana", OURS)]
    assert her_contact().state == "scheduled"


def test_a_moment_on_the_line_reached_nobody() -> None:
    heard(talked=timedelta(seconds=8))
    assert [one[0] for one in tried()] == ["no_answer"]


def test_a_late_record_of_a_call_before_it_was_settled_is_counted_and_opens_nothing(owed: Contact) -> None:
    attempted("declined", CALLED + timedelta(hours=3))
    closed = her_contact()
    heard(now=CALLED)
    contact = her_contact()
    assert (contact.state, contact.due_at, contact.disposition) == ("closed", None, "declined")
    assert contact.version == closed.version + 1
    assert [one[0] for one in tried()] == ["no_answer", "declined"]


def test_a_call_to_whom_nobody_missed_is_no_attempt(owed: Contact) -> None:
    heard(now=CALLED - timedelta(days=2))
    assert tried() == []
    contacts.save_contact("boavista", owed.model_copy(update={"follow_up": None}))
    heard()
    assert tried() == []


def test_nothing_of_the_number_stays_with_the_call() -> None:
    heard()
    call = find_call("boavista", OURS)
    assert call is not None
    assert call.caller is None
    assert her_texts("called_you") == []


def test_connect_and_the_agent_who_tell_at_once_tell_of_one_call(owed: Contact) -> None:
    with overtaken(heard):
        attempted("voicemail", CALLED + timedelta(minutes=1))
    swept(TOLD)
    assert tried() == [("voicemail", "agent:ana", OURS)]
    assert her_contact().state == "scheduled"


def test_who_takes_it_at_the_very_time_of_its_call_has_it(owed: Contact) -> None:
    planned = attempted().callback
    assert planned is not None
    with overtaken(lambda: take("boavista", "ana", owed.id, planned.due_at)):
        contact = swept(planned.due_at)
    assert (contact.state, contact.agent) == ("assigned", "ana")
    assert tenants.agent("boavista", "ana").assigned == {owed.id}
