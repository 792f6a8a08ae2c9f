from __future__ import annotations

import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado import texts
from recado.rules.phrases import CANCEL, CONFIRM, HUMAN, OPTIN, OPTOUT
from recado.rules.replies import LONGEST, Kind, Reply, courtesy, read

LANGUAGES = ["pt-BR", "es", "it", "ca", "en"]

SAID: list[tuple[Kind, list[str]]] = [
    (
        "confirm",
        ["1", " 1. ", "1)", "(1)", "1️⃣", "１", "①", "uno", "um", "one", "opción 1", "Opção 1", "la 1", "1!"],
    ),
    ("confirm", ["👍", "👍🏽", "👍👍👍", "✅", "✔️", "ok 👍", "👌 gracias", "🆗", "Sí 👍", "Ok ❤️"]),
    (
        "confirm",
        ["sí", "Si", "SII", "siiii", "¡Sí!", "sí.", "Sí, gracias", "vale", "De acuerdo", "claro que sí"],
    ),
    (
        "confirm",
        ["Sí, confirmo", "hola, confirmo la cita", "ok, perfecto, gracias", "Buenos días, sí, confirmado"],
    ),
    (
        "confirm",
        [
            "sim",
            "SIM!!",
            "Siiim",
            "confirmado",
            "Confirmada",
            "Bom dia, confirmo sim",
            "tá bom",
            "Sim, obrigada",
        ],
    ),
    (
        "confirm",
        ["sì", "Sì, confermo", "confermo", "va bene", "d'accordo", "D’accordo", "ci sarò", "Sì grazie mille"],
    ),
    (
        "confirm",
        ["d'acord", "D’ACORD", "hi seré", "i tant", "sí, gràcies", "Confirmo, moltes gràcies", "molt bé"],
    ),
    (
        "confirm",
        ["yes", "YES!", "yess", "ok", "Okay", "OKKK", "okk", "I confirm", "I'll be there", "Sure, thanks"],
    ),
    ("cancel", ["2", "2.", "2️⃣", "dos", "dois", "due", "two", "opció 2", "👎", "❌", "no ❌"]),
    (
        "cancel",
        [
            "no",
            "NOOO",
            "No.",
            "No, gracias",
            "cancelar",
            "Cancelo",
            "anular",
            "no puedo ir",
            "No podré asistir",
        ],
    ),
    (
        "cancel",
        ["não", "NAO", "nãooo", "Cancelar", "não vou poder ir", "quero cancelar", "Desmarcar, por favor"],
    ),
    (
        "cancel",
        [
            "annulla",
            "disdico",
            "Disdico.",
            "non posso venire",
            "vorrei annullare",
            "annullare l'appuntamento",
        ],
    ),
    (
        "cancel",
        [
            "cancel·la",
            "Cancel.la",
            "anul·lar",
            "Anul•lo",
            "anul-lar",
            "no puc venir",
            "no hi aniré",
            "ANUL·LA",
        ],
    ),
    (
        "cancel",
        ["cancel", "can't come", "I can’t come", "I cant make it", "Cancel please", "i need to cancel"],
    ),
    (
        "optout",
        ["STOP", "stop.", "Stop!", "baja", "Dar de baja", "parar", "Sair", "basta", "baixa", "unsubscribe"],
    ),
    ("optout", ["END", "Quit", "REVOKE", "Opt-Out", "opt out", "OPTOUT", "ARRÊT", "Arret", "TD", "remove"]),
    ("optin", ["START", "unstop", "Volver a recibir", "quero receber", "Riattiva!", "torna a rebre"]),
    ("other", ["start over with the booking please", "can we start at nine then", "the end of the month"]),
    ("optout", ["no quiero más mensajes", "Non voglio più messaggi", "stop messages"]),
    (
        "human",
        ["persona", "Quiero hablar con una persona", "atendente", "falar com alguém", "operatore", "ajuda"],
    ),
    (
        "human",
        ["parlar amb una persona", "talk to a person", "call me", "Me ligue, por favor", "help", "llámeme"],
    ),
    (
        "unclear",
        ["3", "12", "0", "1 2", "1/2", "10%", "👍👎", "sí 👎", "1 ❌", "👍 no", "quizás", "talvez", "maybe"],
    ),
    ("unclear", ["no cancelar", "no cancele", "sí no", "no sí", "x", "asdf", "noi", "sí tarde", "no no"]),
    ("other", ["", " ", "🙏", "😊❤️", "👋", "graccie", "gracias", "Muito obrigada!", "Bom dia", "hola"]),
    ("other", ["sí?", "¿cancelar?", "¿Sí?", "¿A qué hora es?", "ok?", "1?"]),
    (
        "other",
        [
            "sí pero llegaré tarde",
            "no puedo confirmar todavía",
            "quiero cambiar la hora",
            "no quiero cancelar",
        ],
    ),
    (
        "other",
        ["no voy a cancelar", "por favor no cancelen mi cita", "ok but I can't come", "yes but later please"],
    ),
    (
        "other",
        ["sim, mas preciso trocar o horário", "non posso confermare adesso", "no em puc decidir encara"],
    ),
    ("other", ["el 1 de noviembre", "llego en 2 minutos", "son 1 o 2 personas", "mi teléfono es 1 2 3"]),
    (
        "other",
        ["stop by the pharmacy first", "dígale a la persona que no", "me duele mucho, no puedo ni andar"],
    ),
    ("other", ["sí " * 40]),
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, group in SAID for text in group])
def test_an_answer_is_read_for_what_it_says(kind: Kind, text: str) -> None:
    assert read(text, None, ["es", "pt-BR"]).kind == kind


@pytest.mark.parametrize("payload", ["confirm", "confirm:a1", "confirm:a1:3"])
@pytest.mark.parametrize("text", ["", "no", "2", "STOP", "whatever was on the button?"])
def test_a_pressed_button_wins_over_its_words(payload: str, text: str) -> None:
    assert read(text, payload).kind == "confirm"
    assert read(text, payload.replace("confirm", "cancel")).kind == "cancel"


@pytest.mark.parametrize("payload", [None, "", "callback", "confirmed", "CONFIRM", ":confirm"])
def test_a_button_of_another_kind_is_read_by_its_words(payload: str | None) -> None:
    assert read("no", payload) == Reply("cancel")


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1), ("2", 2), ("3.", 3), ("12", 12), ("due", 2), ("sí", None)]
)
def test_a_bare_number_is_told_for_questions_that_offer_a_list(text: str, number: int | None) -> None:
    assert read(text).number == number


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_that_we_send_read_as_what_they_do_when_typed(language: str) -> None:
    for template in texts.templates().values():
        for button in template[texts.closest(language)]["buttons"]:
            assert read(button["title"], None, [language]).kind == button["payload"]


TABLES: list[tuple[Kind, dict[str, str]]] = [
    ("confirm", CONFIRM),
    ("cancel", CANCEL),
    ("optout", OPTOUT),
    ("optin", OPTIN),
    ("human", HUMAN),
]
PHRASES = [
    (kind, language, " ".join(phrase.split()))
    for kind, table in TABLES
    for language, listed in table.items()
    for phrase in listed.split("|")
]


@pytest.mark.parametrize(("kind", "language", "phrase"), PHRASES)
def test_each_phrase_means_the_same_whoever_the_clinic_is(kind: Kind, language: str, phrase: str) -> None:
    assert {read(phrase, None, [first]).kind for first in [*LANGUAGES, "xx"]} == {kind}
    assert read(phrase, None, [language]).kind == kind


def strip_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


FORMS = st.sampled_from(
    [str.upper, str.title, strip_accents, lambda text: unicodedata.normalize("NFD", text)]
)
AROUND = st.sampled_from(["{}", " {} ", "{}.", "{}!!!", "¡{}!", "*{}*", "{}…", "«{}»", "\n{}\n"])


@given(phrase=st.sampled_from(PHRASES), form=FORMS, around=AROUND)
def test_case_accents_and_punctuation_change_nothing(
    phrase: tuple[Kind, str, str], form: object, around: str
) -> None:
    kind, language, words = phrase
    assert callable(form)
    assert read(around.format(form(words)), None, [language]).kind == kind


@given(
    phrase=st.sampled_from([phrase for phrase in PHRASES if phrase[2][-1].isalpha()]), times=st.integers(1, 8)
)
def test_a_letter_held_down_changes_nothing(phrase: tuple[Kind, str, str], times: int) -> None:
    kind, language, words = phrase
    assert read(words + words[-1] * times, None, [language]).kind == kind


@given(
    phrase=st.sampled_from(PHRASES),
    tail=st.from_regex(r" [xzwq]{4,9} [xzwq]{4,9} [xzwq]{4,9}", fullmatch=True),
)
def test_a_phrase_inside_a_longer_text_is_no_answer(phrase: tuple[Kind, str, str], tail: str) -> None:
    assert read(phrase[2] + tail, None, [phrase[1]]).kind == "other"


@given(
    text=st.text(max_size=LONGEST * 2),
    payload=st.none() | st.text(max_size=20),
    languages=st.lists(st.text(max_size=5)),
)
def test_no_text_breaks_it(text: str, payload: str | None, languages: list[str]) -> None:
    assert read(text, payload, languages).kind in get_args(Kind)


@given(st.from_regex(r"[bdfgjqwxz]{2,9}( [bdfgjqwxz]{2,9}){0,3}", fullmatch=True))
def test_what_we_do_not_know_moves_no_visit(text: str) -> None:
    assert read(text).kind == ("unclear" if text.count(" ") < 2 else "other")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oi, bom dia!", "greeting"),
        ("Bon dia", "greeting"),
        ("Buongiorno", "greeting"),
        ("muito obrigada!", "thanks"),
        ("Hola, gracias", "thanks"),
        ("thank you very much", "thanks"),
        ("bom dia, quero marcar", None),
        ("graccie", "thanks"),
        ("obrigda", "thanks"),
        ("thnks", "thanks"),
        ("grazei mille", "thanks"),
        ("vlw", "thanks"),
        ("buongiono", "greeting"),
        ("👋", "greeting"),
        ("🙂", "greeting"),
        ("Hola 👋🏽", "greeting"),
        ("🙏", "thanks"),
        ("❤️", "thanks"),
        ("👍🏻", "thanks"),
        ("👎", None),
        ("🤔", None),
        ("🙂👎", None),
        ("", None),
        ("1", None),
    ],
)
def test_courtesy_alone_is_told_from_what_says_something(text: str, expected: str | None) -> None:
    assert courtesy(text) == expected
