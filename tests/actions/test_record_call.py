"""Events, records and lookups of a call, in any order → the call, its contact and its text-back, once."""

from __future__ import annotations

import itertools
import json
import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from recado.actions.close import close
from recado.actions.deliver import claim
from recado.actions.hear_call import hear_call
from recado.actions.lookup_caller import answer_flow
from recado.actions.record import record
from recado.actions.record_call import settle_overdue
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import ANONYMOUS, Origin
from recado.model.tenant import Account
from recado.rules import contacts as contact_rules
from recado.store import contacts, patients, tenants
from recado.store.calls import find as find_call
from recado.store.due import page as due_page

from tests import calls
from tests.calls import ABANDONED, ABANDONED_IN_MENU, ANSWERED_CALL, CALL, CALLER
from tests.cloud import Cloud
from tests.samples import ANA, BOAVISTA, NOW, received, seed

pytestmark = pytest.mark.usefixtures("clinic")

LATER = NOW + timedelta(seconds=200)
AGAIN = "c0ffee00-0000-4000-8000-000000000002"


def tell(*messages: dict[str, Any], now: datetime = LATER) -> None:
    for message in messages:
        if "Details" in message:
            answer_flow(message, now)
        else:
            hear_call(json.dumps(message).encode(), now)


def whole(
    times: calls.Times, caller: str | None = CALLER, call: str = CALL, start: datetime = NOW
) -> list[Any]:
    """All messages about one call."""
    told = calls.events(times, call, start)
    return [calls.flow(caller=caller, call=call), *told, calls.record(times, caller, call, start)]


def patient(phone: str = CALLER) -> str:
    (link,) = patients.view("boavista", ContactPoint(system="phone", value=phone)).links
    return link.patient


def history(of: str | None = None) -> tuple[list[Contact], list[Communication]]:
    """Somebody's contacts, oldest first, and their timeline."""
    of = of or patient()
    last = contacts.latest_contact("boavista", of)
    numbers = range(1, last.number + 1) if last else ()
    found = [contacts.get_contact("boavista", f"{of}.{number}") for number in numbers]
    return found, contacts.timeline("boavista", of)[0]


def text_back(of: str | None = None) -> Communication:
    (found,) = [one for one in history(of)[1] if one.purpose == "text_back"]
    return found


def sweep(now: datetime) -> None:
    for call in due_page("boavista", now)[2]:
        settle_overdue("boavista", call, now)


def test_a_call_given_up_in_the_queue_leaves_a_missed_call_and_owes_one() -> None:
    tell(*whole(ABANDONED))
    (contact,), timeline = history()
    assert (contact.channel, contact.reason, contact.state) == ("voice", "missed_call", "new")
    assert contact.opened_at == NOW + calls.QUEUED
    assert contact.callback is not None
    assert contact.callback.phone == CALLER
    assert contact.callback.due_at == NOW + calls.ENDED + timedelta(minutes=60)
    entry = timeline[0]
    assert (entry.kind, entry.direction, entry.contact) == ("call", "inbound", contact.id)
    assert entry.call is not None
    assert (entry.call.outcome, entry.call.waited_s) == ("abandoned_in_queue", 75)


def test_the_caller_is_written_to_but_not_at_once() -> None:
    tell(*whole(ABANDONED))
    text = text_back()
    assert (text.state, text.channel, text.address) == ("queued", "whatsapp", CALLER)
    assert text.not_before == text.due_at == NOW + calls.ENDED + timedelta(seconds=75)
    assert text.template is not None
    assert text.template.name == "missed_call"
    assert "Clínica Boa Vista" in text.text
    assert claim("boavista", text.id, NOW + calls.ENDED + timedelta(seconds=74)) is None
    assert claim("boavista", text.id, NOW + calls.ENDED + timedelta(seconds=75)) is not None


def state(cloud: Cloud) -> list[dict[str, Any]]:
    """All rows, without what chance and the number of saves put into them."""
    names: dict[str, str] = {}
    rows = []
    for table in ("patients", "contacts"):
        for row in sorted(cloud.items(table), key=lambda one: (one["sk"]["S"], one["pk"]["S"])):
            if row["sk"]["S"].startswith("P#") and "I#phone" in row["pk"]["S"]:
                names[json.loads(row["body"]["S"])["patient"]] = "somebody"
            rows.append({key: value for key, value in row.items() if key != "version"})
    text = json.dumps(rows)
    for name, word in names.items():
        text = text.replace(name, word)
    return sorted(json.loads(text), key=lambda row: (row["pk"]["S"], row["sk"]["S"]))


@pytest.mark.parametrize(
    "times", [ABANDONED, ABANDONED_IN_MENU, ANSWERED_CALL], ids=["queue", "menu", "answered"]
)
@pytest.mark.parametrize("caller", [CALLER, None], ids=["known", "withheld"])
def test_any_order_with_repeats_ends_in_the_same_state(
    cloud: Cloud, times: calls.Times, caller: str | None
) -> None:
    messages = whole(times, caller)
    tell(*messages)
    expected = state(cloud)
    shuffle = random.Random(7)
    orders = list(itertools.permutations(messages))
    for order in shuffle.sample(orders, 12):
        repeated = [*order, *shuffle.choices(messages, k=2)]
        fresh(cloud)
        tell(*repeated)
        assert state(cloud) == expected


def fresh(cloud: Cloud) -> None:
    cloud.fresh()
    seed()


def test_event_and_record_of_the_same_call_count_once() -> None:
    tell(*whole(ABANDONED), *whole(ABANDONED))
    found, timeline = history()
    assert len(found) == 1
    assert [one.kind for one in timeline] == ["call", "template"]


def test_a_record_updated_weeks_later_changes_nothing(cloud: Cloud) -> None:
    tell(*whole(ABANDONED))
    before = state(cloud)
    late = calls.record(ABANDONED, LastUpdateTimestamp="2026-12-20T10:00:00Z")
    tell(late, now=NOW + timedelta(days=27))
    after = state(cloud)
    assert [row for row in after if row["sk"]["S"] != "V"] == [row for row in before if row["sk"]["S"] != "V"]


def test_calling_again_and_again_is_one_matter_and_one_text() -> None:
    tell(*whole(ABANDONED))
    second = NOW + timedelta(minutes=10)
    tell(*whole(ABANDONED_IN_MENU, call=AGAIN, start=second), now=second + timedelta(minutes=2))
    (contact,), timeline = history()
    assert contact.unread == 2
    assert contact.callback is not None
    assert contact.callback.due_at == NOW + calls.ENDED + timedelta(minutes=60)
    assert [one.kind for one in timeline].count("call") == 2
    assert text_back().not_before == NOW + calls.ENDED + timedelta(seconds=75)


def test_getting_through_on_a_redial_takes_back_the_text_and_the_callback() -> None:
    tell(*whole(ABANDONED))
    redial = NOW + timedelta(seconds=120)
    tell(*whole(ANSWERED_CALL, call=AGAIN, start=redial), now=redial + timedelta(minutes=10))
    (missed, answered), _ = history()
    assert (missed.state, missed.disposition, missed.callback) == ("closed", "reached_on_redial", None)
    assert missed.reason == "missed_call"
    assert (answered.reason, answered.state, answered.disposition) == ("call", "closed", "answered")
    assert text_back().state == "withdrawn"


def test_a_call_missed_after_the_text_was_taken_back_is_written_about() -> None:
    tell(*whole(ABANDONED))
    redial, third = NOW + timedelta(minutes=4), NOW + timedelta(hours=3)
    tell(*whole(ANSWERED_CALL, call=AGAIN, start=redial), now=redial + timedelta(minutes=5))
    tell(*whole(ABANDONED, call="third", start=third), now=third + timedelta(minutes=2))
    text = text_back()
    assert (text.state, text.not_before) == ("queued", third + calls.ENDED + timedelta(seconds=75))
    assert text.contact == history()[0][-1].id
    assert claim("boavista", text.id, third + timedelta(minutes=5)) is not None


def test_what_is_heard_late_of_a_call_does_not_write_its_text_again() -> None:
    tell(*whole(ABANDONED))
    contacts.save_communication("boavista", text_back().model_copy(update={"state": "failed"}))
    tell(calls.record(ABANDONED_IN_MENU, LastUpdateTimestamp="2026-11-23T14:09:00Z"))
    assert text_back().state == "failed"


@pytest.mark.parametrize("state", ["claimed", "unknown", "sent", "read"])
def test_whoever_may_have_been_written_to_that_day_is_not_written_to_again(state: str) -> None:
    tell(*whole(ABANDONED))
    contacts.save_communication("boavista", text_back().model_copy(update={"state": state}))
    third = NOW + timedelta(hours=3)
    tell(*whole(ABANDONED, call="third", start=third), now=third + timedelta(minutes=2))
    assert text_back().state == state


def test_being_spoken_to_is_enough_to_take_back_the_text() -> None:
    tell(*whole(ABANDONED))
    redial = NOW + timedelta(seconds=120)
    spoken = {"queued": calls.QUEUED, "answered": calls.ANSWERED}
    connected = calls.event("CONNECTED_TO_AGENT", spoken, AGAIN, redial)
    tell(calls.flow(call=AGAIN), connected, now=redial + timedelta(seconds=34))
    assert text_back().state == "withdrawn"
    assert history()[0][0].state == "new"


def test_a_missed_call_that_is_heard_of_after_the_redial_owes_nothing() -> None:
    redial = NOW + timedelta(seconds=120)
    tell(*whole(ANSWERED_CALL, call=AGAIN, start=redial), now=redial + timedelta(minutes=4))
    tell(*whole(ABANDONED), now=redial + timedelta(minutes=5))
    (_, missed), timeline = history()
    assert (missed.reason, missed.state, missed.callback) == ("missed_call", "closed", None)
    assert not [one for one in timeline if one.purpose == "text_back"]


def test_an_agent_who_has_taken_the_missed_call_keeps_it_when_the_caller_gets_through() -> None:
    tell(*whole(ABANDONED))
    contacts.save_contact("boavista", contact_rules.assigned(history()[0][0], ANA))
    redial = NOW + timedelta(seconds=120)
    tell(*whole(ANSWERED_CALL, call=AGAIN, start=redial), now=redial + timedelta(minutes=10))
    missed = history()[0][0]
    assert (missed.state, missed.agent, missed.callback) == ("assigned", "ana", None)


def test_an_answered_call_is_on_the_timeline_and_settled() -> None:
    tell(*whole(ANSWERED_CALL))
    (contact,), (entry,) = history()
    assert (contact.reason, contact.state, contact.disposition) == ("call", "closed", "answered")
    assert contact.opened_at == contact.waiting_since == NOW + calls.QUEUED
    assert contact.answered_at == NOW + calls.ANSWERED
    assert entry.call is not None
    assert (entry.call.outcome, entry.call.waited_s, entry.call.talked_s) == ("answered", 13, 180)


def test_the_number_that_was_dialled_is_what_brought_the_caller() -> None:
    tell(*whole(ABANDONED))
    dialled = Origin(type="number", id=BOAVISTA.phone.removeprefix("+"))
    assert patients.get("boavista", patient()).origin == dialled
    assert [one.origin for one in history()[0]] == [dialled]


def test_who_wrote_first_was_brought_by_what_they_wrote_by_and_calls_by_the_number() -> None:
    record("boavista", received(sender=CALLER.removeprefix("+"), origin={"type": "ad", "id": "a1"}), NOW)
    close("boavista", f"{patient()}.1", "resolved", NOW)
    tell(*whole(ABANDONED))
    known = patients.get("boavista", patient()).origin
    assert known is not None
    assert known.type == "ad"
    assert [one.origin.type for one in history()[0] if one.origin] == ["ad", "number"]


def test_a_withheld_number_counts_and_nobody_is_written_to_or_called() -> None:
    tell(*whole(ABANDONED, caller=None))
    (contact,), timeline = history(ANONYMOUS)
    assert (contact.reason, contact.state, contact.callback) == ("missed_call", "closed", None)
    assert [one.kind for one in timeline] == ["call"]


def test_two_withheld_callers_are_no_redial_of_one_another() -> None:
    tell(*whole(ABANDONED, caller=None))
    redial = NOW + timedelta(seconds=120)
    tell(*whole(ANSWERED_CALL, None, AGAIN, redial), now=redial + timedelta(minutes=10))
    assert [one.disposition for one in history(ANONYMOUS)[0]] == ["withheld_number", "answered"]


def test_an_ended_call_waits_for_its_record_to_say_who_called() -> None:
    tell(*calls.events(ABANDONED))
    sweep(LATER + timedelta(minutes=4))
    assert contacts.latest_contact("boavista", ANONYMOUS) is None
    tell(calls.record(ABANDONED))
    sweep(LATER + timedelta(minutes=6))
    assert len(history()[0]) == 1
    assert contacts.latest_contact("boavista", ANONYMOUS) is None


def test_without_a_record_it_counts_as_nobodys_and_once() -> None:
    tell(*calls.events(ABANDONED))
    for minute in (6, 7, 8):
        sweep(LATER + timedelta(minutes=minute))
        tell(calls.events(ABANDONED)[-1], now=LATER + timedelta(minutes=minute))
    (contact,), _ = history(ANONYMOUS)
    assert contact.disposition == "withheld_number"
    assert due_page("boavista", LATER + timedelta(days=1))[2] == []


def test_a_record_that_comes_too_late_still_finds_the_caller() -> None:
    tell(*calls.events(ABANDONED))
    sweep(LATER + timedelta(minutes=6))
    tell(calls.record(ABANDONED), now=LATER + timedelta(minutes=8))
    (contact,), timeline = history()
    (nobodys,), nothing = history(ANONYMOUS)
    assert contact.callback is not None
    assert nobodys.merged_into == contact.id
    assert [one.kind for one in timeline] == ["call", "template"]
    assert nothing == []


def test_a_call_that_turns_out_to_be_answered_owes_nothing() -> None:
    hurried = {"ended": timedelta(seconds=213)}
    tell(calls.flow(), calls.event("DISCONNECTED", hurried))
    assert history()[0][0].callback is not None
    tell(calls.record(ANSWERED_CALL))
    (contact,), timeline = history()
    assert (contact.reason, contact.state, contact.callback) == ("call", "closed", None)
    assert timeline[0].call is not None
    assert timeline[0].call.outcome == "answered"
    assert text_back().state == "withdrawn"


def test_a_wish_to_be_called_back_is_owed_but_not_missed() -> None:
    tell(calls.flow(), calls.flow("callback"), *calls.events(ABANDONED), calls.record(ABANDONED))
    (contact,), timeline = history()
    assert (contact.reason, contact.state) == ("call", "new")
    assert contact.callback is not None
    assert [one.kind for one in timeline] == ["call"]


def test_who_got_all_they_needed_from_the_menu_is_not_called() -> None:
    tell(calls.flow(), calls.flow("self_served"), *calls.events(ABANDONED_IN_MENU))
    (contact,), _ = history()
    assert (contact.reason, contact.state, contact.disposition) == ("call", "closed", "self_service")
    assert contact.callback is None


def test_two_spellings_of_a_brazilian_number_are_one_caller() -> None:
    tell(*whole(ABANDONED, caller="+551187654321"))
    tell(*whole(ABANDONED_IN_MENU, caller="+5511987654321", call=AGAIN))
    assert len(history()[0]) == 1


def test_a_call_heard_of_hours_later_is_owed_but_not_written_to() -> None:
    tell(*whole(ABANDONED), now=NOW + timedelta(hours=3))
    (contact,), timeline = history()
    assert contact.callback is not None
    assert [one.kind for one in timeline] == ["call"]


def test_a_clinic_without_whatsapp_still_calls_back() -> None:
    for account in tenants.accounts("boavista"):
        if account.channel == "whatsapp":
            tenants.save_account("boavista", account.model_copy(update={"state": "paused"}))
    tell(*whole(ABANDONED))
    (contact,), timeline = history()
    assert contact.callback is not None
    assert [one.kind for one in timeline] == ["call"]


def test_a_clinic_with_nothing_but_sms_texts_back_by_sms() -> None:
    for account in tenants.accounts("boavista"):
        if account.channel == "whatsapp":
            tenants.save_account("boavista", account.model_copy(update={"state": "paused"}))
    tenants.save_account("boavista", Account(tenant="boavista", channel="twilio_sms", id="551130000001"))
    tell(*whole(ABANDONED))
    text_back = next(one for one in history()[1] if one.purpose == "text_back")
    assert (text_back.channel, text_back.kind, text_back.address) == ("twilio_sms", "text", calls.CALLER)


def test_a_leg_that_does_not_say_what_was_dialled_finds_its_call() -> None:
    moved = calls.record(ABANDONED, NextContactId=AGAIN)
    there = calls.record(ANSWERED_CALL, call=AGAIN, InitialContactId=CALL, SystemEndpoint=None)
    tell(calls.flow(), moved, there | {"InitiationMethod": "QUEUE_TRANSFER"})
    (contact,), _ = history()
    assert contact.disposition == "answered"


def test_our_own_calls_leave_no_contact(cloud: Cloud) -> None:
    outbound = calls.record(ABANDONED_IN_MENU, InitiationMethod="OUTBOUND")
    tell(outbound)
    sweep(LATER + timedelta(minutes=6))
    assert [row["sk"]["S"] for row in cloud.items("contacts")] == ["V"]


def test_the_other_clinic_sees_nothing_of_it() -> None:
    tell(*whole(ABANDONED))
    assert contacts.open_contacts("delsol")[0] == []
    assert find_call("delsol", CALL) is None
    assert find_call(BOAVISTA.id, CALL) is not None
