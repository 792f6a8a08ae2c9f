"""What number people mean, in their own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.survey import SurveyKind
from recado.rules.scores import RANGES, heard


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("9", 9),
        (" 10 ", 10),
        ("0", 0),
        ("nove", 9),
        ("Nueve.", 9),
        ("dieci", 10),
        ("deu", 10),
        ("eight!", 8),
        ("un 10!", 10),
        ("um 8", 8),
        ("uno", 1),
        ("le doy un nueve", 9),
        ("Eu dou 10 😊", 10),
        ("nota: 7", 7),
        ("10/10", 10),
        ("9 de 10", 9),
        ("8 su 10", 8),
        ("nine out of ten", 9),
        ("10 pontos, obrigada", 10),
        ("9️⃣", 9),
        ("🔟", 10),
        ("*9*", 9),
    ],
)
def test_a_number_of_ten(text: str, score: int) -> None:
    found = heard(text, "nps")
    assert found is not None
    assert (found.score, found.why) == (score, False)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("5/5", 5),
        ("cinque", 5),
        ("⭐⭐⭐⭐", 4),
        ("⭐️⭐️⭐️⭐️⭐️ grazie", 5),
        ("4 stelle", 4),
        ("3 de cinco", 3),
    ],
)
def test_a_number_of_five(text: str, score: int) -> None:
    found = heard(text, "csat")
    assert found is not None
    assert found.score == score


@pytest.mark.parametrize(
    "text",
    [
        "9, ma ho aspettato molto",
        "9. Todo bien pero tarde",
        "9 porque atenderam muito bem",
        "9 mas demorou",
        "9\nMuito bom",
        "9 - great staff",
    ],
)
def test_a_number_and_why(text: str) -> None:
    found = heard(text, "nps")
    assert found is not None
    assert (found.score, found.why) == (9, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sim",
        "11",
        "9:30",
        "às 9",
        "9h",
        "9 horas",
        "9 ou 10",
        "9-10",
        "9 a 10",
        "9,5",
        "90%",
        "9/11",
        "9 euros",
        "tem horário às 9?",
        "9?",
        "quero remarcar para o dia 9",
        "dia 9",
        "⭐⭐⭐⭐⭐",
        "+5511987654321",
        "9 8 7",
    ],
)
def test_what_is_no_one_score_is_for_a_person(text: str) -> None:
    assert heard(text, "nps") is None


@pytest.mark.parametrize("text", ["0", "6", "10", "9/10", "zero"])
def test_a_score_of_another_range_is_none(text: str) -> None:
    assert heard(text, "csat") is None


@given(st.text(max_size=200))
def test_whatever_is_said_gives_a_score_in_range_or_none(text: str) -> None:
    for kind, allowed in RANGES.items():
        found = heard(text, kind)
        assert found is None or found.score in allowed


@pytest.mark.parametrize("kind", RANGES)
def test_a_number_without_end_is_none(kind: SurveyKind) -> None:
    assert heard("1" * 5000, kind) is None
