"""Who is in a segment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from recado.errors import Conflict, Invalid
from recado.model.appointment import Appointment
from recado.model.patient import Patient, Told
from recado.model.segment import Query, Segment
from recado.rules import segments as rules

from tests.rules.test_experiments import visit
from tests.samples import NOW

TODAY = date(2026, 11, 23)
WAS: dict[str, Any] = {"nothing_booked": False}


def patient(born: str | None = None, **known: Any) -> Patient:
    told = {"birth_date": Told(value=born, source="ehr", at=NOW)} if born else {}
    return Patient.model_validate({"id": "p1", "created_at": NOW, "kind": "patient", "told": told, **known})


def seen(days_ago: int, status: str = "fulfilled", type_id: str | None = None) -> Appointment:
    """A visit so many days ago, or to come."""
    start = NOW - timedelta(days=days_ago)
    return visit("p1", status).model_copy(update={"start": start, "type_id": type_id})


@pytest.mark.parametrize(
    ("born", "inside"),
    [
        ("1976-11-23", True),
        ("1976-11-24", False),
        ("1966-11-24", True),
        ("1965-11-23", False),
        (None, False),
        ("long ago", False),
    ],
    ids=["fifty today", "fifty tomorrow", "fifty-nine", "sixty-one", "unknown", "unreadable"],
)
def test_an_age_is_in_whole_years_and_who_has_none_is_in_no_such_group(
    born: str | None, *, inside: bool
) -> None:
    query = Query(age_from=50, age_to=60)
    assert rules.may_be_in(query, patient(born), "es", TODAY) is inside


@pytest.mark.parametrize(
    ("known", "inside"),
    [
        ({}, True),
        ({"kind": "lead"}, False),
        ({"person": "p0"}, False),
        ({"language": "ca"}, False),
        ({"language": "es"}, True),
    ],
    ids=["the clinic's language", "a lead", "another record of a person", "another language", "this one"],
)
def test_kind_and_language_say_who_may_be_in_it(known: dict[str, Any], *, inside: bool) -> None:
    assert rules.may_be_in(Query(languages=("es",)), patient(**known), "es", TODAY) is inside


@pytest.mark.parametrize(
    ("query", "visits", "inside"),
    [
        ({"seen_before_days": 365}, [seen(365)], True),
        ({"seen_before_days": 365}, [seen(364)], False),
        ({"seen_before_days": 365}, [], False),
        ({"seen_before_days": 365}, [seen(400), seen(10)], False),
        ({"seen_before_days": 365}, [seen(400), seen(10, "noshow")], True),
        ({"seen_before_days": 30, "seen_within_days": 60}, [seen(45)], True),
        ({"seen_within_days": 60}, [seen(61)], False),
        ({"type_id": "t1"}, [seen(10, type_id="t1")], True),
        ({"type_id": "t1"}, [seen(10, type_id="t2")], False),
        ({"missed_last": True}, [seen(20), seen(10, "noshow")], True),
        ({"missed_last": True}, [seen(20, "noshow"), seen(10)], False),
        ({"missed_last": True}, [seen(10, "noshow"), seen(5, "cancelled")], True),
    ],
)
def test_visits_say_who_is_in_it(query: dict[str, Any], visits: list[Appointment], *, inside: bool) -> None:
    assert rules.is_in(Query(**query, **WAS), visits, NOW) is inside


def test_who_has_a_visit_to_come_is_left_in_peace_of_whatever_type_it_is() -> None:
    query = Query(seen_before_days=365, type_id="t1")
    past, to_come = seen(400, type_id="t1"), seen(-5, "booked", "t2")
    assert rules.is_in(query, [past], NOW)
    assert not rules.is_in(query, [past, to_come], NOW)
    assert rules.is_in(query, [past, seen(-5, "cancelled", "t2")], NOW)


@pytest.mark.parametrize(("query", "asks"), [(WAS, False), ({}, True), ({**WAS, "type_id": "t1"}, True)])
def test_only_a_question_about_visits_reads_them(query: dict[str, Any], *, asks: bool) -> None:
    assert rules.asks_visits(Query(**query)) is asks


def test_two_segments_cannot_have_one_name() -> None:
    known = [Segment(id="g1", name="Um ano", query=Query(), created_at=NOW, created_by="role:admin")]
    rules.refuse_many(known, "Dois anos")
    with pytest.raises(Conflict):
        rules.refuse_many(known, "UM ANO")
    with pytest.raises(Invalid):
        rules.checked(Query(type_id="t9"), {"t1"})
