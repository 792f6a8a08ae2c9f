"""A visit as FHIR: what is not shared is not there."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.appointment import Identifier
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient, Told
from recado.rules.fhir.appointments import ALL, resource
from recado.rules.fhir.people import fill_in

from tests.rules.test_notices import visit
from tests.samples import NOW

VISIT = visit(
    patient="pCanary",
    patient_name="name-canary",
    practitioner="practitioner-canary",
    practitioner_id="dr-canary",
    type="type-canary",
    location="location-canary",
    minutes=41,
    confirmation="confirmed",
    identifiers=(Identifier(system="urn:identifier-canary", value="v"),),
    version=3,
)
PATIENT = Patient(
    id="pCanary",
    name="name-canary",
    created_at=NOW,
    contact_points=(ContactPoint(system="phone", value="+5511900000042"),),
    told={"birth_date": Told(value="1984-03-25", source="agent:ana", at=NOW)},
)
SIGNS = {
    "identifier": ["identifier-canary"],
    "start": ["2026-11-30T14:00"],
    "end": ["2026-11-30T14:41", "minutesDuration"],
    "practitioner": ["practitioner-canary", "dr-canary"],
    "type": ["type-canary"],
    "location": ["location-canary"],
    "confirmation": [],
    "created": ['"created"'],
    "patient": ["pCanary"],
    "patient.name": ["name-canary"],
    "patient.telecom": ["+5511900000042"],
    "patient.birthDate": ["1984-03-25"],
}
"""What of the text gives a field away."""

subsets = st.frozensets(st.sampled_from(sorted(ALL)))


def test_every_field_that_can_be_shared_is_looked_for() -> None:
    assert SIGNS.keys() == ALL


@given(subsets)
def test_what_is_not_named_never_leaves_and_what_is_named_does(fields: frozenset[str]) -> None:
    sent = json.dumps(fill_in(resource(VISIT, fields), PATIENT, fields))
    for field, signs in SIGNS.items():
        for sign in signs:
            assert (sign in sent) == (field in fields), field
    assert "5511987654321" not in sent, "where we write to is nobody else's business"
    assert ("accepted" in json.dumps(resource(VISIT, fields)["participant"][0])) == ("confirmation" in fields)


@given(subsets)
def test_id_version_and_state_are_always_told_and_fhirs_own_rules_hold(fields: frozenset[str]) -> None:
    made = fill_in(resource(VISIT, fields), PATIENT, fields)
    assert (made["id"], made["meta"]["versionId"], made["status"]) == ("avisit", "3", "booked")
    assert ("start" in made) != ("_start" in made)
    assert ("end" in made) != ("_end" in made)
    for one in made["participant"]:
        assert one.get("type") or one.get("actor")
        if one.get("actor", {}).get("reference", "").startswith("#"):
            assert [held["id"] for held in made["contained"]] == ["patient"]


@pytest.mark.parametrize(
    ("confirmation", "status"),
    [("none", "needs-action"), ("confirmed", "accepted"), ("declined", "declined")],
)
def test_the_patients_word_is_their_participation(confirmation: str, status: str) -> None:
    made = resource(VISIT.model_copy(update={"confirmation": confirmation}))
    assert made["participant"][0]["status"] == status
