"""What a clinic has written down is found by what people ask, and nothing else is given as an answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.article import Article
from recado.model.tenant import Language
from recado.rules.knowledge import answer_to, gist, kept, search

from tests.samples import NOW

TODAY = NOW.date()

WRITTEN: dict[Language, dict[str, tuple[str, ...]]] = {
    "pt-BR": {
        "insurance": ("Quais convênios vocês aceitam?", "Atendem plano de saúde?", "Aceita Unimed?"),
        "price": ("Quanto custa a consulta?", "Qual o valor da consulta particular?"),
        "parking": ("Tem estacionamento?", "Onde posso estacionar o carro?"),
        "payment": ("Quais as formas de pagamento?", "Posso pagar com cartão ou pix?"),
        "fasting": ("Preciso estar em jejum para o exame?", "Quantas horas de jejum?"),
    },
    "es": {
        "insurance": ("¿Con qué mutuas trabajan?", "¿Aceptan mi seguro médico?", "¿Trabajan con Sanitas?"),
        "price": ("¿Cuánto cuesta la consulta?", "¿Qué precio tiene una visita privada?"),
        "parking": ("¿Hay aparcamiento?", "¿Dónde puedo aparcar el coche?"),
        "payment": ("¿Cómo puedo pagar?", "¿Se puede pagar con tarjeta?"),
    },
    "it": {
        "insurance": ("Siete convenzionati con la mia assicurazione?", "Quali assicurazioni accettate?"),
        "price": ("Quanto costa la visita?", "Qual è il prezzo di una visita privata?"),
        "parking": ("C'è un parcheggio?", "Dove posso parcheggiare la macchina?"),
    },
    "ca": {
        "insurance": ("Amb quines mútues treballeu?", "Accepteu la meva assegurança?"),
        "price": ("Quant costa la visita?", "Quin preu té una visita privada?"),
        "parking": ("Hi ha aparcament?", "On puc aparcar el cotxe?"),
    },
    "en": {
        "insurance": ("Which insurance do you accept?", "Do you take my health insurance?"),
        "price": ("How much is a consultation?", "What does a private visit cost?"),
        "parking": ("Is there parking?", "Where can I park my car?"),
    },
}


def article(own_id: str, language: Language, *questions: str, until: date = date(2027, 1, 1)) -> Article:
    return Article(
        id=own_id,
        language=language,
        questions=questions,
        answer="…",
        source="Reception",
        review_by=until,
        at=NOW,
        by="agent:ana",
    )


ARTICLES = [
    article(own_id, language, *questions)
    for language, written in WRITTEN.items()
    for own_id, questions in written.items()
]

ASKED = [
    ("pt-BR", "vcs aceitam convenio?", "insurance"),
    ("pt-BR", "Boa tarde! aceita unimed", "insurance"),
    ("pt-BR", "qto custa a consulta", "price"),
    ("pt-BR", "qual valor da consulta particular por favor", "price"),
    ("pt-BR", "tem estacionameto ai?", "parking"),
    ("pt-BR", "posso pagar com pix?", "payment"),
    ("pt-BR", "precisa de jejum pro exame?", "fasting"),
    ("es", "trabajais con sanitas?", "insurance"),
    ("es", "hola, cuanto cuesta una consulta", "price"),
    ("es", "donde puedo aparcar", "parking"),
    ("es", "puedo pagar con tarjeta?", "payment"),
    ("it", "quanto costa una visita", "price"),
    ("it", "ce un parcheggio?", "parking"),
    ("it", "accettate assicurazioni?", "insurance"),
    ("ca", "quant costa una visita?", "price"),
    ("ca", "on puc aparcar", "parking"),
    ("ca", "treballeu amb mutues?", "insurance"),
    ("en", "how much does a consultation cost", "price"),
    ("en", "is there any parking?", "parking"),
    ("en", "do u take insurance", "insurance"),
]

NOT_WRITTEN = [
    ("pt-BR", "o médico atende crianças?"),
    ("pt-BR", "meu filho está com febre, o que faço?"),
    ("pt-BR", "quero remarcar"),
    ("pt-BR", "vocês fazem atestado?"),
    ("es", "¿el doctor habla inglés?"),
    ("es", "se me ha olvidado el paraguas en la sala"),
    ("it", "il dottore riceve il sabato?"),
    ("ca", "em podeu enviar un justificant?"),
    ("en", "is the doctor any good?"),
    ("en", "my knee hurts since yesterday"),
]


@pytest.mark.parametrize(("language", "text", "expected"), ASKED)
def test_what_is_written_is_found_however_it_is_asked(language: Language, text: str, expected: str) -> None:
    found = answer_to(text, ARTICLES, language, TODAY)
    assert found is not None
    assert (found.article.id, found.article.language) == (expected, language)


@pytest.mark.parametrize(("language", "text"), NOT_WRITTEN)
def test_what_is_not_written_has_no_answer(language: Language, text: str) -> None:
    assert answer_to(text, ARTICLES, language, TODAY) is None


def test_an_answer_holds_until_somebody_had_to_look_at_it() -> None:
    until = article("a", "en", "Is there parking?", until=TODAY)
    past = article("b", "en", "Is there parking?", until=date(2026, 11, 22))
    assert answer_to("is there parking", [until], "en", TODAY) is not None
    assert answer_to("is there parking", [past], "en", TODAY) is None


def test_of_two_that_answer_as_well_none_is_given() -> None:
    twins = [article("a", "en", "Is there parking?"), article("b", "en", "Is there parking?")]
    assert answer_to("is there parking", twins, "en", TODAY) is None
    assert len(search("is there parking", twins)) == 2


def test_of_a_question_nothing_is_kept_by_which_somebody_is_known() -> None:
    said = "Aceitam Unimed? meu CPF é 123.456.789-00, ligue 11 98765-4321 ou maria@example.com https://x.example/1"
    assert kept(said) == "aceitam unimed meu cpf é ligue ou"
    assert gist("Aceitam Unimed?") == gist("unimed, vocês aceitam")


@given(st.text(max_size=400))
def test_whatever_is_asked_is_looked_for_and_kept_short(text: str) -> None:
    found = search(text, ARTICLES)
    assert all(0 < one.score <= 1.000001 for one in found)
    assert not any(sign.isdecimal() for sign in kept(text))
    assert len(kept(text)) <= 120


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("pt-BR", "quanto custa?"),
        ("pt-BR", "quanto é"),
        ("pt-BR", "qual o preço"),
        ("es", "¿cuánto es?"),
        ("it", "quanto viene"),
        ("ca", "quant és?"),
        ("en", "how much is it"),
        ("en", "what's the price"),
    ],
)
def test_who_asks_but_what_it_costs_is_told_the_price(language: Language, question: str) -> None:
    known = [article(own_id, language, *ways) for own_id, ways in WRITTEN[language].items()]
    found = answer_to(question, known, language, TODAY)
    assert found is not None
    assert found.article.id == "price"


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("pt-BR", "quanto tempo dura a consulta?"),
        ("en", "how much time does it take"),
        ("it", "quanto manca?"),
    ],
)
def test_how_much_of_something_else_is_no_question_for_a_price(language: Language, question: str) -> None:
    known = [article(own_id, language, *ways) for own_id, ways in WRITTEN[language].items()]
    assert answer_to(question, known, language, TODAY) is None
