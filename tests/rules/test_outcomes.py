"""What came of calls, messages, self-service and following up, folded from facts."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.communication import Communication
from recado.model.dialogue import Dialogue
from recado.model.interval import ContactFact, IntervalTotal, MessageFact
from recado.model.outcomes import Outcomes
from recado.model.patient import ANONYMOUS
from recado.model.tenant import OpeningHours
from recado.rules import outcomes
from recado.rules.facts import contact_facts, message_facts

from tests.rules.test_contacts import new_contact
from tests.samples import BOAVISTA, NOW, later

CLOSED_NOW = BOAVISTA.model_copy(update={"hours": (OpeningHours(weekday=0, opens="14:00", closes="18:00"),)})
"""It opens three hours after NOW."""
TALK = {"state": "done", "flow": "menu", "at": "menu/hours"}


def contact(n: int = 1, **more: Any) -> ContactFact:
    return ContactFact.model_validate(
        {
            "contact": f"p{n}.1",
            "version": 1,
            "patient": f"p{n}",
            "channel": "whatsapp",
            "reason": "message",
            "state": "closed",
            "opened_at": NOW,
            **more,
        }
    )


def message(n: int = 1, **more: Any) -> MessageFact:
    return MessageFact.model_validate(
        {"id": f"m{n}", "patient": f"p{n}", "channel": "whatsapp", "direction": "outbound", "at": NOW, **more}
    )


def folded(*facts: outcomes.Fact) -> Outcomes:
    return outcomes.together(outcomes.fold(facts, BOAVISTA).values())


def test_where_nothing_of_it_happened_there_is_nothing() -> None:
    assert outcomes.fold([contact(), message(direction="inbound")], BOAVISTA) == {}


def test_what_is_empty_is_not_stored() -> None:
    one = Outcomes(accepted={"reminder": 2})
    stored = IntervalTotal(start=NOW, outcomes={"whatsapp": one}).model_dump_json(exclude_none=True)
    assert '"outcomes":{"whatsapp":{"accepted":{"reminder":2}}}' in stored
    assert IntervalTotal.model_validate_json(stored).outcomes["whatsapp"] == one


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ({"missed_at": NOW, "reason": "missed_call", "channel": "voice"}, "call"),
        ({"missed_at": NOW}, "message"),
        ({"came_by": "webform"}, "form"),
    ],
)
def test_whoever_was_missed_or_filled_in_a_form_is_pursued(settings: dict[str, Any], kind: str) -> None:
    (one,) = folded(contact(**settings)).pursuits
    assert (one.patient, one.kind, one.since) == ("p1", kind, NOW)


def test_whoever_withholds_the_number_cannot_be_pursued() -> None:
    assert folded(contact(patient=ANONYMOUS, missed_at=NOW)).pursuits == ()


def test_who_comes_again_with_a_matter_returns() -> None:
    again = contact(1, contact="p1.2")
    thanks = contact(2, contact="p2.2", disposition="thanked")
    ours = contact(3, contact="p3.2", reason="unconfirmed")
    assert [one.patient for one in folded(contact(4), again, thanks, ours).returns] == ["p1"]


def test_calls_count_by_how_they_ended_and_whether_the_clinic_was_open() -> None:
    calls = [
        message(n, direction="inbound", channel="voice", outcome=outcome)
        for n, outcome in enumerate(("answered", "abandoned_in_queue", "answered", "not_reached"))
    ]
    assert outcomes.fold(calls, CLOSED_NOW)["voice"].calls == {
        "abandoned_in_queue/closed": 1,
        "answered/closed": 2,
    }


def test_messages_count_by_how_far_they_came() -> None:
    found = folded(
        message(1, template="reminder_24h", reached="delivered", purpose="reminder", visit="v1"),
        message(2, template="reminder_24h", reached="accepted", purpose="reminder", visit="v2"),
        message(3, reached="", purpose="recall"),
        message(4, reached="accepted"),
        message(5, purpose="news", reached="accepted", stopped=True),
    )
    assert found.accepted == {"": 2, "reminder_24h": 2}
    assert found.delivered == {"reminder_24h": 1}
    assert found.reminded == {"v1"}
    assert found.messaged == {"news": {"p5"}, "reminder": {"p1", "p2"}}
    assert found.stopped == {"p5"}


def test_who_is_answered_before_the_clinic_opens_was_served_out_of_hours() -> None:
    facts = [
        contact(1),
        contact(2, answered_at=later(hours=2)),
        contact(3, answered_at=later(hours=4)),
        contact(4, opened_at=later(hours=4), answered_at=later(hours=4)),
    ]
    found = outcomes.fold(facts, CLOSED_NOW)["whatsapp"]
    assert (found.after_hours, found.after_hours_served) == (3, 1)


def said(**more: Any) -> Communication:
    known: dict[str, Any] = {
        "id": "m1",
        "version": 2,
        "patient": "p1",
        "channel": "whatsapp",
        "account": "1",
        "address": "5511987654321",
        "direction": "outbound",
        "kind": "text",
        "author": "recado",
        "state": "queued",
        "at": NOW,
        "moment": "",
    }
    return Communication.model_validate({**known, **more})


@pytest.mark.parametrize(
    ("settings", "reached", "stopped"),
    [
        ({"state": "claimed"}, "", False),
        ({"state": "sent"}, "accepted", False),
        ({"state": "delivered"}, "delivered", False),
        ({"state": "read"}, "delivered", False),
        ({"state": "failed", "provider_id": "w1"}, "accepted", False),
        ({"state": "failed", "error": "bad_address"}, "", False),
        ({"state": "failed", "error": "opted_out"}, "", True),
        ({"state": "withdrawn", "error": "opted_out"}, "", False),
        ({"state": "delivered", "stops": True}, "delivered", True),
        ({"state": "sent", "kind": "call"}, "", False),
    ],
)
def test_how_far_a_message_came_is_what_its_provider_said(
    settings: dict[str, Any], reached: str, stopped: bool
) -> None:
    (fact,) = message_facts(said(**settings), None)
    assert (fact.reached, fact.stopped) == (reached, stopped)


def test_that_a_message_was_read_after_it_had_arrived_changes_no_number() -> None:
    assert message_facts(said(state="read", version=3), said(state="delivered")) == []


def test_only_a_reminder_is_of_a_visit_and_only_what_we_begin_has_a_purpose() -> None:
    told = [
        message_facts(said(purpose=purpose, appointment="v1"), None)[0]
        for purpose in ("reminder", "instructions", "confirmation")
    ]
    assert [(one.purpose, one.visit) for one in told] == [
        ("reminder", "v1"),
        ("instructions", ""),
        ("", ""),
    ]


def test_a_message_that_is_erased_counts_as_it_did() -> None:
    assert (
        message_facts(said(state="delivered", erased_at=NOW), said(state="delivered", purpose="recall")) == []
    )


def test_a_conversation_is_told_of_without_what_was_said_in_it() -> None:
    talk = Dialogue(
        flow="book", number=2, node="when", state="left", turns=3, began_at=NOW, asked_at=NOW,
        data={"birth_date": "1980-01-01"}, flows=("menu.0", "book.2"),
    )  # fmt: skip
    (fact,) = contact_facts(new_contact().model_copy(update={"dialogue": talk}), None)
    assert fact.talk is not None
    assert (fact.talk.flow, fact.talk.at, fact.talk.state) == ("menu", "book/when", "left")
    assert "1980" not in fact.model_dump_json()


def test_self_service_that_said_nothing_had_no_conversation() -> None:
    silent = Dialogue(flow="menu", number=0, node="start", began_at=NOW, asked_at=NOW)
    (fact,) = contact_facts(new_contact().model_copy(update={"dialogue": silent}), None)
    assert fact.talk is None


def test_what_two_records_did_is_of_the_person_whose_they_are() -> None:
    found = outcomes.of_people(
        folded(
            contact(1, missed_at=NOW),
            contact(2, contact="p2.2", talk=TALK),
            message(1, purpose="recall", reached="accepted"),
            message(2, purpose="recall", reached="accepted", stopped=True),
        ),
        {"p1": "root", "p2": "root"},
    )
    people = {one.patient for group in (found.pursuits, found.talks, found.returns) for one in group}
    assert people == {"root"}
    assert found.messaged == {"recall": {"root"}}
    assert found.stopped == {"root"}


CONTACTS = st.builds(
    contact,
    st.integers(1, 3),
    contact=st.sampled_from(["p1.1", "p1.2", "p2.1", "p2.3"]),
    channel=st.sampled_from(["whatsapp", "voice"]),
    missed_at=st.none() | st.just(NOW),
    answered_at=st.none() | st.just(later(hours=1)),
    disposition=st.sampled_from(["", "opted_out", "thanked"]),
    talk=st.none() | st.just(TALK),
)
MESSAGES = st.builds(
    message,
    st.integers(1, 3),
    channel=st.sampled_from(["whatsapp", "email"]),
    template=st.sampled_from(["", "reminder_24h"]),
    reached=st.sampled_from(["", "accepted", "delivered"]),
    purpose=st.sampled_from(["", "reminder", "news"]),
    visit=st.sampled_from(["", "v1", "v2"]),
    stopped=st.booleans(),
)
FACTS = st.lists(CONTACTS | MESSAGES, max_size=8)


@given(FACTS, st.randoms())
def test_the_order_of_facts_does_not_matter(facts: list[outcomes.Fact], order: random.Random) -> None:
    shuffled = order.sample(facts, len(facts))
    assert outcomes.fold(facts, CLOSED_NOW) == outcomes.fold(shuffled, CLOSED_NOW)


@given(FACTS, st.integers(0, 8))
def test_two_intervals_together_are_what_one_would_have_been(facts: list[outcomes.Fact], cut: int) -> None:
    halves = [folded(*facts[:cut]), folded(*facts[cut:])]
    assert outcomes.together(halves) == folded(*facts)
    assert outcomes.together(reversed(halves)) == folded(*facts)
