"""Addresses and numbers that lead to a person."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import StringConstraints

from recado.model.record import Record

System = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
"""What kind of address identifies a person: `phone`, `bsuid` (WhatsApp's, of who hides their number),
`email`, `unverified_email`, `telegram`, `messenger`, `instagram`, `webchat`, or a new channel's own.

Who writes from an `unverified_email` may be anybody, for DMARC did not prove the sender: it never leads to
who is known by the same address as an `email`."""


NUMBERS: Final = frozenset({"document", "ehr"})
"""Systems by which somebody is known, not reached: `<country>/<type>:<number>` of an official document
(rules/documents.py), and the id in a clinic's other system."""


class ContactPoint(Record):
    """An address at which a person is reached (FHIR ContactPoint): `value` is canonical, for matching."""

    system: System
    value: str
