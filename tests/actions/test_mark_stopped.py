"""However somebody stops us: it counts, by the day and what they were written (K41)."""

from __future__ import annotations

from typing import Any

import pytest
from recado.actions.note_consent import note_consent
from recado.actions.respond import respond
from recado.model.patient import Purpose
from recado.rules.facts import message_facts
from recado.store import contacts

from tests.talks import Talk, bot_on
from tests.visits import FIRST, SECOND, booked, reminded, said, written

pytestmark = pytest.mark.usefixtures("clinic")


def stopped(patient: str) -> list[str]:
    """The purposes of the messages by which it counts that they stopped."""
    found, _ = contacts.timeline("boavista", patient)
    facts = [fact for one in found for fact in message_facts(one, None)]
    return [fact.purpose for fact in facts if fact.stopped]


@pytest.mark.parametrize("purpose", ["care", "marketing"])
def test_what_the_desk_notes_counts_by_the_last_that_we_began(purpose: Purpose) -> None:
    visit = booked()
    reminded(FIRST)
    reminded(SECOND)
    asked: dict[str, Any] = {"purposes": [purpose], "note": "pediu"}
    for once in ("a", "a", "b"):
        note_consent("boavista", "ana", visit.patient, SECOND, action="stop", once=once, **asked)
    assert [one.stops for one in written(visit.patient, "reminder")] == [None, True]
    assert stopped(visit.patient) == ["reminder"]


def test_a_start_stops_nothing_and_who_was_never_written_to_is_nobody_s_loss() -> None:
    visit = booked()
    note_consent("boavista", "ana", visit.patient, FIRST, action="stop", purposes=["care"], note="pediu")
    reminded(FIRST)
    note_consent("boavista", "ana", visit.patient, SECOND, action="start", purposes=["care"], note="quer")
    assert stopped(visit.patient) == []


def test_a_word_in_a_contact_that_stays_open_counts() -> None:
    visit = booked()
    reminded(FIRST)
    said("Preciso de uma receita, por favor", "wamid.1", FIRST)
    contact, _ = said("PARAR", "wamid.2", FIRST)
    respond("boavista", contact.id, FIRST)
    assert contacts.get_contact("boavista", contact.id).state != "closed"
    assert len(stopped(visit.patient)) == 1


def test_who_says_so_to_self_service_counts_by_the_last_that_we_began() -> None:
    bot_on()
    visit = booked()
    reminded(FIRST)
    talk = Talk()
    talk.now = FIRST
    talk.says("Não quero mais receber essas mensagens de vocês")
    talk.says("Sim")
    assert stopped(visit.patient) == ["reminder"]
