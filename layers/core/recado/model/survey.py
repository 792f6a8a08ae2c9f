"""What somebody was asked after a visit, and what they said of it."""

from __future__ import annotations

from typing import Literal

from recado.model.record import Instant, Versioned
from recado.model.tenant import Language

SurveyKind = Literal["nps", "csat"]
"""`nps`: how likely they are to recommend the clinic, 0 to 10. `csat`: how content they are, 1 to 5."""


class Survey(Versioned):
    """One question about one visit, or one contact; its id is that of the message that asked it."""

    id: str
    kind: SurveyKind
    patient: str
    appointment: str | None = None
    about_contact: str | None = None
    """The one of these two that it is about."""
    practitioner: str = ""
    practitioner_id: str | None = None
    type_id: str | None = None
    language: Language
    day: str
    """The day of the visit where it was, `YYYY-MM-DD`, or on which they were asked: it is counted there."""
    channel: str
    """By which it was asked; once it is answered, by which it was."""
    contact_point: str
    """The identity partition that carries its question: `<system>#<value>`."""
    asked_at: Instant
    score: int | None = None
    answered_at: Instant | None = None
    comment: str | None = None
    """Why, in their own words: they are asked once."""
    contact: str | None = None
    """In which contact they answered."""
    erased_at: Instant | None = None
