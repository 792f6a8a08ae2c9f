"""Who stands at the other end on WhatsApp: a phone number, a business-scoped user id (BSUID), or both.

Since 2026 people may hide their number behind a username. Then the number is missing, empty, or its place
in `from` is taken by the BSUID. Usernames change hands and identify nobody.
"""

from __future__ import annotations

from recado.channels.events import MAX_ID, Fields, child, text


def index(contacts: list[Fields]) -> dict[str, Fields]:
    """The contacts under each of their ids; under "" the only one, where there is only one."""
    found: dict[str, Fields] = {}
    for one in contacts:
        for identity in (text(one, "wa_id"), text(one, "user_id")):
            found.setdefault(identity, one)
    found.pop("", None)
    return {**found, "": contacts[0]} if len(contacts) == 1 else found


def contact(contacts: dict[str, Fields], message: Fields) -> Fields:
    """The contact this message is from: by id, or the only one when the message itself names nobody."""
    ids = [text(message, "from"), text(message, "from_user_id")]
    named = [one for one in ids if one]
    return next((contacts[one] for one in named or [""] if one in contacts), {})


def sender(message: Fields, contact: Fields) -> list[tuple[str, str]]:
    """Who wrote. A hidden number is missing, empty, or has its place in `from` taken by the BSUID."""
    system = child(message, "system")
    return known(
        ("phone", text(message, "from")),
        ("phone", text(contact, "wa_id")),
        ("bsuid", text(message, "from_user_id")),
        ("bsuid", text(contact, "user_id")),
    ) or known(("bsuid", text(system, "previous_user_id") or text(system, "user_id")))


def recipient(status: Fields) -> list[tuple[str, str]]:
    who = "recipient_participant" if text(status, "recipient_type") == "group" else "recipient"
    return known(("phone", text(status, f"{who}_id")), ("bsuid", text(status, f"{who}_user_id")))


def known(*claims: tuple[str, str]) -> list[tuple[str, str]]:
    """The identities that are there, phones first. What is in a phone's place and no number is a BSUID."""
    found: dict[tuple[str, str], None] = {}
    for system, value in claims:
        if not 0 < len(value) <= MAX_ID:
            continue
        digits = value.removeprefix("+")
        if system == "phone" and digits.isascii() and digits.isdigit():
            found["phone", f"+{digits}"] = None
        else:
            found["bsuid", value] = None
    return sorted(found, key=lambda pair: pair[0] != "phone")


def address(identities: list[tuple[str, str]]) -> str:
    """What to answer to, as the provider writes it: digits without "+", or the BSUID."""
    return identities[0][1].removeprefix("+") if identities else ""
