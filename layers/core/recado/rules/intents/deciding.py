"""What somebody wants: rules where missing it would hurt, short answers as they are, else the model."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, cast

from recado.rules.intents.model import likelihoods
from recado.rules.replies import Kind, read

Name = Literal[
    "confirm",
    "cancel",
    "reschedule",
    "book",
    "results",
    "hours",
    "price",
    "complaint",
    "human",
    "optout",
    "urgent",
    "greeting",
    "thanks",
    "oos",
]
"""`hours`: when and where the clinic is. `price`: what it costs and who pays (insurance). `results`: whether
they are there. `human`: they ask for a person. `oos`: out of scope, all that none of the others is."""

SURE: Final = 0.5
"""Below this the machine abstains: it is for a person, or may be asked again."""


class Intent(NamedTuple):
    """`confidence` is how likely it is, 0 to 1, calibrated."""

    name: Name
    confidence: float

    @property
    def sure(self) -> bool:
        """Whether a machine may act on it."""
        return self.confidence >= SURE


ANSWERS: Final[dict[Kind, Name]] = {
    "confirm": "confirm",
    "cancel": "cancel",
    "optout": "optout",
    "human": "human",
}
CERTAIN: Final = 0.99
"""Of what a rule decides."""


def recognise(text: str, language: str | None = None) -> Intent:
    """The intent of what somebody wrote or said. Never raises.

    `language` is theirs or the clinic's, as a tag (`pt-BR`), where it is known; people write in any.
    """
    if not text.strip():
        return Intent("oos", 0.0)
    answer = ANSWERS.get(read(text, languages=(language,) if language else ()).kind)
    if answer is not None:
        return Intent(answer, CERTAIN)
    chances = likelihoods(text)
    best = max(chances, key=lambda name: chances[name])
    return Intent(cast("Name", best), round(chances[best], 4))
