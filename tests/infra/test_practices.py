"""The demo clinics can be booked, and self-service answers in one of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from recado.actions.find_slots import Wanted, find_slots
from recado.rules.knowledge import answer_to
from recado.store import articles, schedules, tenants

from infra.local import clinics, practices
from infra.local.seed import write_clinics

NOW = datetime.now(UTC)
KINDS = {"boavista": ("consulta",), "delsol": ("consulta",), "aurora": ("visita", "consulto")}


@pytest.fixture(autouse=True)
def _written(clinic: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORIGINS", "http://127.0.0.1:8080")
    write_clinics()
    write_clinics()


def test_patients_of_a_demo_clinic_find_a_time_with_each_practitioner() -> None:
    until = NOW + timedelta(days=10)
    for clinic_id, kinds in KINDS.items():
        wanted = [Wanted(kind, None, NOW, until) for kind in kinds]
        found = [slot for one in wanted for slot in find_slots(clinic_id, one, NOW, by_patient=True)]
        names = clinics.clinic(clinic_id).practitioners  # type: ignore[union-attr]
        assert {one.practitioner.name for one in found} == set(names)


def test_what_is_written_last_is_written() -> None:
    clinic_id, practitioner = practices.LAST
    assert list(schedules.practice(clinic_id).schedules)
    assert practices.PRACTITIONERS[clinic_id][-1]["id"] == practitioner
    assert clinics.CLINICS[-1].id == clinic_id


def test_self_service_is_on_in_one_and_knows_the_price() -> None:
    assert [one for one in KINDS if tenants.fresh(one).bot == "on"] == ["aurora"]
    found = answer_to("quanto costa la visita", articles.everything("aurora"), "it", NOW.date())
    assert found
    assert "90 €" in found.article.answer
