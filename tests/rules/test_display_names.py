"""How what somebody calls themselves fits whom we know."""

from __future__ import annotations

import pytest
from recado.model.patient import Link
from recado.rules.display_names import fit, fits_one, is_anothers, ranked
from recado.rules.households import Around, Heard, Verdict, concerned

from tests.samples import NOW


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Maria Silva", "Maria Silva", "same"),
        ("Mari", "Maria Silva", "may"),
        ("Maria Costa", "Maria Silva", "may"),
        ("Maria Silva Costa", "Maria Silva", "may"),
        ("Mallory Reis", "Maria Silva", "unlike"),
        ("quero marcar uma consulta", "Maria Silva", "unlike"),
        ("João Souza", "Maria Silva", "unlike"),
        ("🌸", "Maria Silva", "unknown"),
        ("x", "Maria Silva", "unknown"),
        (None, "Maria Silva", "unknown"),
        ("Maria Silva", None, "unknown"),
    ],
)
def test_a_name_fits_may_fit_or_is_another_s(name: str | None, other: str | None, expected: str) -> None:
    assert fit(name, other) == expected
    assert fits_one(name, Link(patient="p", name=other)) == (expected in ("same", "may"))


def test_the_better_fit_goes_first_and_of_equals_none() -> None:
    links = [
        Link(patient=name, name=name, place=place)
        for place, name in enumerate(("João Pedro Souza", "João Souza", "João Lima"), start=1)
    ]
    assert [one.patient for one in ranked("João Souza", links)] == ["João Souza"]
    assert [one.patient for one in ranked("João", links)] == ["João Souza", "João Lima"]
    assert ranked("Rui", links) == []


@pytest.mark.parametrize(
    ("lead", "patient", "other"),
    [
        ("Maria Silva", "Pedro Dias", True),
        ("Mari 🌸", "Ana Clara Dias", True),
        ("🌸", "Ana Clara Dias", False),
        ("Xpto Qwerty", "Ana Clara Dias", False),
        ("Ana", "Ana Clara Dias", False),
    ],
)
def test_a_lead_is_another_s_only_under_a_name_that_people_bear(lead: str, patient: str, other: bool) -> None:
    assert is_anothers(lead, patient) == other


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Bill Norman", "Jill"),
        ("Robin Randall", "Margaret Randall"),
        ("Joan", "Juan"),
        ("Luis Puig", "Luisa"),
        ("José Souza", "Josefa Souza"),
    ],
)
def test_the_other_of_a_couple_is_somebody_else_however_alike_their_names_are(known: str, name: str) -> None:
    one, other = Link(patient="p1", name=known, place=1), Link(patient="p2", name=name, place=2)
    assert concerned(Heard(name=name), Around((one,)), NOW) == Verdict("new")
    assert concerned(Heard(name=name), Around((one, other)), NOW) == Verdict("name", other)
