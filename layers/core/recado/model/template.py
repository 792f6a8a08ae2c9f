"""A text that a provider approves before it may go at any time."""

from __future__ import annotations

from typing import Literal

from recado.model.record import Record
from recado.model.tenant import Language

TemplateState = Literal["approved", "pending", "rejected", "paused", "disabled"]
"""`pending`: the provider has not told us otherwise; `paused`: not now, patients thought ill of it."""


class Template(Record):
    """One of our texts (recado.texts) in one language, as an account's provider sees it."""

    name: str
    language: Language
    category: Literal["utility", "marketing"] = "utility"
    state: TemplateState = "pending"
    body: str = ""
    """As it was submitted, in the provider's notation."""
    variables: tuple[str, ...] = ()
    reason: str = ""
    """Why it is not approved, in the provider's word for it."""

    @property
    def usable(self) -> bool:
        """Whether it may be tried. A pending one may: who asks too early is only refused."""
        return self.state in ("approved", "pending")
