"""What a clinic answers to frequent questions (R51, R57)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from recado.model.record import Instant, Record, Versioned
from recado.model.tenant import Language

Asked = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class Article(Versioned):
    """One answer in one language, and the ways in which people ask for it."""

    id: str
    """The same in each language."""
    language: Language
    questions: tuple[Asked, ...] = Field(min_length=1, max_length=40)
    answer: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=700)]
    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    """Where the clinic has it from; the patient is shown it."""
    review_by: date
    """The day on which somebody of the clinic has to look whether it still holds."""
    at: Instant
    by: str


class Unanswered(Record):
    """What was asked and not found: the words, without digits, addresses or who asked. Each is kept 90 days,
    or until whoever asked is erased."""

    text: str
    language: Language
    times: int
    last_at: Instant
