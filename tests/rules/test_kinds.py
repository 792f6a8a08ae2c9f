"""What somebody is to the clinic."""

from __future__ import annotations

import pytest
from recado.errors import Conflict, Invalid
from recado.model.patient import ANONYMOUS, Kind, Patient
from recado.rules.kinds import admitted, became, set_to
from recado.rules.told import tell

from tests.samples import NOW, later


def somebody(kind: Kind = "lead", own_id: str = "p1") -> Patient:
    return Patient(id=own_id, name="Mari", kind=kind, created_at=NOW)


def test_a_lead_becomes_a_patient_once_and_whoever_is_more_than_a_lead_stays_it() -> None:
    patient = became(somebody(), later(days=1))
    assert (patient.kind, patient.became) == ("patient", later(days=1))
    assert became(patient, later(days=2)) is patient
    assert became(somebody("member"), NOW) == somebody("member")


def test_whom_the_desk_books_is_a_patient_by_the_name_that_it_knows_them_by() -> None:
    patient = admitted(somebody(), "Maria Silva", "es", NOW, author="agent:ana")
    assert (patient.kind, patient.name, patient.language) == ("patient", "Maria Silva", "es")
    assert patient.told["name"].source == "agent:ana"
    again = admitted(patient, "maria silva", None, NOW, author="agent:bruno")
    assert again is patient


def test_the_desk_s_name_for_whom_another_system_knows_by_another_overwrites_nothing() -> None:
    imported = tell(Patient(id="p2", kind="patient", created_at=NOW), {"name": "Ana Lima"}, "ehr", NOW)
    after = admitted(imported, "Ana Souza", None, NOW, author="agent:ana")
    assert (after.name, [one.value for one in after.disputes]) == ("Ana Lima", ["Ana Souza"])


def test_what_they_are_can_be_said_and_a_conversion_by_that_is_one() -> None:
    member = set_to(somebody(), "member", NOW)
    assert (member.kind, member.became) == ("member", NOW)
    assert set_to(member, "patient", later(days=1)).became == NOW
    assert set_to(member, "lead", later(days=1)).became is None
    assert set_to(somebody(), "partner", NOW).became is None
    assert set_to(member, "member", later(days=1)) is member


def test_who_is_nobody_is_nothing_to_the_clinic() -> None:
    for nobody in (somebody("household"), somebody(own_id=ANONYMOUS)):
        with pytest.raises(Conflict):
            set_to(nobody, "patient", NOW)
    with pytest.raises(Invalid) as refused:
        set_to(somebody(), "household", NOW)
    assert refused.value.field == "kind"
