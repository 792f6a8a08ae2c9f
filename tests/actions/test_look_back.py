"""What is said to somebody arrives in the order in which it was said, whatever its provider puts off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recado.actions.deliver import claim, deliver
from recado.actions.look_back import look_back
from recado.model.communication import Communication, TemplateMessage
from recado.model.patient import Patient
from recado.model.record import iso
from recado.rules.sending import ANSWER_WITHIN, LEASE, MAX_ATTEMPTS, comes_first
from recado.store import contacts, patients
from recado.store.due import page as due_page

from tests.actions.test_deliver import heard
from tests.actions.test_record import outbound
from tests.counter import counted
from tests.provider import Provider, Refusal
from tests.samples import NOW, later

pytestmark = pytest.mark.usefixtures("clinic", "provider")
BUSY, SHUT = 130429, 131047


def queued(own_id: str, number: int, **known: Any) -> Communication:
    moment = f"{iso(NOW)}#{number:06d}"
    return outbound(
        **{
            "id": own_id,
            "text": own_id,
            "moment": moment,
            "state": "queued",
            "due_at": later(minutes=1),
            **known,
        }
    )


def two(**known: Any) -> None:
    """Two answers, the first of which is put off by its provider."""
    heard()
    queued("first", 1)
    queued("second", 2, **known)


def found(own_id: str) -> Communication:
    stored = contacts.find_communication("boavista", own_id)
    assert stored is not None
    return stored


def sweep(now: datetime) -> None:
    for one in sorted(due_page("boavista", now).communications, key=lambda one: one.moment):
        deliver("boavista", one.id, now)


def arrived(provider: Provider) -> list[str]:
    return [one["text"]["body"] for one in provider.taken]


def test_the_second_answer_waits_until_the_first_has_gone(provider: Provider) -> None:
    two()
    provider.script.append(Refusal(BUSY))
    for own_id in ("first", "second"):
        deliver("boavista", own_id, NOW)
    assert (arrived(provider), found("second").state) == ([], "queued")
    assert found("second").due_at == found("first").due_at
    sweep(later(minutes=1))
    assert arrived(provider) == ["first", "second"]


def test_a_third_that_comes_when_the_first_has_gone_still_waits_for_the_second(provider: Provider) -> None:
    two()
    provider.script.append(Refusal(BUSY))
    for own_id in ("first", "second"):
        deliver("boavista", own_id, NOW)
    queued("third", 3)
    deliver("boavista", "first", later(seconds=4))
    deliver("boavista", "third", later(seconds=4))
    assert arrived(provider) == ["first"]
    sweep(later(minutes=1))
    assert arrived(provider) == ["first", "second", "third"]


def test_it_goes_once_the_first_has_failed_for_good(provider: Provider) -> None:
    two()
    provider.script.extend([Refusal(BUSY), Refusal(SHUT)])
    deliver("boavista", "first", NOW)
    deliver("boavista", "second", NOW)
    sweep(later(minutes=1))
    assert (found("first").state, arrived(provider)) == ("failed", ["second"])


def test_what_a_dead_worker_had_in_hand_holds_up_no_longer_than_its_lease(provider: Provider) -> None:
    two()
    assert claim("boavista", "first", NOW) is not None
    deliver("boavista", "second", NOW)
    assert arrived(provider) == []
    sweep(NOW + LEASE)
    assert (found("first").state, arrived(provider)) == ("unknown", ["second"])


def test_a_first_that_is_never_looked_at_again_holds_up_none_once_it_is_stale(provider: Provider) -> None:
    heard()
    queued("first", 1, not_after=later(hours=1))
    queued("second", 2)
    deliver("boavista", "second", later(hours=1, seconds=1))
    assert (found("first").state, arrived(provider)) == ("queued", ["second"])


def test_however_often_a_provider_refuses_all_are_settled_in_their_order(provider: Provider) -> None:
    two()
    provider.script.extend([Refusal(BUSY)] * MAX_ATTEMPTS)
    for minutes in range(120):
        sweep(later(minutes=minutes))
    assert (found("first").state, arrived(provider)) == ("failed", ["second"])


def test_a_reminder_is_held_up_by_none_and_holds_up_none(provider: Provider) -> None:
    patients.put("boavista", Patient(id="p1", created_at=NOW))
    template = TemplateMessage(name="reminder_24h", language="pt-BR", parameters={"name": "Maria"})
    two(purpose="reminder", template=template, not_after=later(hours=20))
    queued("third", 3)
    provider.script.extend([Refusal(BUSY), Refusal(BUSY)])
    deliver("boavista", "first", NOW)
    deliver("boavista", "second", NOW)
    assert found("second").attempts == 1
    deliver("boavista", "first", later(seconds=4))
    deliver("boavista", "third", later(seconds=4))
    assert (found("second").state, arrived(provider)) == ("queued", ["first", "third"])


@pytest.mark.parametrize("other", [{"patient": "p2"}, {"address": "5511900000000"}])
def test_nobody_elses_message_nor_one_to_another_address_is_waited_for(other: dict[str, str]) -> None:
    queued("first", 1, **other)
    assert look_back("boavista", queued("second", 2), NOW) is None


def test_the_account_of_another_provider_at_the_same_address_is_waited_for() -> None:
    queued("first", 1, channel="twilio_whatsapp", account="551130000001")
    waited_for = look_back("boavista", queued("second", 2), NOW)
    assert waited_for is not None
    assert waited_for.id == "first"


def test_an_answer_costs_one_query_and_all_else_none() -> None:
    queued("done", 1, state="sent", due_at=None)
    with counted() as calls:
        assert look_back("boavista", queued("second", 2), NOW) is None
    assert calls[1:] == ["Query"]
    with counted() as calls:
        look_back("boavista", queued("third", 3, purpose="reminder"), NOW)
    assert calls[1:] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["queued", "claimed", "sent", "failed"])), min_size=2
    ),
    st.integers(0, 30),
)
def test_no_two_answers_wait_for_one_another(rows: list[tuple[int, str]], hours: int) -> None:
    sample = Communication.model_validate(
        {
            "id": "m",
            "patient": "p1",
            "channel": "whatsapp",
            "account": "1",
            "address": "2",
            "direction": "outbound",
            "kind": "text",
            "author": "recado",
            "state": "queued",
            "at": NOW,
            "moment": "m",
        }
    )
    all_of_them = [sample.model_copy(update={"moment": str(at), "state": state}) for at, state in rows]
    now = NOW + timedelta(hours=hours)
    for one in all_of_them:
        for other in all_of_them:
            assert not (comes_first(one, other, now) and comes_first(other, one, now))
            queued_and_old = one.state == "queued" and now > NOW + ANSWER_WITHIN
            assert not (queued_and_old and comes_first(one, other, now))
