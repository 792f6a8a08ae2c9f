"""Addresses that staff type, made into what a provider takes. Never a gate on what comes in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from recado.errors import Invalid

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# Forms that people copy from WhatsApp and that libphonenumber refuses: Mexico's former 1, Brazil's missing 9.
LEGACY: Final = (
    (re.compile(r"\+521([1-9][0-9]{9})"), r"+52\1"),
    (re.compile(r"\+55([0-9]{2})([6-9][0-9]{7})"), r"+55\g<1>9\2"),
)


def phone(typed: str, country: str, field: str = "phone") -> str:
    """A phone number as typed by staff → E.164.

    `country` is the clinic's (ISO 3166, "BR"): numbers without a country code are taken to be there. Raises
    Invalid that names `field` and says what is wrong, without repeating the number.
    """
    import phonenumbers  # noqa: PLC0415 - a tenth of a function's start, and few requests hold a number

    number = _parse(typed, country, field)
    for pattern, form in LEGACY:
        if not phonenumbers.is_valid_number(number):
            number = _parse(pattern.sub(form, _e164(number)), country, field)
    if not phonenumbers.is_possible_number(number):
        raise Invalid(field, "This phone number is too short or too long.")
    if not phonenumbers.is_valid_number(number):
        raise Invalid(field, "There is no such phone number. Is the area or country code right?")
    return _e164(number)


def _parse(typed: str, country: str, field: str) -> PhoneNumber:
    import phonenumbers  # noqa: PLC0415

    if len(typed) > 40:
        raise Invalid(field, "This is too long for a phone number.")
    try:
        return phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        raise Invalid(field, "This is not a phone number.") from None


def _e164(number: PhoneNumber) -> str:
    import phonenumbers  # noqa: PLC0415

    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
