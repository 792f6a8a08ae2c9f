"""No account, and nobody, is sent more at once than the provider takes."""

from __future__ import annotations

import pytest
from recado.actions.deliver import deliver
from recado.actions.pace import pace
from recado.channels import channel
from recado.model.patient import Patient
from recado.rules.rates import LONGEST_WAIT, WORKERS
from recado.rules.reach import Route
from recado.store import contacts, patients

from tests.actions.test_deliver import heard
from tests.actions.test_record import outbound
from tests.provider import Provider
from tests.samples import NOW, PHONE, WHATSAPP, later

pytestmark = pytest.mark.usefixtures("clinic", "provider")
TRAITS = channel("whatsapp").TRAITS
MARIA = Route("whatsapp", WHATSAPP["boavista"], PHONE)


def others(number: int) -> list[Route]:
    """So many other people on the same account."""
    return [MARIA._replace(address=f"55{index}") for index in range(number)]


def exhaust() -> None:
    """Send Maria as much as she may be sent by NOW and ten seconds, slowly enough for the account."""
    for number in range(TRAITS.recipient_burst):
        pace("boavista", MARIA, later(seconds=number / 5))
    while pace("boavista", MARIA, later(seconds=10)) <= LONGEST_WAIT:
        pass


def test_a_worker_sends_its_share_of_the_accounts_burst_at_once_and_then_waits_its_turn() -> None:
    at_once = TRAITS.burst // WORKERS
    waits = [pace("boavista", one, NOW) for one in others(at_once + 2)]
    assert waits[:at_once] == [0] * at_once
    assert waits[at_once:] == pytest.approx([WORKERS / 80, 2 * WORKERS / 80])


def test_one_person_is_sent_one_in_six_seconds_after_a_burst() -> None:
    exhaust()
    assert pace("boavista", MARIA, later(seconds=10)) > LONGEST_WAIT
    assert pace("boavista", others(1)[0], later(seconds=10)) == 0


def test_who_is_put_off_has_taken_nobodys_place() -> None:
    exhaust()
    waits = {pace("boavista", MARIA, later(seconds=10)) for _ in range(5)}
    assert len(waits) == 1
    assert pace("boavista", MARIA, later(seconds=10 + waits.pop())) <= LONGEST_WAIT


def test_one_clinics_haste_is_not_anothers_wait() -> None:
    for one in others(TRAITS.burst):
        pace("boavista", one, NOW)
    assert pace("delsol", MARIA, NOW) == 0


def test_a_channel_that_names_no_limit_has_none() -> None:
    assert {pace("boavista", Route("webform", "1", "x"), NOW) for _ in range(100)} == {0}


def test_a_message_whose_turn_is_far_off_is_put_off_and_goes_then(provider: Provider) -> None:
    patients.put("boavista", Patient(id="p1", created_at=NOW))
    heard()
    exhaust()
    outbound(state="queued", text="Bom dia")
    deliver("boavista", "ours", later(seconds=10))
    waiting = contacts.find_communication("boavista", "ours")
    assert waiting
    assert (waiting.state, waiting.attempts, provider.taken) == ("queued", 0, [])
    assert waiting.due_at == waiting.not_before
    assert waiting.due_at
    deliver("boavista", "ours", waiting.due_at)
    assert len(provider.taken) == 1
