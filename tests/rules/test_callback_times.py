"""When somebody may be called, as they say it in five languages."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from recado.model.tenant import OpeningHours, Tenant
from recado.rules import callback_words as words
from recado.rules import times
from recado.rules.callback_times import DECENT, slot
from recado.rules.hours import is_open

from tests.samples import BOAVISTA, NOW

WEEK = tuple(
    OpeningHours(weekday=day, opens=opens, closes=closes)
    for day in range(5)
    for opens, closes in (("08:00", "13:00"), ("14:30", "19:00"))
)
BY_THE_WEEK = BOAVISTA.model_copy(update={"hours": WEEK})


def heard(text: str, clinic: Tenant = BOAVISTA, now: datetime = NOW) -> str | None:
    """The slot by the clinic's clocks; said at NOW, a Monday the 23rd, 11:00."""
    moment = slot(text, clinic, now, now)
    return f"{times.wall(moment, clinic.timezone):%d %H:%M}" if moment else None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("amanhã às 10", "24 10:00"),
        ("hoje depois das 15h", "23 15:00"),
        ("às 14:30", "23 14:30"),
        ("quinta-feira às 9h30", "26 09:30"),
        ("na sexta à tarde", "27 14:00"),
        ("daqui a 2 horas", "23 13:00"),
        ("das 15 às 17", "23 15:00"),
        ("mañana por la tarde", "24 14:00"),
        ("mañana por la mañana", "24 09:00"),
        ("martes a las 5 y media", "24 17:30"),
        ("pasado mañana a las 9 de la mañana", "25 09:00"),
        ("a las 3 de la tarde", "23 15:00"),
        ("entre las 4 y las 6", "23 16:00"),
        ("domani mattina alle 9", "24 09:00"),
        ("venerdì dopo le 15", "27 15:00"),
        ("dopodomani pomeriggio", "25 14:00"),
        ("stasera alle 7", "23 19:00"),
        ("tra un'ora", "23 12:00"),
        ("demà a les 11", "24 11:00"),
        ("divendres al matí", "27 09:00"),
        ("demà passat a les 16.30", "25 16:30"),
        ("aquesta tarda", "23 14:00"),
        ("d'aquí a una hora", "23 12:00"),
        ("tomorrow at 3pm", "24 15:00"),
        ("tomorrow at half past 3", "24 15:30"),
        ("on Friday morning", "27 09:00"),
        ("any time after 4 p.m.", "23 16:00"),
        ("tomorrow between 10 and 12", "24 10:00"),
        ("in half an hour", "23 11:30"),
    ],
)
def test_a_time_is_understood_as_people_say_it(text: str, when: str) -> None:
    assert heard(text) == when


@pytest.mark.parametrize(
    "text",
    [
        "amanha as 10",
        "AMANHÃ ÀS 10H!",
        "amanhaa às 10hs",
        "Olá, sim, pode me ligar amanhã às 10, por favor. Obrigada",
        "Podem me ligar amanhã às 10?",
        "10h amanhã",
        "manana a las 10",
        "Mañana   a las\n10:00",
        "domani alle ore 10",
        "dema a les 10",
        "Please call me tomorow at 10 am",
        "tommorrow at 10 o'clock",
    ],
)
def test_accents_typos_and_courtesy_change_nothing(text: str) -> None:
    assert heard(text) == "24 10:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "10",
        "sim",
        "hoje",
        "mais tarde",
        "quando puderem",
        "Quero marcar consulta amanhã às 10",
        "Posso remarcar para amanhã às 10?",
        "não posso amanhã às 10",
        "no sábado às 10",
        "amanhã às 10 ou às 11",
        "amanhã ou terça",
        "amanhã segunda às 10",
        "amanhã de manhã às 15",
        "às 25h",
        "às 10:75",
        "13pm",
        "no mañana a las 10",
        "I can't tomorrow at 10",
        "not tomorrow",
        "25/11 às 10",
        "a partir das 12 da noite",
        "amanhã às 10 " + "por favor " * 9,
    ],
)
def test_what_is_doubtful_or_about_something_else_is_no_time(text: str) -> None:
    assert heard(text) is None


def test_what_is_over_is_not_meant() -> None:
    assert heard("hoje às 10") is None
    assert heard("às 10") == "24 10:00"
    assert heard("antes das 10") == "24 09:00"
    assert heard("esta manhã") == "23 11:15"


def test_monday_said_on_a_monday_is_the_next_one_where_today_s_is_over_and_else_not_sure() -> None:
    assert heard("segunda às 10") == "30 10:00"
    assert heard("segunda às 15h") is None


def test_a_plain_hour_is_when_there_is_somebody() -> None:
    assert heard("às 3") == "23 15:00"
    assert heard("às 7") == "24 07:00"
    assert heard("às 7", BY_THE_WEEK) == "24 08:00"
    assert heard("às 2", BY_THE_WEEK) == "23 14:30"
    late = BOAVISTA.model_copy(update={"hours": (OpeningHours(weekday=0, opens="14:00", closes="21:00"),)})
    assert heard("às 8", late) == "23 20:00"


def test_a_time_at_which_nobody_is_there_is_the_next_opening() -> None:
    assert heard("amanhã às 13:30", BY_THE_WEEK) == "24 14:30"
    assert heard("sábado às 10", BY_THE_WEEK) == "30 08:00"
    assert heard("amanhã às 22h", BY_THE_WEEK) == "25 08:00"


def test_a_clinic_that_gave_no_hours_promises_no_call_at_night() -> None:
    assert heard("amanhã às 22h") is None
    assert heard("amanhã às 5 da manhã") is None


def test_tomorrow_is_the_day_after_it_was_said() -> None:
    said_at, read_at = datetime(2026, 11, 24, 2, 30, tzinfo=UTC), datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    assert slot("amanhã às 10", BOAVISTA, said_at, read_at) == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    assert slot("hoje às 20", BOAVISTA, said_at, read_at) is None


def test_clocks_that_change_change_no_promise() -> None:
    madrid = BOAVISTA.model_copy(update={"timezone": "Europe/Madrid"})
    before = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)  # 12:00 in summer time, of which it is the last day
    assert slot("mañana a las 10", madrid, before, before) == datetime(2026, 10, 25, 9, 0, tzinfo=UTC)


def _phrases(table: str) -> list[str]:
    return [" ".join(one.split()) for one in table.split("|")]


DAYS = [*chain(*map(_phrases, [*words.DAYS.values(), *words.WEEKDAYS.values()])), ""]
LINKS = [*chain(*map(_phrases, [words.AFTER, words.BEFORE, words.AT, words.FILLERS])), ""]
PARTS = [*chain(*map(_phrases, words.PARTS.values())), ""]
ANSWERS = st.builds(
    "{} {} {}:{:02} {}".format,
    st.sampled_from(DAYS),
    st.sampled_from(LINKS),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(PARTS),
)
ZONES = sorted(zoneinfo.available_timezones())
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.lists(
    st.builds(
        lambda day, opens, length: OpeningHours(
            weekday=day,
            opens=f"{opens // 60:02}:{opens % 60:02}",
            closes=f"{min(1440, opens + length) // 60:02}:{min(1440, opens + length) % 60:02}",
        ),
        st.integers(0, 6),
        st.integers(0, 1439),
        st.integers(1, 900),
    ),
    max_size=6,
)


@given(ANSWERS, st.sampled_from(ZONES), MOMENTS, SPANS, st.timedeltas(timedelta(), timedelta(days=2)))
@example("amanhã às 2:30", "Europe/Madrid", datetime(2026, 3, 28, 10, tzinfo=UTC), [], timedelta())
@example("amanhã 0:30", "America/Santiago", datetime(2026, 9, 5, 10, tzinfo=UTC), [], timedelta())
def test_a_slot_is_never_in_the_past_nor_while_the_clinic_is_closed(
    text: str, zone: str, said_at: datetime, spans: list[OpeningHours], late: timedelta
) -> None:
    clinic = BOAVISTA.model_copy(update={"timezone": zone, "hours": tuple(spans)})
    now = said_at + late
    moment = slot(text, clinic, said_at, now)
    if moment is None:
        return
    assert moment > now
    assert is_open(clinic, moment)
    assert spans or DECENT[0] <= times.wall(moment, zone).time() < DECENT[1]


@given(st.text(max_size=100))
def test_whatever_is_said_is_read_or_not(text: str) -> None:
    moment = slot(text, BY_THE_WEEK, NOW, NOW)
    assert moment is None or moment > NOW
