"""Who may take a clinic's times by themselves, and who talks to a person first."""

from __future__ import annotations

import pytest
from recado.model.contact_point import ContactPoint
from recado.model.tenant import Account
from recado.store import appointments, patients, tenants, waiting

from tests.cloud import Cloud
from tests.talks import ALWAYS, TENANT, Talk, bot_on, practice

PHONE = ContactPoint(system="phone", value="+5511900000009")
BOOK = "quero marcar uma consulta"


@pytest.fixture
def visitor(clinic: Cloud) -> Talk:
    """Somebody on the clinic's page, who has said hello."""
    tenants.save_account(TENANT, Account(tenant=TENANT, channel="webchat", id="551130000001"))
    bot_on(hours=ALWAYS)
    practice()
    talk = Talk("webchat", "v-4f1d7c90b82e63a5")
    talk.says("Oi")
    return talk


@pytest.mark.parametrize("wish", [BOOK, "quero entrar na lista de espera"])
def test_a_visitor_takes_no_time_and_no_place_on_the_list(visitor: Talk, wish: str) -> None:
    visitor.says(wish)
    assert visitor.contact.agent == "ana"
    assert appointments.of_patient(TENANT, visitor.patient) == []
    assert waiting.of_patient(TENANT, visitor.patient) == []


def test_once_the_clinic_has_their_number_they_may(visitor: Talk) -> None:
    known = patients.get(TENANT, visitor.patient)
    points = (*known.contact_points, PHONE)
    patients.put(TENANT, known.model_copy(update={"contact_points": points}))
    assert visitor.says(BOOK).startswith("Estes horários estão livres.")
    visitor.says("1")
    assert len(appointments.of_patient(TENANT, visitor.patient)) == 1
