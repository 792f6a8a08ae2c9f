"""The demo clinics can be booked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.find_slots import Wanted, find_slots
from recado.store import schedules

from infra.local import clinics, practices
from infra.local.seed import write_practice
from tests.samples import NOW


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize("clinic_id", ["boavista", "delsol"])
def test_patients_of_a_demo_clinic_find_a_time_with_each_practitioner(clinic_id: str) -> None:
    write_practice(clinic_id)
    write_practice(clinic_id)
    wanted = Wanted("consulta", None, NOW, NOW + timedelta(days=7))
    found = find_slots(clinic_id, wanted, NOW, by_patient=True)
    assert {one.practitioner.name for one in found} == set(clinics.clinic(clinic_id).practitioners)  # type: ignore[union-attr]


@pytest.mark.usefixtures("clinic")
def test_what_is_written_last_is_written() -> None:
    clinic_id, practitioner = practices.LAST
    write_practice(clinic_id)
    assert list(schedules.practice(clinic_id).schedules)
    assert practices.PRACTITIONERS[clinic_id][-1]["id"] == practitioner
    assert clinics.CLINICS[-1].id == clinic_id
