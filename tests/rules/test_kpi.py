"""What happened, folded into numbers."""

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.contact import Contact
from recado.model.interval import ContactFact, IntervalTotal, MessageFact, Messages, Now, interval_of
from recado.model.patient import ANONYMOUS
from recado.rules import kpi

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


def fold(*facts: kpi.Fact) -> IntervalTotal:
    return kpi.fold(interval_of(NOW), facts, BOAVISTA)


def test_an_interval_without_facts_is_empty() -> None:
    assert fold() == IntervalTotal(start=interval_of(NOW))


def test_a_contact_that_nobody_has_is_offered_and_waits() -> None:
    total = fold(contact(state="new"), contact(2))
    assert (total.offered, total.waiting, total.handled, total.answered) == (2, 2, 0, 0)


@pytest.mark.parametrize(("wait_s", "in_target"), [(0, 1), (300, 1), (301, 0)])
def test_a_message_is_in_target_up_to_the_clinics_seconds(wait_s: int, in_target: int) -> None:
    total = fold(contact(wait_s=wait_s))
    assert (total.answered, total.answered_in_target, total.wait_s_total) == (1, in_target, wait_s)


@pytest.mark.parametrize(("wait_s", "in_target"), [(20, 1), (21, 0)])
def test_a_call_has_a_target_of_its_own(wait_s: int, in_target: int) -> None:
    total = fold(contact(wait_s=wait_s, channel="voice", reason="call"))
    assert (total.answered, total.answered_in_target) == (1, in_target)


def test_what_is_closed_without_an_answer_is_handled_but_not_answered() -> None:
    total = fold(contact(state="closed", closed_at=later(hours=1)))
    assert (total.handled, total.answered, total.waiting, total.wait_s_total) == (1, 0, 0, 0)


def test_a_missed_call_is_abandoned_even_when_it_is_called_back() -> None:
    total = fold(contact(wait_s=10, channel="voice", reason="missed_call"))
    assert (total.offered, total.abandoned, total.answered, total.handled) == (1, 1, 0, 1)


def test_a_contact_that_counts_elsewhere_does_not_count_here() -> None:
    assert fold(contact(gone=True)) == fold()


def test_an_answer_before_the_question_waited_no_time() -> None:
    assert fold(contact(wait_s=-5)).wait_s_total == 0


def test_people_are_counted_once_and_only_those_who_were_heard() -> None:
    total = fold(
        contact(1), message(1), message(2), message(3, patient="p2"), message(4, "outbound", patient="p3")
    )
    assert total.patients == {"p1", "p2"}


def test_messages_are_counted_by_channel_and_direction() -> None:
    total = fold(message(1), message(2, "outbound"), message(3), message(4, channel="voice"))
    assert total.messages == {
        "voice": Messages(inbound=1, outbound=0),
        "whatsapp": Messages(inbound=2, outbound=1),
    }


facts = st.lists(
    st.builds(
        contact,
        st.integers(1, 5),
        st.none() | st.integers(0, 600),
        reason=st.sampled_from(["message", "call", "missed_call"]),
        gone=st.booleans(),
    )
    | st.builds(message, st.integers(1, 9), st.sampled_from(["inbound", "outbound"])),
    max_size=12,
)


@given(facts, st.randoms())
def test_the_order_of_facts_does_not_matter(some: list[kpi.Fact], order: random.Random) -> None:
    shuffled = list(some)
    order.shuffle(shuffled)
    assert fold(*shuffled) == fold(*some)


@given(facts)
def test_no_part_is_ever_more_than_its_whole(some: list[kpi.Fact]) -> None:
    total = fold(*some)
    assert total.answered_in_target <= total.answered
    assert total.answered + total.abandoned <= total.offered
    assert total.handled <= total.offered
    level = kpi.service_level([total])
    assert level is None or 0 <= level <= 1


@given(st.lists(facts, max_size=4))
def test_sums_over_intervals_are_the_fold_of_all_and_people_are_a_union(parts: list[list[Any]]) -> None:
    totals = [fold(*part) for part in parts]
    whole = fold(*(fact for part in parts for fact in part))
    for sum_of in (kpi.offered, kpi.handled, kpi.waiting, kpi.answered, kpi.abandoned, kpi.wait_s_total):
        assert sum_of(totals) == sum_of([whole])
    assert kpi.messages(totals) == kpi.messages([whole])
    assert (
        kpi.unique_records(totals) == kpi.unique_records([whole]) <= sum(one.unique_records for one in totals)
    )


def test_the_average_wait_is_over_those_who_were_answered() -> None:
    totals = [fold(contact(1, 10), contact(2)), fold(contact(3, 25))]
    assert kpi.average_wait_s(totals) == 17.5


def test_the_service_level_counts_whoever_gave_up_against_the_clinic() -> None:
    totals = [fold(contact(1, 10), contact(2, 400), contact(3, reason="missed_call", channel="voice"))]
    assert kpi.service_level(totals) == 0.3333


def test_with_nothing_to_divide_by_there_is_no_number() -> None:
    assert (kpi.average_wait_s([]), kpi.service_level([fold(contact())])) == (None, None)


def test_every_kpi_has_its_own_id_a_version_and_a_source() -> None:
    assert len({one.id for one in kpi.KPIS}) == len(kpi.KPIS)
    assert all(one.version >= 1 and one.source and one.formula.__doc__ for one in kpi.KPIS)


def changed(before: Contact | None, **settings: object) -> list[ContactFact]:
    after = (before or new_contact()).model_copy(update={"version": 2, **settings})
    return kpi.contact_facts(after, before)


def test_a_new_contact_is_a_fact() -> None:
    (fact,) = kpi.contact_facts(new_contact(), None)
    assert (fact.state, fact.reason, fact.opened_at) == ("new", "message", new_contact().opened_at)


def test_a_change_that_changes_no_number_is_none() -> None:
    assert changed(new_contact(), last_text="Olá", unread=2) == []


@pytest.mark.parametrize(
    "settings", [{"state": "assigned"}, {"answered_at": NOW}, {"closed_at": NOW}, {"merged_into": "p9.1"}]
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
    (fact,) = kpi.contact_facts(new_contact().model_copy(update={"reason": "call"}), None)
    assert fact.channel == "voice"


def waits(number: int, minutes: int | None, state: str = "waiting") -> Contact:
    since = NOW - timedelta(minutes=minutes or 0)
    return new_contact().model_copy(update={"number": number, "state": state, "waiting_since": since})


def test_the_desk_now_is_who_waits_since_when_and_who_is_looked_after() -> None:
    standing = kpi.standing([waits(1, 3), waits(2, 7, "new"), waits(3, 90, "assigned")], NOW)
    assert standing == Now(waiting=2, assigned=1, oldest_wait_s=420)


def test_when_nobody_waits_there_is_no_longest_wait() -> None:
    assert kpi.standing([waits(1, 3, "assigned")], NOW).oldest_wait_s is None


def test_whoever_withheld_their_number_is_nobody_that_could_be_counted() -> None:
    assert fold(message(1, patient=ANONYMOUS), contact(1, patient=ANONYMOUS)).patients == frozenset()


def test_a_contact_that_we_opened_ourselves_is_nobodys_visit_to_the_desk() -> None:
    assert fold(contact(reason="undelivered")) == fold()
