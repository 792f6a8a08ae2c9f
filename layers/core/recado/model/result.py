"""Whether results of an examination are there: never what they say (R49)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from recado.model.record import Instant, Record, Versioned

SecureLink = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"']{4,290}$")]


class Result(Record):
    """One, as the clinic's system or desk told it: nothing of it says of what."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
    ready: bool
    link: SecureLink | None = None
    """Where its owner sees it, behind a sign-in of the clinic's own."""
    at: Instant
    by: str


class Look(Record):
    """That somebody asked for it, and what they had shown of themselves by then."""

    at: Instant
    what: Literal["verified", "refused", "locked"]
    channel: str
    contact: str


class Results(Versioned):
    """All of a patient's, and who asked."""

    patient: str
    items: tuple[Result, ...] = ()
    tries: int = 0
    """Wrong answers in a row."""
    locked_until: Instant | None = None
    looks: tuple[Look, ...] = Field(default=(), max_length=100)
    """The latest, oldest first."""
