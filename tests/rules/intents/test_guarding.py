"""What must not be missed: somebody in danger, and somebody who wants no more messages.

The sentences are none of those that the model is judged by.
"""

from __future__ import annotations

import pytest
from recado.rules.intents import recognise
from recado.rules.intents.guarding import LEXICONS, SECTIONS, Guarded, words

DANGER = [
    ("es", "doctor me está dando como una opresión en el pecho y no se me pasa"),
    ("es", "mi papá no respira bien y tiene los labios morados"),
    ("es", "creo q me dio un derrame, se me torció la cara"),
    ("es", "mi niña se tragó una pila de botón"),
    ("es", "ya no quiero seguir viviendo"),
    ("es", "me tomé un frasco de pastillas"),
    ("es", "embarazada de 30 semanas y sangro"),
    ("pt-BR", "doutora minha mãe tá com dor no peito e suando frio"),
    ("pt-BR", "meu bebê engasgou e ficou roxinho"),
    ("pt-BR", "não consigo respirar direito"),
    ("pt-BR", "to pensando em me matar"),
    ("pt-BR", "meu avô teve um AVC agora, a boca entortou"),
    ("pt-BR", "tomei uma cartela inteira de rivotril"),
    ("pt-BR", "minha bolsa estourou"),
    ("it", "mio padre ha un forte dolore al petto"),
    ("it", "non riesco a respirare"),
    ("it", "perdo molto sangue e sono incinta"),
    ("it", "voglio farla finita"),
    ("it", "mia figlia ha ingoiato una pila"),
    ("it", "mia nonna è svenuta e non si sveglia"),
    ("ca", "em fa molt mal el pit i em costa respirar"),
    ("ca", "el meu pare s'ha desmaiat i no respon"),
    ("ca", "no vull viure més"),
    ("ca", "la nena s'ha empassat lleixiu"),
    ("ca", "estic sagnant molt i no para"),
    ("en", "my chest feels really tight and my left arm hurts"),
    ("en", "my baby isn't breathing"),
    ("en", "he drank some bleach"),
    ("en", "I want to kill myself"),
    ("en", "my wife had a seizure and won't wake up"),
    ("en", "Im 32 weeks pregnant and bleedin"),
    ("en", "I took too many pills"),
]


@pytest.mark.parametrize(("language", "text"), DANGER)
def test_danger_is_heard_in_every_language_and_whichever_is_expected(language: str, text: str) -> None:
    assert {recognise(text, expected).name for expected in (language, None, "en", "es")} == {"urgent"}


@pytest.mark.parametrize("text", [text for _, text in DANGER])
def test_danger_is_heard_in_capitals_and_without_accents(text: str) -> None:
    assert recognise(text.upper()).name == "urgent"


@pytest.mark.parametrize(
    "text",
    [
        "quiero una cita urgente con el cardiólogo",
        "me muero de risa",
        "tuve un infarto en 2019 y me toca la revisión",
        "los resultados del análisis de sangre, por favor",
        "tô morrendo de fome",
        "quanto custa um raio x de tórax",
        "não tenho febre",
        "muoio dal ridere",
        "vorrei prenotare un esame del sangue",
        "em moro de gana",
        "quan costa una radiografia de tòrax",
        "I need an urgent appointment next week",
        "it's not an emergency",
        "do you do blood tests on Saturdays",
        "I'm dying to see you all",
        "how much is a chest x-ray",
        "my stroke rehabilitation visit is on Monday, can I move it",
    ],
)
def test_no_alarm_where_only_the_words_are_alike(text: str) -> None:
    assert recognise(text).name != "urgent"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "dejen de mandarme mensajitos de una vez"),
        ("es", "quiero que borren mi número de su lista"),
        ("es", "no me escriban más por favor"),
        ("pt-BR", "para de me mandar mensagem"),
        ("pt-BR", "me tira dessa lista por favor"),
        ("pt-BR", "não quero mais receber esses lembretes"),
        ("it", "non voglio più ricevere i vostri messaggi"),
        ("it", "cancellatemi dalla vostra lista"),
        ("ca", "no vull rebre més missatges"),
        ("ca", "deixin d'enviar-me missatges"),
        ("en", "please stop texting me"),
        ("en", "take me off your mailing list"),
        ("en", "I do not want any more messages from you"),
    ],
)
def test_who_wants_no_more_messages_is_heard(language: str, text: str) -> None:
    assert recognise(text, language).name == "optout"


@pytest.mark.parametrize(
    "text",
    [
        "quiero cancelar la cita del martes",
        "necesito la baja médica",
        "no me llegan los mensajes con los resultados",
        "quero cancelar a consulta",
        "disdico l'appuntamento",
        "vull cancel·lar la visita de dimarts",
        "take me off the schedule for Friday",
        "put me on the waiting list",
    ],
)
def test_a_visit_or_a_sick_note_is_no_opt_out(text: str) -> None:
    assert recognise(text).name != "optout"


@pytest.mark.parametrize(
    "text",
    [
        "mi hija de 3 años está convulsionando",
        "me duele el pecho, tengo 60 años",
        "my 80 years old mother just had a stroke",
        "meu filho de 2 anos tá tendo convulsão",
        "mio padre di 70 anni sta avendo un infarto",
        "el meu pare de 80 anys té un ictus",
        "hace dos horas que me duele el pecho",
        "tengo cita mañana pero me cuesta respirar",
        "sudando frío y me muero",
        "no tengo saldo y me falta el aire",
    ],
)
def test_an_age_a_visit_or_another_not_takes_no_danger_back(text: str) -> None:
    assert recognise(text).name == "urgent"


@pytest.mark.parametrize(
    "text",
    [
        "hace dos años tuve un infarto, quiero una revisión",
        "ha avuto un ictus due anni fa, vorrei il controllo",
        "I had a stroke 3 years ago and need a check-up",
        "tive um avc há dois anos e quero marcar retorno",
    ],
)
def test_what_happened_long_ago_is_no_alarm(text: str) -> None:
    assert recognise(text).name == "book"


@pytest.mark.parametrize("language", ["any", "ca", "en", "es", "it", "pt-BR"])
@pytest.mark.parametrize("section", SECTIONS)
def test_each_language_has_words_of_its_own_for_both(language: str, section: Guarded) -> None:
    lines = words(LEXICONS / f"{language}.txt", section).splitlines()
    assert [line for line in lines if line and " = " not in line]
