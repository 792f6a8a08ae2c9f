from __future__ import annotations

import itertools
import re
import subprocess
import sys
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado import texts
from recado.errors import Invalid
from recado.model.communication import TemplateMessage

ALLOWED = {
    "clinic",
    "name",
    "date",
    "time",
    "practitioner",
    "phone",
    "hours",
    "number",
    "own",
    "until",
    "link",
}
VALUES = {
    "clinic": "Clínica Boa Vista",
    "name": "Maria Silva",
    "date": "terça-feira, 24 de novembro",
    "time": "09:30",
    "practitioner": "Dra. Ana Lima",
    "hours": "24",
    "own": "10:30",
    "until": "11:30",
    "link": "https://g.page/r/CcXboavista/review",
    "number": "112",
    "phone": "+55 11 3000-0000",
}
EVERY = list(itertools.product(texts.VARIABLES, texts.LANGUAGES))
TEMPLATES = list(itertools.product(texts.TEMPLATES, texts.LANGUAGES))
START = datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001 - the wall time where the clinic is


def catalogue(language: str) -> dict[str, dict[str, str]]:
    file = Path(texts.__file__).parent / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def values(key: str) -> dict[str, str]:
    return {name: VALUES[name] for name in texts.VARIABLES[key]}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_language_has_every_text_and_no_other(language: str) -> None:
    assert catalogue(language).keys() == texts.VARIABLES.keys()


def test_no_language_is_beside_the_five() -> None:
    files = {file.stem for file in Path(texts.__file__).parent.glob("*.toml")}
    assert files == set(texts.LANGUAGES)


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_each_text_has_exactly_its_variables(key: str, language: str) -> None:
    found = re.findall(r"\{(.*?)\}", catalogue(language)[key]["body"])
    assert set(found) == set(texts.VARIABLES[key])
    assert len(found) == len(set(found))


def test_no_variable_can_hold_what_a_visit_is_about() -> None:
    assert set().union(*texts.VARIABLES.values()) <= ALLOWED


@pytest.mark.parametrize(("key", "language"), TEMPLATES)
def test_what_we_begin_with_names_the_clinic_and_no_more_than_it_must(key: str, language: str) -> None:
    assert "clinic" in texts.TEMPLATES[key]
    assert "practitioner" not in texts.TEMPLATES[key] or key == "booked"


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_a_text_is_rendered_whole(key: str, language: str) -> None:
    said = texts.render(key, language, **values(key))
    assert not re.search(r"[{}]", said)
    assert all(value in said for value in values(key).values())
    assert said == " ".join(said.split())
    assert len(said) <= 1024


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_a_text_is_short_even_with_the_longest_values(key: str, language: str) -> None:
    assert len(texts.render(key, language, **dict.fromkeys(texts.VARIABLES[key], "x" * 5_000))) <= 1024


@pytest.mark.parametrize(("key", "language"), TEMPLATES)
def test_whatsapp_takes_each_template(key: str, language: texts.Language) -> None:
    approved = texts.templates()[key][language]
    assert re.fullmatch(r"[a-z0-9_]{1,512}", key)
    assert len(approved["body"]) <= 1024
    assert set(re.findall(r"\{\{([a-z]+)\}\}", approved["body"])) == set(approved["parameters"])
    assert all(0 < len(button["title"]) <= 20 for button in approved["buttons"])


@pytest.mark.parametrize(("key", "language"), TEMPLATES)
def test_no_template_begins_or_ends_with_a_variable_or_has_two_side_by_side(
    key: str, language: texts.Language
) -> None:
    # Meta refuses such a body. Punctuation alone is not relied upon: there is a word around each variable.
    around = re.split(r"\{\{[a-z]+\}\}", texts.templates()[key][language]["body"])
    assert all(re.search(r"\w", words) for words in around), around


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_reminders_ask_for_an_answer_with_two_buttons_or_two_digits(language: texts.Language) -> None:
    for key in ("reminder_72h", "reminder_24h"):
        approved = texts.templates()[key][language]
        assert [button["payload"] for button in approved["buttons"]] == ["confirm", "cancel"]
        assert re.search(r"\b1\b.*\b2\b", approved["body"])


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_where_no_template_goes_a_reminder_says_the_same_without_a_word_of_buttons(
    language: texts.Language,
) -> None:
    for key in ("reminder_72h", "reminder_24h"):
        said = texts.render_plain(key, language, **values(key))
        assert texts.render(key, language, **values(key)).startswith(said)
        assert all(value in said for value in values(key).values())
        assert said.endswith("?")


@pytest.mark.parametrize("key", ["booked", "moved", "follow_up"])
def test_a_text_without_options_is_the_same_everywhere(key: str) -> None:
    assert texts.render_plain(key, "it", **values(key)) == texts.render(key, "it", **values(key))


@pytest.mark.parametrize("missing", ["name", "clinic", "date", "time"])
def test_a_missing_value_is_an_error_that_names_it(missing: str) -> None:
    given_values = values("reminder_24h")
    del given_values[missing]
    with pytest.raises(Invalid) as caught:
        texts.render("reminder_24h", "es", **given_values)
    assert caught.value.field == missing


def test_a_value_of_nothing_is_an_error() -> None:
    with pytest.raises(Invalid) as caught:
        texts.render("reminder_24h", "es", **{**values("reminder_24h"), "name": " "})
    assert caught.value.field == "name"


def test_a_diagnosis_finds_no_place() -> None:
    with pytest.raises(Invalid) as caught:
        texts.render("reminder_24h", "es", **values("reminder_24h"), speciality="oncología")
    assert caught.value.field == "speciality"
    assert "oncología" not in str(caught.value)


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(Invalid):
        texts.render("diagnosis", "es")
    with pytest.raises(Invalid):
        texts.template("confirmed", "es", values("confirmed"))


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_a_name_can_be_anything_and_stays_a_name(name: str) -> None:
    said = texts.render("voice_known", "en", name=name, clinic="{name}")
    assert said.startswith("Hello, ")
    assert said.endswith(". You have reached {name}. Thank you for calling.")


def test_a_template_is_ready_to_be_stored_and_sent() -> None:
    filled = texts.template("reminder_24h", "pt-BR", values("reminder_24h"), about="a1:3")
    stored = TemplateMessage.model_validate(filled)
    assert (stored.name, stored.language) == ("reminder_24h", "pt-BR")
    assert list(stored.parameters) == ["name", "clinic", "date", "time"]
    buttons = [(button.payload, button.title) for button in stored.buttons]
    assert buttons == [("confirm:a1:3", "Confirmo"), ("cancel:a1:3", "Cancelo")]


def test_filling_one_template_leaves_the_next_untouched() -> None:
    texts.template("reminder_24h", "es", values("reminder_24h"), about="a1:1")
    assert texts.template("reminder_24h", "es", values("reminder_24h"))["buttons"][0]["payload"] == "confirm"


@pytest.mark.parametrize(
    ("asked", "default", "spoken"),
    [
        ("pt-BR", None, "pt-BR"),
        ("pt", None, "pt-BR"),
        ("pt-PT", None, "pt-BR"),
        ("pt_BR", None, "pt-BR"),
        ("es-MX", None, "es"),
        ("EN-us", None, "en"),
        ("ca-ES-valencia", None, "ca"),
        ("de", "it", "it"),
        ("de", "fr", "en"),
        (None, "ca", "ca"),
        (None, None, "en"),
        ("", "", "en"),
    ],
)
def test_a_language_that_we_lack_falls_to_the_closest(
    asked: str | None, default: str | None, spoken: str
) -> None:
    assert texts.closest(asked, default) == spoken


@pytest.mark.parametrize(
    ("language", "date", "time"),
    [
        ("pt-BR", "terça-feira, 24 de novembro", "09:30"),
        ("es", "martes, 24 de noviembre", "9:30"),
        ("it", "martedì 24 novembre", "09:30"),
        ("ca", "dimarts, 24 de novembre", "9:30"),
        ("en", "Tuesday 24 November", "09:30"),
        ("es-MX", "martes, 24 de noviembre", "9:30"),
    ],
)
def test_a_visit_s_time_is_told_as_people_say_it(language: str, date: str, time: str) -> None:
    assert texts.when(START, language) == (date, time)


@pytest.mark.parametrize(
    ("language", "time"),
    [
        ("pt-BR", "09:30 (13:30 no seu fuso horário)"),
        ("es", "9:30 (13:30 en su hora local)"),
        ("it", "09:30 (13:30 nel Suo fuso orario)"),
        ("ca", "9:30 (13:30 en la seva hora local)"),
        ("en", "09:30 (13:30 your time)"),
    ],
)
def test_who_lives_by_other_clocks_is_told_both_times(language: str, time: str) -> None:
    assert texts.when(START, language, START + timedelta(hours=4))[1] == time


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_both_times_say_so_when_it_is_another_day_and_still_fit(language: str) -> None:
    longest = max(
        (
            texts.when(START + timedelta(days=day), language, START + timedelta(days=day + 1))[1]
            for day in range(365)
        ),
        key=len,
    )
    assert (
        texts.when(START + timedelta(days=1), language)[0]
        in texts.when(START, language, START + timedelta(days=1))[1]
    )
    assert len(longest) <= texts.MAX_VALUE


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_afternoons_cannot_be_taken_for_mornings(language: str) -> None:
    assert texts.when(START + timedelta(hours=12), language)[1] == "21:30"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_day_of_a_year_has_its_own_words(language: str) -> None:
    days = {texts.when(START + timedelta(days=day), language)[0] for day in range(365)}
    assert len(days) == 365


def test_a_text_without_a_date_needs_no_babel() -> None:
    said = "from recado import texts; texts.render('handed_over', 'es')"
    program = f"import sys; {said}; print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)  # noqa: S603 - our own
    assert done.stdout.strip() == b"False"
