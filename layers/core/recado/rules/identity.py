"""When two addresses are one person's, as two spellings of a phone number are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from recado.model.contact_point import ContactPoint

# Source: ANATEL's ninth digit (2012-2016): mobile numbers, which began with 6 to 9, had a 9 put in front.
# WhatsApp still knows many people by the old form.
BRAZIL: Final = re.compile(r"55([1-9][1-9])([6-9][0-9]{7})")
# Source: IFT, August 2019: the 1 after the country code of mobiles was dropped. WhatsApp kept it.
MEXICO: Final = re.compile(r"521([1-9][0-9]{9})")
# Mobiles have a 9 after the country code when reached from abroad, and no mark at all inside the country,
# where people write the number without. Nothing in the digits tells a landline: it gets a 9 as well, which
# only serves to compare. What we call and write to is the address as it was given.
ARGENTINA: Final = re.compile(r"54([1-8][0-9]{9})")


def contact_points(identities: Iterable[Sequence[str]]) -> list[ContactPoint]:
    """What a provider calls somebody, (system, value) pairs, as contact points in the form of matching."""
    return [_point(system, value) for system, value in identities]


UNVERIFIED: Final = "unverified_email"
"""The system of an address that its user has typed, or that a mail says it is from, and nothing proves."""


VISITOR: Final = "webchat"
"""The system of a chat visitor's name, which we give to whoever asks."""


def is_proven(kind: str, points: Iterable[ContactPoint]) -> bool:
    """Whether a message of this kind shows that these contact points are its sender's.

    Whoever fills in a form, or writes a mail that DMARC does not vouch for, may be anybody.
    """
    return kind != "form" and all(point.system != UNVERIFIED for point in points)


def is_visitor(points: Iterable[ContactPoint]) -> bool:
    """Whether all that is known of somebody is that they write on the clinic's page. Whoever opens another
    window is another visitor, and who has closed it hears nothing more: until a person has their number, they
    take none of the clinic's times."""
    return all(point.system in (VISITOR, UNVERIFIED) for point in points)


def _point(system: str, value: str) -> ContactPoint:
    if system == "phone":
        return ContactPoint(system="phone", value=canonical_phone(value))
    return ContactPoint(system=system, value=value)


def canonical_phone(digits: str) -> str:
    """One form for every spelling of the same number: "+" and digits, as E.164 where the digits are a number.

    `digits` starts with the country code, with or without "+" and with any separators. Mobile numbers of
    Brazil, Mexico and Argentina, of which two forms are in use, meet in the form that is valid today. To
    match people by; answer to the address as received.
    """
    number = re.sub(r"[^0-9]", "", digits)
    if match := BRAZIL.fullmatch(number):
        return f"+55{match[1]}9{match[2]}"
    if match := MEXICO.fullmatch(number):
        return f"+52{match[1]}"
    if match := ARGENTINA.fullmatch(number):
        return f"+549{match[1]}"
    return f"+{number}"
