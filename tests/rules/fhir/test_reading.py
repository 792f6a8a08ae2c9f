"""What other systems say in FHIR: what we say ourselves is understood, and no document breaks the reading."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Invalid, NotFound
from recado.model.appointment import AppointmentStatus, Identifier
from recado.rules.fhir import reading, search, transactions
from recado.rules.fhir.appointments import resource
from recado.rules.fhir.practice import slot_id, slot_of

from tests.rules.test_notices import visit

names = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=80)


@given(
    st.builds(
        visit,
        status=st.sampled_from(get_args(AppointmentStatus)),
        confirmation=st.sampled_from(["none", "confirmed"]),
        minutes=st.integers(1, 1440),
        start=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
            lambda at: at.replace(microsecond=0)
        ),
        practitioner=names,
        type=names,
        identifiers=st.tuples(st.builds(Identifier, system=names, value=names)),
        version=st.integers(1, 1000),
    )
)
def test_what_we_say_of_a_visit_is_what_we_read_of_it(known: Any) -> None:
    told = reading.visit(resource(known))
    assert (told.system, told.value) == (known.identifiers[0].system, known.identifiers[0].value)
    assert datetime.fromisoformat(told.start) == known.start
    assert (told.minutes, told.status) == (known.minutes, known.status)
    assert (told.practitioner, told.type) == (known.practitioner, known.type)
    assert told.patient.id == known.patient
    assert told.confirmed == (known.confirmation == "confirmed")


ELEMENTS = [
    *("resourceType", "status", "identifier", "system", "value", "start", "end", "participant", "actor"),
    *("reference", "display", "type", "contained", "id", "name", "telecom", "given", "family", "text"),
    *("meta", "lastUpdated", "slot", "minutesDuration", "serviceType", "coding", "entry", "request", "url"),
    *("method", "resource", "fullUrl"),
]
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(ELEMENTS) | st.text(max_size=5),
            inner
            | st.sampled_from(
                ["Appointment", "Bundle", "Patient", "batch", "booked", "POST", "#a", "Slot/a.b.c"]
            ),
            max_size=8,
        )
    ),
    max_leaves=25,
)


@given(json, st.booleans())
def test_any_document_is_understood_or_refused_with_the_element_at_fault(document: Any, named: bool) -> None:
    if named and isinstance(document, dict):
        document = {**document, "resourceType": "Appointment", "status": "booked"}
    with suppress(NotFound):
        try:
            reading.visit(document)
        except Invalid as refused:
            assert refused.field  # noqa: PT017 - either outcome is right


@given(json)
def test_any_patient_is_understood(document: Any) -> None:
    if isinstance(document, dict):
        assert reading.told_patient({"name": [document], "telecom": document, "identifier": [document]})
        assert reading.told_patient({"name": [{"given": document, "family": document}]})


@given(json)
def test_any_bundle_is_understood_or_refused(document: Any) -> None:
    bundle = {"resourceType": "Bundle", "type": "batch", "entry": document}
    with suppress(Invalid):
        transactions.steps(bundle)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_slots_id_names_it(at: datetime) -> None:
    begins = at.replace(second=0, microsecond=0)
    assert slot_of(slot_id("who", "kind", begins)) == ("who", "kind", begins)


@pytest.mark.parametrize("odd", ["", "a", "a.b", "a.b.c", "a.b.20261124", "a.b.20269924T0930Z", "a.b.c.d"])
def test_what_is_no_slots_id_is_none(odd: str) -> None:
    with pytest.raises(NotFound):
        slot_of(odd)


@pytest.mark.parametrize(
    ("given", "since", "until"),
    [
        (["2026-11-24"], "2026-11-24T03:00", "2026-11-25T03:00"),
        (["ge2026-11-24", "lt2026-11-26"], "2026-11-24T03:00", "2026-11-26T03:00"),
        (["gt2026-11-24", "le2026-11-26"], "2026-11-25T03:00", "2026-11-27T03:00"),
        (["ge2026-11-24T09:30:00Z"], "2026-11-24T09:30", None),
        (["ge2026-11-24T09:30:00 01:00"], "2026-11-24T08:30", None),
        (["lt2026-11-24T09:30"], None, "2026-11-24T12:30"),
    ],
)
def test_dates_are_days_of_the_clinics_and_instants_are_instants(
    given: list[str], since: str | None, until: str | None
) -> None:
    found = search.period("date", given, "America/Sao_Paulo")
    shown = [one and one.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") for one in found]
    assert shown == [since, until]


@given(st.text(max_size=40))
def test_any_date_is_understood_or_refused(text: str) -> None:
    with suppress(Invalid):
        found = search.period("date", [text], "America/Sao_Paulo")
        assert found.holds(datetime.max.replace(tzinfo=UTC) - timedelta(days=2)) in (True, False)
