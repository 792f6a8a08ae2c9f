"""When somebody would like to come, as the sentence says that begins a booking."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.schedule import Practitioner
from recado.rules.flows.wishes import NONE, Wish, kept, named_in, read, wished, without

MONDAY = date(2026, 11, 23)
TUESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=ahead) for ahead in (1, 3, 4))
MORNING, AFTERNOON = (0, 12), (12, 19)
ROSSI = Practitioner(id="rossi", name="Dr. Mario Rossi")
COSTA = Practitioner(id="costa", name="Dra. Costa")


@pytest.mark.parametrize(
    ("language", "said", "days", "hours"),
    [
        ("pt-BR", "quero marcar amanhã de tarde", (TUESDAY,), AFTERNOON),
        ("pt-BR", "Boa tarde! queria uma consulta na sexta de manhã", (FRIDAY,), MORNING),
        ("pt-BR", "quero marcar quinta ou sexta", (THURSDAY, FRIDAY), (0, 24)),
        ("pt-BR", "marcar 27/11 às 10h", (FRIDAY,), (10, 11)),
        ("pt-BR", "pode ser dia 27 depois das 15h?", (FRIDAY,), (15, 24)),
        ("es", "quiero una cita mañana por la mañana", (TUESDAY,), MORNING),
        ("es", "cita para el 27 de noviembre", (FRIDAY,), (0, 24)),
        ("it", "vorrei prenotare venerdì pomeriggio", (FRIDAY,), AFTERNOON),
        ("ca", "voldria hora divendres al matí", (FRIDAY,), MORNING),
        ("en", "can I book with Dr Rossi on Friday morning?", (FRIDAY,), MORNING),
        ("en", "book tomorrow at 3", (TUESDAY,), (15, 16)),
        ("en", "I would like to come on Monday", (MONDAY, MONDAY + timedelta(days=7)), (0, 24)),
    ],
)
def test_a_day_and_a_part_of_it_are_heard(
    language: str, said: str, days: tuple[date, ...], hours: tuple[int, int]
) -> None:
    assert wished(said, language, MONDAY) == Wish(days, hours)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pt-BR", "boa tarde, quero marcar uma segunda consulta"),
        ("pt-BR", "não posso na segunda, quero marcar"),
        ("it", "buonasera, vorrei prenotare una visita"),
        ("es", "la segunda vez fue mejor, quiero cita"),
        ("en", "any day but Friday"),
        ("en", "I sat down to book a visit for 2"),
        ("en", "x" * 400 + " friday"),
        ("en", ""),
    ],
)
def test_where_none_is_surely_wished_for_there_is_none(language: str, said: str) -> None:
    assert wished(said, language, MONDAY) == NONE


@pytest.mark.parametrize(
    ("language", "said", "days", "hours"),
    [
        ("pt-BR", "quero mudar minha consulta de amanhã para sexta de tarde", (FRIDAY,), AFTERNOON),
        ("en", "can I move my appointment from tomorrow to Friday morning", (FRIDAY,), MORNING),
        ("it", "spostare la visita di giovedì a venerdì", (FRIDAY,), (0, 24)),
        ("es", "mover mi cita del jueves al viernes por la tarde", (FRIDAY,), AFTERNOON),
        ("pt-BR", "preciso remarcar a consulta de amanhã", (), (0, 24)),
        ("en", "I can come to my visit on Friday, or move it", (), (0, 24)),
    ],
)
def test_of_a_visit_that_is_to_be_moved_the_time_that_it_has_is_no_wish(
    language: str, said: str, days: tuple[date, ...], hours: tuple[int, int]
) -> None:
    assert wished(said, language, MONDAY, moves=True) == Wish(days, hours)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("can I book with Dr Rossi on Friday", "rossi"),
        ("quero marcar com a dra. Costa", "costa"),
        ("quero marcar com Costa", "costa"),
        ("vorrei Mario Rossi", "rossi"),
        ("quanto costa una visita?", ""),
        ("con Rossi o con Costa", ""),
        ("sou o Mario", ""),
    ],
)
def test_somebody_is_named_behind_a_title_or_in_full(said: str, found: str) -> None:
    assert named_in(said, [ROSSI, COSTA]) == found


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("quero marcar amanhã de tarde", "quero marcar"),
        ("Quero marcar 27/11 às 10h, por favor", "quero marcar por favor"),
        ("quero marcar", ""),
    ],
)
def test_what_else_is_said_is_told_from_when(said: str, rest: str) -> None:
    assert without(said, "pt-BR", MONDAY) == rest


def test_who_left_is_not_named() -> None:
    assert named_in("com a dra. Costa", [COSTA.model_copy(update={"active": False})]) == ""


@given(st.text(max_size=80), st.sampled_from(["pt-BR", "es", "it", "ca", "en"]), st.booleans())
def test_whatever_is_written_a_wish_is_kept_as_it_was_and_lies_ahead(
    said: str, language: str, moves: bool
) -> None:
    wish = wished(said, language, MONDAY, moves=moves)
    assert read(kept(wish)) == wish
    assert all(day >= MONDAY for day in wish.days)


def test_what_is_nearest_is_told_by_the_day_and_the_hour() -> None:
    wish = Wish((FRIDAY,), (12, 19))
    walls = [datetime(2026, 11, day, hour) for day, hour in ((26, 9), (27, 11), (27, 12), (30, 9))]  # noqa: DTZ001
    assert [wall for wall in walls if wish.fits(wall)] == [walls[2]]
    assert min(walls[:2], key=wish.far) == walls[1]
