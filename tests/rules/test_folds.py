"""What happened, folded into counts by channel."""

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.follow_up import FollowUp
from recado.model.interval import ContactFact, Counts, IntervalTotal, MessageFact, interval_of
from recado.model.patient import ANONYMOUS, Origin
from recado.rules import folds, kpi
from recado.rules.facts import contact_facts, message_facts, source_of

from tests.rules.test_contacts import new_contact
from tests.samples import BOAVISTA, NOW, later


def contact(n: int = 1, wait_s: int | None = None, **settings: object) -> ContactFact:
    answered_at = None if wait_s is None else later(seconds=wait_s)
    return ContactFact.model_validate(
        {
            "contact": f"p{n}.1",
            "version": 1,
            "patient": f"p{n}",
            "channel": "whatsapp",
            "reason": "message",
            "state": "waiting" if wait_s is None else "assigned",
            "opened_at": NOW,
            "answered_at": answered_at,
            **settings,
        }
    )


def message(
    n: int, direction: str = "inbound", channel: str = "whatsapp", patient: str = "p1"
) -> MessageFact:
    return MessageFact.model_validate(
        {"id": f"m{n}", "patient": patient, "channel": channel, "direction": direction, "at": NOW}
    )


def fold(*facts: folds.Fact) -> IntervalTotal:
    return folds.fold(interval_of(NOW), facts, BOAVISTA)


def together(*totals: IntervalTotal) -> Counts:
    """What these count on all channels."""
    return folds.whole(totals, folds.channels(totals))


def counted(*facts: folds.Fact) -> Counts:
    return together(fold(*facts))


def test_an_interval_without_facts_is_empty() -> None:
    assert fold() == IntervalTotal(start=interval_of(NOW))


def test_a_contact_that_nobody_has_is_offered_and_waits() -> None:
    found = counted(contact(state="new"), contact(2))
    assert (found.offered, found.waiting, found.handled, found.waits_s) == (2, 2, 0, ())


@pytest.mark.parametrize(("wait_s", "in_target"), [(0, 1), (300, 1), (301, 0)])
def test_a_message_is_in_target_up_to_the_clinics_seconds(wait_s: int, in_target: int) -> None:
    found = counted(contact(wait_s=wait_s))
    assert (found.answered_in_target, found.waits_s) == (in_target, (wait_s,))


@pytest.mark.parametrize(("wait_s", "in_target"), [(20, 1), (21, 0)])
def test_a_call_has_a_target_of_its_own(wait_s: int, in_target: int) -> None:
    found = counted(contact(wait_s=wait_s, channel="voice", reason="call"))
    assert (kpi.answered(found), found.answered_in_target) == (1, in_target)


def test_what_is_closed_without_an_answer_is_handled_but_not_answered() -> None:
    found = counted(contact(state="closed", closed_at=later(hours=1)))
    assert (found.handled, found.waiting, found.waits_s) == (1, 0, ())


def test_a_missed_call_is_abandoned_even_when_it_is_called_back() -> None:
    found = counted(contact(wait_s=10, channel="voice", reason="missed_call"))
    assert (found.offered, found.abandoned, found.waits_s, found.handled) == (1, 1, (), 1)


def test_a_contact_that_counts_elsewhere_does_not_count_here() -> None:
    assert fold(contact(gone=True)) == fold()


def test_an_answer_before_the_question_waited_no_time() -> None:
    assert counted(contact(wait_s=-5)).waits_s == (0,)


def test_people_are_counted_once_and_only_those_who_were_heard() -> None:
    found = counted(
        contact(1), message(1), message(2), message(3, patient="p2"), message(4, "outbound", patient="p3")
    )
    assert found.patients == {"p1", "p2"}


def test_whom_only_we_wrote_to_was_not_heard() -> None:
    assert counted(contact(1), message(1, "outbound")).patients == frozenset()


def test_the_lines_of_a_record_are_told_apart_and_none_is_named() -> None:
    said = [
        Communication(
            id=f"m{number}",
            patient="p1",
            channel="whatsapp",
            account="1",
            address=address,
            direction="inbound",
            kind="text",
            author="patient",
            state="received",
            at=NOW,
            moment="",
        )
        for number, address in enumerate(("5511987654321", "5511987654321", "5511912345678"))
    ]
    sources = [source_of(one) for one in said]
    assert len(set(sources)) == 2
    assert not any(one.address in source for one, source in zip(said, sources, strict=True))
    facts = [fact for one in said for fact in message_facts(one, None)]
    assert counted(*facts).sources == set(sources)
    assert kpi.dup_rate(counted(*facts)) == 0.5


def test_messages_are_counted_by_channel_and_direction() -> None:
    found = fold(message(1), message(2, "outbound"), message(3), message(4, channel="voice")).channels
    assert {name: (one.inbound, one.outbound) for name, one in found.items()} == {
        "voice": (1, 0),
        "whatsapp": (2, 1),
    }


def test_who_came_on_two_channels_is_one_person_of_each_and_one_of_all() -> None:
    total = fold(contact(1), message(1), message(2, channel="email"))
    assert {name: one.patients for name, one in total.channels.items()} == {
        "whatsapp": {"p1"},
        "email": {"p1"},
    }
    assert kpi.unique_records(together(total)) == 1


def test_a_first_contact_counts_by_what_brought_the_person_and_every_contact_by_what_did_then() -> None:
    found = counted(
        contact(1, origin="ad"), contact(1, contact="p1.2", origin="page"), contact(2, contact="p2.11")
    )
    assert found.first_touch == {"ad": 1}
    assert found.last_touch == {"ad": 1, "page": 1, "unknown": 1}


def test_whether_a_withheld_number_calls_for_the_first_time_nobody_knows() -> None:
    found = counted(contact(1, contact=f"{ANONYMOUS}.1", patient=ANONYMOUS, channel="voice", reason="call"))
    assert (found.first_touch, found.last_touch) == ({}, {"unknown": 1})


noted_contacts = st.builds(
    contact,
    st.integers(1, 5),
    st.none() | st.integers(0, 600),
    reason=st.sampled_from(["message", "call", "missed_call", "undelivered"]),
    channel=st.sampled_from(["whatsapp", "email", "voice"]),
    origin=st.sampled_from(["", "ad", "form"]),
    gone=st.booleans(),
)
noted_messages = st.builds(
    message,
    st.integers(1, 9),
    st.sampled_from(["inbound", "outbound"]),
    st.sampled_from(["whatsapp", "email"]),
    st.sampled_from(["p1", "p2"]),
)
facts = st.lists(noted_contacts | noted_messages, max_size=12)


@given(facts, st.randoms())
def test_the_order_of_facts_does_not_matter(some: list[folds.Fact], order: random.Random) -> None:
    shuffled = list(some)
    order.shuffle(shuffled)
    assert fold(*shuffled) == fold(*some)


@given(facts)
def test_no_part_is_ever_more_than_its_whole(some: list[folds.Fact]) -> None:
    found = counted(*some)
    assert found.answered_in_target <= kpi.answered(found)
    assert kpi.answered(found) + found.abandoned <= found.offered
    assert found.handled <= found.offered
    level = kpi.service_level(found)
    assert level is None or 0 <= level <= 1
    assert sum(found.first_touch.values()) <= sum(found.last_touch.values()) == found.offered


@given(st.lists(facts, max_size=4))
def test_what_intervals_count_together_is_the_fold_of_all_their_facts(parts: list[list[Any]]) -> None:
    totals = [fold(*part) for part in parts]
    at_once = fold(*(fact for part in parts for fact in part))
    assert together(*totals) == together(at_once)
    assert folds.channels(totals) == folds.channels([at_once])


ADDED = (
    kpi.offered,
    kpi.handled,
    kpi.waiting,
    kpi.answered,
    kpi.answered_in_target,
    kpi.wait_s_total,
    kpi.abandoned,
    kpi.messages,
)


@given(st.lists(facts, max_size=4))
def test_every_number_of_all_channels_is_the_roll_up_of_each_channels(parts: list[list[Any]]) -> None:
    totals = [fold(*part) for part in parts]
    each = [folds.whole(totals, [name]) for name in folds.channels(totals)]
    of_all = together(*totals)
    for number in ADDED:
        assert number(of_all) == sum(number(one) for one in each)
    assert of_all.patients == frozenset().union(*(one.patients for one in each))
    for rate, weight in (
        (kpi.average_wait_s, kpi.answered),
        (kpi.service_level, lambda one: kpi.answered(one) + kpi.abandoned(one)),
    ):
        weighed = sum((rate(one) or 0) * weight(one) for one in each)
        assert weighed == pytest.approx((rate(of_all) or 0) * weight(of_all), abs=0.5)
    for name, origin in kpi.origins(of_all).items():
        assert origin.first_touch.number == sum(one.first_touch.get(name, 0) for one in each)
        assert origin.last_touch.number == sum(one.last_touch.get(name, 0) for one in each)


def changed(before: Contact | None, **settings: object) -> list[ContactFact]:
    after = (before or new_contact()).model_copy(update={"version": 2, **settings})
    return contact_facts(after, before)


def test_a_new_contact_is_a_fact() -> None:
    (fact,) = contact_facts(new_contact(), None)
    assert (fact.state, fact.reason, fact.opened_at) == ("new", "message", new_contact().opened_at)


def test_a_change_that_changes_no_number_is_none() -> None:
    assert changed(new_contact(), last_text="Olá", unread=2) == []


@pytest.mark.parametrize(
    "settings",
    [
        {"state": "assigned"},
        {"answered_at": NOW},
        {"closed_at": NOW},
        {"merged_into": "p9.1"},
        {"origin": Origin(type="ad")},
        {"channel": "email"},
        {"converted": "voice"},
    ],
)
def test_a_change_that_changes_a_number_is_a_newer_fact(settings: dict[str, object]) -> None:
    (fact,) = changed(new_contact(), **settings)
    assert (fact.version, fact.gone) == (2, "merged_into" in settings)


def test_a_call_that_began_earlier_than_was_thought_leaves_the_interval_it_was_counted_in() -> None:
    thought = new_contact()
    began = thought.opened_at - timedelta(minutes=20)
    here, there = changed(thought, opened_at=began)
    assert (here.opened_at, here.gone) == (began, False)
    assert (there.opened_at, there.gone, there.version) == (thought.opened_at, True, 2)


def test_a_call_stays_one_when_its_patient_writes_later() -> None:
    (fact,) = contact_facts(new_contact().model_copy(update={"reason": "call"}), None)
    assert fact.channel == "voice"


def test_whoever_withheld_their_number_is_nobody_that_could_be_counted() -> None:
    assert counted(message(1, patient=ANONYMOUS), contact(1, patient=ANONYMOUS)).patients == frozenset()


def test_a_contact_that_we_opened_ourselves_is_nobodys_visit_to_the_desk() -> None:
    assert fold(contact(reason="undelivered")) == fold()


def leads(*facts: folds.Fact) -> dict[str, kpi.Lead]:
    return kpi.new_people(counted(*facts))


CAME = {"kind": "lead", "contact": "p1.1"}


@pytest.mark.parametrize(
    ("settings", "missed", "recovered"),
    [
        ({}, 0, 0),
        ({"answered_at": NOW}, 0, 0),
        ({"answered_at": NOW, "closed_at": NOW}, 0, 0),
        ({"closed_at": NOW}, 1, 0),
        ({"reason": "missed_call", "channel": "voice"}, 1, 0),
        ({"reason": "missed_call", "channel": "voice", "answered_at": NOW}, 1, 1),
        ({"reason": "call", "channel": "voice", "answered_at": NOW}, 0, 0),
    ],
)
def test_somebody_new_is_missed_until_a_person_reaches_them(
    settings: dict[str, Any], missed: int, recovered: int
) -> None:
    (found,) = leads(contact(**{**CAME, **settings})).values()
    assert (found.contacted, found.missed, found.recovered, found.booked) == (1, missed, recovered, 0)


@pytest.mark.parametrize(
    "settings",
    [
        {"contact": "p1.2"},
        {"kind": "patient"},
        {"kind": "caregiver"},
        {"patient": ANONYMOUS},
        {"reason": "undelivered"},
        {"gone": True},
    ],
)
def test_who_was_known_before_and_who_is_nobody_is_not_new(settings: dict[str, Any]) -> None:
    assert leads(contact(**{**CAME, **settings})) == {}


def test_somebody_new_counts_for_the_channel_by_which_they_came_whatever_they_write_by_since() -> None:
    assert list(leads(contact(channel="whatsapp", came_by="webchat"))) == ["webchat"]


def test_whoever_books_counts_for_the_channel_on_which_they_first_came() -> None:
    """K28: they called, nobody answered, and they booked weeks later by WhatsApp."""
    found = leads(contact(2, contact="p2.4", kind="lead", channel="whatsapp", converted="voice"))
    assert found == {"voice": kpi.Lead(0, 0, 0, 1, 1.0)}


def test_numbers_of_one_kind_are_those_of_its_people_alone() -> None:
    lead, known = contact(1, kind="lead"), contact(2, 60, kind="patient")
    of = ((1, "lead"), (2, "patient"), (3, ""))
    theirs = [message(n, patient=f"p{n}").model_copy(update={"kind": kind}) for n, kind in of]
    total = fold(lead, known, *theirs)
    counts = {kind: together(*folds.of_kind([total], kind)) for kind in ("lead", "patient", "unknown")}
    assert {kind: one.offered for kind, one in counts.items()} == {"lead": 1, "patient": 1, "unknown": 0}
    assert {kind: sorted(one.patients) for kind, one in counts.items()} == {
        "lead": ["p1"],
        "patient": ["p2"],
        "unknown": ["p3"],
    }
    assert together(*folds.of_kind([total], "partner")) == Counts()


def test_whatever_was_counted_before_kinds_were_is_of_unknown_people() -> None:
    old = fold(contact()).model_copy(update={"kinds": {}})
    assert together(*folds.of_kind([old], "unknown")) == together(old)
    assert together(*folds.of_kind([old], "lead")) == Counts()


@given(st.lists(st.tuples(st.sampled_from(["", "lead", "patient"]), st.booleans()), max_size=8))
def test_the_kinds_together_are_the_whole(people: list[tuple[str, bool]]) -> None:
    facts = [
        contact(n, 10 * n if answered else None, kind=kind) for n, (kind, answered) in enumerate(people, 1)
    ]
    total = fold(*facts)
    parts = [part for kind in total.kinds for part in folds.of_kind([total], kind)]
    assert together(*parts) == together(total)


def test_attempts_are_counted_by_the_part_of_the_clinics_own_weekday() -> None:
    tried = [
        {"at": NOW, "outcome": "no_answer"},  # Monday, 11:00 in São Paulo
        {"at": later(hours=8), "outcome": "reached"},
        {"at": later(hours=14), "outcome": "voicemail"},  # 01:00 there: Tuesday's first part
    ]
    found = counted(contact(1, attempts=tried), contact(2, attempts=tried[1:2]))
    assert found.tried == {"0/evening": 2, "0/morning": 1, "1/morning": 1}
    assert found.reached == {"0/evening": 2}


def test_what_was_tried_stands_in_the_fact_without_a_number_or_a_note() -> None:
    attempt = {"id": "a1", "at": NOW, "outcome": "booked", "by": "agent:ana", "note": "liga à tarde"}
    followed = {"since": NOW, "phone": "+5511987654321", "attempts": [attempt], "end": "booked"}
    contact = new_contact().model_copy(update={"follow_up": FollowUp.model_validate(followed)})
    (fact,) = contact_facts(contact, None)
    assert (fact.missed_at, fact.ended, [one.outcome for one in fact.attempts]) == (NOW, "booked", ["booked"])
    assert "5511987654321" not in fact.model_dump_json()
    assert "tarde" not in fact.model_dump_json()
