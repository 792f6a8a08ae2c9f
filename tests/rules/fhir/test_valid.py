"""What we say in FHIR is valid R4, by a library that is not ours (its R4B is R4 for these resources)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from recado.errors import Invalid, NotFound, Stale
from recado.model.schedule import AppointmentType, Practitioner, Schedule
from recado.rules.fhir import bundles, people, practice
from recado.rules.fhir.appointments import resource

from tests.rules.fhir.test_appointments import PATIENT, VISIT, subsets
from tests.samples import NOW

r4b = pytest.importorskip("fhir.resources.R4B")

WHO = Practitioner(id="p1", name="Dra. Costa", languages=("pt-BR", "en"), version=2)
KIND = AppointmentType(id="t1", name="Consulta", minutes=30)
SLOT = practice.slot("p1", KIND, datetime(2026, 11, 24, 12, 30, tzinfo=UTC), "free")


def check(document: dict[str, Any]) -> None:
    found = r4b.get_fhir_model_class(document["resourceType"]).model_validate(document)
    assert found.model_dump(mode="json", exclude_none=True)["resourceType"] == document["resourceType"]


@given(subsets)
def test_an_appointment_is_valid_whatever_is_shared_of_it(fields: frozenset[str]) -> None:
    check(people.fill_in(resource(VISIT, fields), PATIENT, fields))


@pytest.mark.parametrize(
    "document",
    [
        people.resource(PATIENT),
        practice.practitioner(WHO),
        practice.schedule(Schedule(practitioner="p1"), WHO, NOW),
        SLOT,
        bundles.capabilities("Recado", "Boa Vista", "2026-11-22"),
        bundles.outcome(Invalid("Appointment.start", "This is needed.")),
        bundles.outcome(NotFound()),
        bundles.outcome(Stale()),
        bundles.noted("Noted."),
        bundles.found([SLOT] * 3, "https://x.example/fhir/Slot", [("start", "2026")], offset=0, count=2),
        bundles.found([], "https://x.example/fhir/Slot", [], offset=0, count=2),
        bundles.answered("batch", [{"response": {"status": "200"}}]),
    ],
    ids=lambda one: str(one["resourceType"]),
)
def test_all_else_is_valid_too(document: dict[str, Any]) -> None:
    check(document)
