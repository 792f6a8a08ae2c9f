"""Who sees patients at the demo clinics, for what and when; and what self-service knows where it is on."""

from __future__ import annotations

from typing import Any, Final

LAST: Final = ("aurora", "ada-neri")
"""The schedule that is written last."""

LEARNED: Final = ("T#aurora#risk", "noshow")
"""The row that is written when the visits of before are there: what was learned from them (histories.py)."""

PRACTITIONERS: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "boavista": (
        {"id": "helena-prado", "name": "Dra. Helena Prado", "languages": ("pt-BR", "es")},
        {"id": "caio-menezes", "name": "Dr. Caio Menezes", "languages": ("pt-BR", "en")},
        {"id": "livia-torres", "name": "Dra. Lívia Torres", "languages": ("pt-BR",)},
    ),
    "delsol": (
        {"id": "pilar-gomez", "name": "Dra. Pilar Gómez", "languages": ("es",)},
        {"id": "jordi-casals", "name": "Dr. Jordi Casals", "languages": ("es", "ca", "en")},
        {"id": "elena-ruiz", "name": "Dra. Elena Ruiz", "languages": ("es", "it")},
    ),
    "aurora": (
        {"id": "giulia-conti", "name": "Dott.ssa Giulia Conti", "languages": ("it", "en")},
        {"id": "marco-ferri", "name": "Dott. Marco Ferri", "languages": ("it", "es")},
        {"id": "ada-neri", "name": "Prof.ssa Ada Neri", "languages": ("it",)},
    ),
}

TYPES: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "boavista": (
        {"id": "consulta", "name": "Consulta", "minutes": 30, "bookable": True},
        {"id": "retorno", "name": "Retorno", "minutes": 15, "bookable": True},
        {
            "id": "exame",
            "name": "Exame",
            "minutes": 45,
            "buffer": 15,
            "practitioners": ("livia-torres",),
            "preparation": {
                "pt-BR": "Venha em jejum de 8 horas e traga um documento com foto.",
                "es": "Venga en ayunas de 8 horas y traiga un documento con foto.",
                "en": "Please do not eat for 8 hours before, and bring an identity document.",
            },
        },
    ),
    "delsol": (
        {"id": "consulta", "name": "Consulta", "minutes": 30, "bookable": True},
        {"id": "revision", "name": "Revisión", "minutes": 15, "bookable": True},
        {
            "id": "prueba",
            "name": "Prueba",
            "minutes": 45,
            "buffer": 15,
            "practitioners": ("pilar-gomez",),
            "preparation": {
                "es": "Venga en ayunas de 8 horas y traiga su documento de identidad.",
                "ca": "Vingui en dejú de 8 hores i porti el document d'identitat.",
                "en": "Please do not eat for 8 hours before, and bring an identity document.",
            },
        },
    ),
    "aurora": (
        {"id": "visita", "name": "Visita", "minutes": 30, "bookable": True},
        {"id": "controllo", "name": "Controllo", "minutes": 15, "bookable": True},
        {
            "id": "consulto",
            "name": "Consulto",
            "minutes": 30,
            "bookable": True,
            "practitioners": ("ada-neri",),
        },
        {
            "id": "esame",
            "name": "Esame",
            "minutes": 45,
            "buffer": 15,
            "practitioners": ("giulia-conti",),
            "preparation": {
                "it": "Venga a digiuno da 8 ore e porti un documento d'identità.",
                "en": "Please do not eat for 8 hours before, and bring an identity document.",
            },
        },
    ),
}

WEEK: Final = tuple(
    {"weekday": day, "begins": begins, "ends": ends}
    for day in range(6)
    for begins, ends in (("08:00", "13:00"), ("14:00", "20:00"))
    if day < 5 or begins == "08:00"
)
"""Weekdays, and Saturday in the morning."""

SELDOM: Final[dict[str, dict[str, Any]]] = {
    "ada-neri": {
        "weekly": ({"weekday": 2, "begins": "15:00", "ends": "15:30", "types": ("consulto",)},),
        "horizon_days": 10,
    },
}
"""Who is there for one visit a week: whoever comes too late for it can wait for it."""

SELF_SERVICE: Final[dict[str, dict[str, Any]]] = {
    "aurora": {
        "bot": "on",
        "hosted_intents": "on",
        "risk": "on",
        "offer_at_once": 2,
        "address": "Via dei Giardini 12, Roma",
        "result_hosts": ("referti.aurora.example",),
        "hours": tuple(
            {"weekday": day, "opens": "08:00", "closes": "20:00" if day < 5 else "13:00"} for day in range(6)
        ),
    },
}
"""Where it is on, and what it tells of the clinic. Elsewhere each message goes to an agent."""

SURVEY: Final = {"name": "survey", "minutes": 120, "purpose": "survey", "text": "survey_csat"}
"""Two hours after a visit, for who takes such messages: how it was."""

POLICIES: Final[dict[str, tuple[dict[str, Any], ...]]] = {"aurora": (SURVEY,)}
"""What a clinic's policy has beside the reminders that every clinic begins with."""

ARTICLES: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "aurora": (
        {
            "id": "prezzi",
            "language": "it",
            "questions": ("Quanto costa una visita?", "Quali sono i prezzi?", "Prezzo della visita"),
            "answer": "Una visita costa 90 €, un controllo 50 €. Si paga in contanti, con carta o Satispay.",
            "source": "Listino della reception",
        },
        {
            "id": "prezzi",
            "language": "en",
            "questions": ("How much is a visit?", "What are your prices?", "Price of a consultation"),
            "answer": "A visit is 90 €, a check-up 50 €. You can pay in cash, by card or Satispay.",
            "source": "Price list of the reception",
        },
        {
            "id": "prezzi",
            "language": "es",
            "questions": ("¿Cuánto cuesta una visita?", "¿Qué precios tienen?", "Precio de la consulta"),
            "answer": "Una visita cuesta 90 €; una revisión, 50 €. Se paga en efectivo o con tarjeta.",
            "source": "Lista de precios de recepción",
        },
        {
            "id": "assicurazioni",
            "language": "it",
            "questions": (
                "Con quali assicurazioni siete convenzionati?",
                "Accettate la mia assicurazione?",
                "Siete convenzionati con il servizio sanitario nazionale?",
            ),
            "answer": (
                "Siamo convenzionati con UniSalute e RBM. Porti la tessera e, se serve, l'autorizzazione."
            ),
            "source": "Reception",
        },
        {
            "id": "parcheggio",
            "language": "it",
            "questions": ("C'è un parcheggio?", "Dove posso parcheggiare?"),
            "answer": "Sì, il parcheggio del cortile è gratuito per la durata della visita.",
            "source": "Reception",
        },
        {
            "id": "documenti",
            "language": "it",
            "questions": (
                "Che documenti devo portare?",
                "Cosa devo portare alla prima visita?",
            ),
            "answer": "Porti un documento d'identità, la tessera sanitaria e gli esami che ha già fatto.",
            "source": "Reception",
        },
    ),
}
"""What is asked often, with the answer; somebody looks at each again within half a year."""
