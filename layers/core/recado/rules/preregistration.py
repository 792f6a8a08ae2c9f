"""What a form says of whoever filled it in, so that the desk need not ask again (R18)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from recado.errors import Invalid
from recado.model.patient import Fact
from recado.rules import documents
from recado.rules.fields import checked

FIELDS: Final[Mapping[str, str]] = {
    "given_name": "given_name",
    "first_name": "given_name",
    "family_name": "family_name",
    "last_name": "family_name",
    "birth_date": "birth_date",
    "bday": "birth_date",
    "sex": "sex",
    "street": "street",
    "street_address": "street",
    "city": "city",
    "address_level2": "city",
    "postcode": "postcode",
    "postal_code": "postcode",
    "country": "country",
}
"""A form's field, with `_` for `-`: our own names, and those by which browsers fill them in (WHATWG, HTML,
4.10.18.7.1: autofill)."""

DOCUMENTS: Final[Mapping[str, str]] = {
    "cpf": "br/cpf",
    "cns": "br/cns",
    "nie": "es/nie",
    "codice_fiscale": "it/codicefiscale",
    "curp": "mx/curp",
    "nhs_number": "gb/nhs",
    "rut": "cl/rut",
}
ANY_DOCUMENT: Final = frozenset({"document", "dni", "id_number"})
"""The number says of which document of the clinic's country it is."""

SEXES: Final[Mapping[str, str]] = {
    "f": "female",
    "feminino": "female",
    "femenino": "female",
    "femminile": "female",
    "femení": "female",
    "m": "male",
    "masculino": "male",
    "maschile": "male",
    "masculí": "male",
}
DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
"""As dates are written wherever our five languages are spoken, but for the United States."""


def said(form: Mapping[str, Any], country: str, today: date) -> dict[Fact, str]:
    """The fields of a form that we know, each as rules.fields.checked has it.

    What cannot be a value of its field is left to people, who see the form as it came.
    """
    found: dict[Fact, str] = {}
    for name, typed in form.items():
        if isinstance(typed, str):
            found |= dict(_read(name.casefold().replace("-", "_"), typed, country, today))
    return found


def _read(name: str, typed: str, country: str, today: date) -> Iterator[tuple[Fact, str]]:
    guessed = documents.guessed(typed, country) if name in ANY_DOCUMENT else None
    if guessed:
        yield guessed
    field = FIELDS.get(name) or DOCUMENTS.get(name)
    if field is None:
        return
    try:
        yield checked(field, _plain(field, typed), today)
    except Invalid:
        return


def _plain(field: str, typed: str) -> str:
    value = typed.strip()
    if field == "sex":
        return SEXES.get(value.casefold(), value.casefold())
    written = DAY_FIRST.fullmatch(value) if field == "birth_date" else None
    return f"{written[3]}-{written[2]:0>2}-{written[1]:0>2}" if written else value
