"""Dates and times as a voice says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.rules import spoken
from recado.texts import LANGUAGES


@pytest.mark.parametrize(
    ("language", "clock", "said"),
    [
        ("pt-BR", "09:30", "às nove e meia da manhã"),
        ("pt-BR", "13:00", "à uma da tarde"),
        ("pt-BR", "12:00", "ao meio-dia"),
        ("pt-BR", "20:45", "às oito e quarenta e cinco da noite"),
        ("es", "9:30", "a las nueve y media de la mañana"),
        ("es", "13:15", "a la una y cuarto de la tarde"),
        ("es", "21:21", "a las nueve y veintiuno de la noche"),
        ("it", "14:30", "alle quattordici e trenta"),
        ("it", "12:00", "a mezzogiorno"),
        ("it", "9:28", "alle nove e ventotto"),
        ("ca", "14:05", "a les dues i cinc de la tarda"),
        ("ca", "9:21", "a les nou i vint-i-un del matí"),
        ("en", "09:05", "at nine oh five in the morning"),
        ("en", "12:30", "at twelve thirty in the afternoon"),
        ("en", "18:40", "at six forty in the evening"),
    ],
)
def test_a_clock_is_read_as_people_read_it(language: str, clock: str, said: str) -> None:
    assert spoken.times(clock, language) == said


def test_both_times_are_said_where_two_clocks_are_told() -> None:
    told = spoken.times("09:30 (14:30 no seu fuso horário)", "pt-BR")
    assert told == "às nove e meia da manhã (às duas e meia da tarde no seu fuso horário)"


@pytest.mark.parametrize(
    ("language", "date", "said"),
    [
        ("pt-BR", "terça-feira, 1 de dezembro", "terça-feira, primeiro de dezembro"),
        ("it", "martedì 1 dicembre", "martedì primo dicembre"),
        ("en", "Tuesday 22 December", "Tuesday the 22nd of December"),
        ("en", "Friday 11 December", "Friday the 11th of December"),
        ("es", "martes, 1 de diciembre", "martes, 1 de diciembre"),
    ],
)
def test_a_date_is_said_as_it_is_said(language: str, date: str, said: str) -> None:
    assert spoken.date(date, language) == said


@given(st.sampled_from(LANGUAGES), st.integers(0, 23), st.integers(0, 59))
def test_no_digit_is_left_of_any_time(language: str, hour: int, minute: int) -> None:
    said = spoken.times(f"{hour:02}:{minute:02}", language)
    assert said
    assert not any(one.isdigit() for one in said)
