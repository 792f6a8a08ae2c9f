"""Who sees patients at the demo clinics, for what and when."""

from __future__ import annotations

from typing import Any, Final

LAST: Final = ("delsol", "elena-ruiz")
"""The schedule that is written last."""

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
}

WEEK: Final = tuple(
    {"weekday": day, "begins": begins, "ends": ends}
    for day in range(6)
    for begins, ends in (("08:00", "13:00"), ("14:00", "20:00"))
    if day < 5 or begins == "08:00"
)
"""Weekdays, and Saturday in the morning."""
