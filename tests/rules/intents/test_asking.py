"""Who asks when their own visit is, is told from who wants anything else of a visit or of a time."""

from __future__ import annotations

import pytest
from recado.rules.intents.asking import asks_when


@pytest.mark.parametrize(
    "text",
    [
        "a che ora ho la visita?",
        "mi ricorda a che ora è il mio appuntamento",
        "che giorno devo venire?",
        "qual o horário da minha consulta",
        "qnd é minha consulta?",
        "tenho alguma consulta marcada?",
        "¿cuándo tengo cita?",
        "no recuerdo la hora de mi cita",
        "a que hora me toca mañana",
        "quan tinc hora?",
        "em podeu dir quin dia em toca",
        "WHEN IS MY APPOINTMENT",
        "do I have an appointment this week?",
        "what time am I booked in on friday",
    ],
)
def test_the_question_is_known_however_it_is_put(text: str) -> None:
    assert asks_when(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a che ora aprite?",
        "quando posso spostare la mia visita?",
        "when can I change my appointment",
        "que horas vocês fecham",
        "posso chegar atrasada na minha consulta?",
        "quando sai o resultado do meu exame",
        "¿cuándo puedo pedir mi cita?",
        "how much is my visit",
        "quina hora és",
        "confirmo la mia visita",
        "quiero mi cita",
        "perdi minha consulta de ontem",
        "when is my appointment " + "and another thing " * 12,
    ],
)
def test_what_asks_for_something_else_is_not_taken_for_it(text: str) -> None:
    assert not asks_when(text)
