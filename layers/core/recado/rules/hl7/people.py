"""A PID segment as cells. Source: HL7 v2.5.1, 3.4.2 (PID), 2.A (CX, XPN, XAD, XTN), tables 0200, 0203."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from recado.rules.hl7.message import Message
from recado.rules.imports.entry import Cells

SOURCE: Final = "hl7"
"""As which system of a clinic's whoever speaks HL7 v2 tells of its patients (model.patient_import)."""
FIELDS: Final[Mapping[str, str]] = {
    "id": "PID-3",
    "document": "PID-3",
    "name": "PID-5",
    "given_name": "PID-5",
    "family_name": "PID-5",
    "birth_date": "PID-7",
    "phone": "PID-13",
    "email": "PID-13",
}
"""Cells that may be at fault → where the message says it."""
_SEXES: Final[Mapping[str, str]] = {"F": "female", "M": "male", "O": "other", "A": "other", "U": "unknown"}
_NATIONAL: Final = frozenset({"NI", "NNBRA", "NNESP", "NNITA", "NNMEX", "NNARG", "NNCHL", "NNPRT", "TAX"})
"""Identifier types of national documents (table 0203)."""
_NOT_A_NAME: Final = frozenset({"A", "B", "M", "N", "S"})
"""Types of names by which nobody is called: alias, at birth, maiden, nickname, coded (table 0200)."""
_RECORD: Final = ("MR", "PI", "PT", "")
"""Types of identifiers that name a record, the best first."""


def cells(message: Message) -> Cells:
    """What a message says of its patient."""
    found: dict[str, list[str]] = {
        "id": [known_as(message)],
        "birth_date": [message.value("PID-7")[:8]],
        "sex": [_SEXES.get(message.value("PID-8").upper(), "")],
        "language": [message.value("PID-15")],
        "deceased": ["yes" if message.value("PID-30") == "Y" else ""],
        **_called(message),
        "street": [message.value("PID-11")],
        "city": [message.value("PID-11", 3)],
        "postcode": [message.value("PID-11", 5)],
        "country": [_country(message.value("PID-11", 6))],
    }
    for name, value in (*_reached(message), *_documents(message)):
        found.setdefault(name, []).append(value)
    return found


def known_as(message: Message) -> str:
    """`<system>|<id>`: what their system calls them; "" where it does not say."""
    given = range(1, len(message.repeats("PID-3")) + 1)
    named = [one for one in given if message.value("PID-3", 5, one) in _RECORD]
    best = min(named, key=lambda one: _RECORD.index(message.value("PID-3", 5, one)), default=None)
    if best is None or not message.value("PID-3", 1, best):
        return ""
    system = message.value("PID-3", 4, best) or message.value("MSH-3")
    return f"{system}|{message.value('PID-3', 1, best)}"


def _called(message: Message) -> dict[str, list[str]]:
    given = range(1, len(message.repeats("PID-5")) + 1)
    number = next((one for one in given if message.value("PID-5", 7, one) not in _NOT_A_NAME), None)
    if number is None:
        return {}
    first, second = message.value("PID-5", 2, number), message.value("PID-5", 3, number)
    return {
        "given_name": [f"{first} {second}".strip()],
        "family_name": [message.value("PID-5", 1, number)],
    }


def _reached(message: Message) -> Iterator[tuple[str, str]]:
    """Numbers and addresses at home; where somebody works is not where they hear of their visits."""
    for one in range(1, len(message.repeats("PID-13")) + 1):
        kind = message.value("PID-13", 3, one)
        if kind in ("Internet", "X.400"):
            yield "email", message.value("PID-13", 4, one)
        elif kind in ("", "PH", "CP"):
            yield "phone", _number(message, one)


def _number(message: Message, one: int) -> str:
    """By its parts; as it was written, where it has none (2.A.89: the first component is of before 2.3)."""
    country, area, local = (message.value("PID-13", part, one) for part in (5, 6, 7))
    whole = f"+{country.lstrip('+')} {area} {local}" if country else f"{area} {local}"
    return whole if local else message.value("PID-13", 12, one) or message.value("PID-13", 1, one)


def _documents(message: Message) -> Iterator[tuple[str, str]]:
    for one in range(1, len(message.repeats("PID-3")) + 1):
        if message.value("PID-3", 5, one) in _NATIONAL:
            yield "document", message.value("PID-3", 1, one)


def _country(code: str) -> str:
    """A country of three letters (ISO 3166, as table 0399 has it) is what its language calls it elsewhere."""
    return _COUNTRIES.get(code, code)


_COUNTRIES: Final[Mapping[str, str]] = {
    "BRA": "BR",
    "PRT": "PT",
    "ESP": "ES",
    "ITA": "IT",
    "AND": "AD",
    "ARG": "AR",
    "CHL": "CL",
    "MEX": "MX",
    "GBR": "GB",
    "IRL": "IE",
    "USA": "US",
}
