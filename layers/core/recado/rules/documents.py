"""Numbers of official documents: which there are, and whether one can be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from recado.errors import Invalid
from recado.model.contact_point import ContactPoint
from recado.rules.countries import COUNTRIES

STANDARD: Final = frozenset(
    {
        "ad/nrt",
        "ar/dni",
        "br/cpf",
        "cl/rut",
        "es/dni",
        "es/nie",
        "gb/nhs",
        "it/codicefiscale",
        "mx/curp",
        "pe/cui",
        "pt/cc",
    }
)
"""`<country>/<type>`, as python-stdnum calls them: it knows their forms and check digits."""

HEALTH_CARD: Final = "br/cns"
"""Cartão Nacional de Saúde."""

KINDS: Final = STANDARD | {HEALTH_CARD}

PASSPORT: Final = re.compile(r"[a-z]{2}/passport")
"""Of any country. Source: ICAO Doc 9303, part 4, 4.2.2.2: nine characters in the zone that machines read."""


def is_document(name: str) -> bool:
    """Whether documents of this name (model.patient.DocumentName) are known."""
    return name in KINDS or (PASSPORT.fullmatch(name) is not None and name[:2].upper() in COUNTRIES)


def number(name: str, typed: str) -> str:
    """The number of a document without what people put between its digits: `39053344705`.

    Raises Invalid that names the document's name where there is none such, or this cannot be its number.
    """
    if not is_document(name):
        raise Invalid(name, "We do not know this document.")
    found = _of(name)(typed)
    if found is None:
        raise Invalid(name, "This is not a number of this document. Is a digit missing or wrong?")
    return found


def guessed(typed: str, country: str) -> tuple[str, str] | None:
    """The document of a country (ISO 3166 alpha-2) whose number this is, where it can be one of one only."""
    found = list(_readings(typed, country.lower()))
    return found[0] if len(found) == 1 else None


def point(name: str, value: str) -> ContactPoint:
    """As records are matched by it."""
    return ContactPoint(system="document", value=f"{name}:{value}")


def _readings(typed: str, country: str) -> Iterator[tuple[str, str]]:
    for name in sorted(KINDS):
        value = _of(name)(typed) if name.startswith(f"{country}/") else None
        if value is not None:
            yield name, value


def _of(name: str) -> Callable[[str], str | None]:
    """What reads the numbers of a document."""
    if name == HEALTH_CARD:
        return _health_card
    return _standard(name) if name in STANDARD else _passport


def _standard(name: str) -> Callable[[str], str | None]:
    # Every start would pay for it, and few records are told a document.
    from stdnum import get_cc_module  # noqa: PLC0415
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    module = get_cc_module(*name.split("/"))
    if module is None:
        raise LookupError(name)

    def read(typed: str) -> str | None:
        try:
            found = str(module.validate(typed))
        except ValidationError:
            return None
        # 111.111.111-11 has the right check digits, and is typed for whoever has no number at hand.
        return found if len(set(found)) > 1 else None

    return read


def _health_card(typed: str) -> str | None:
    """Source: DATASUS, rotina de validação do CNS: 15 digits that begin with 1, 2, 7, 8 or 9, whose sum,
    weighted from 15 down to 1, is a multiple of 11."""
    digits = _plain(typed)
    if not re.fullmatch(r"[12789][0-9]{14}", digits):
        return None
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(15, 0, -1), strict=True))
    return digits if weighted % 11 == 0 else None


def _passport(typed: str) -> str | None:
    plain = _plain(typed).upper()
    return plain if re.fullmatch(r"(?=.*[0-9])[A-Z0-9]{5,9}", plain) else None


def _plain(typed: str) -> str:
    return re.sub(r"[\s.\-/]", "", typed)
