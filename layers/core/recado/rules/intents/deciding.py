"""What somebody wants: rules where missing it would hurt, short answers as they are, else the model."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal, NamedTuple, cast

from recado.rules.intents.guarding import denied, guarded
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

SURE: Final = 0.85
"""Below this the machine abstains: it is for a person, or may be asked again. By cross-validation, so that
of what is answered nineteen in twenty are right."""
ALERT: Final[dict[Name, float]] = {"urgent": 0.35, "optout": 0.3}
"""So likely, and it is taken for that although something else is likelier: missing it would hurt, one too
many costs a person a look. By cross-validation, so that at most one in fifty others is taken for it."""
DESPITE: Final = 0.8
"""So likely, and it is taken for that although the words that say so were taken back."""


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
    chances = cast("Mapping[Name, float]", likelihoods(text))
    return ruled(text, language) or likeliest(chances, denied(text))


def ruled(text: str, language: str | None = None) -> Intent | None:
    """What rules alone read in it, if they read anything."""
    answer = ANSWERS.get(read(text, languages=(language,) if language else ()).kind) or guarded(text)
    return Intent(answer, CERTAIN) if answer else None


def likeliest(chances: Mapping[Name, float], taken_back: Collection[Name] = ()) -> Intent:
    """The likeliest, or what must not be missed if it may well be that.

    What their words take back (`taken_back`) they do not say, unless all else of the text says it.
    """
    least = {name: DESPITE if name in taken_back else alert for name, alert in ALERT.items()}
    likely: Name = max(chances.keys() - taken_back, key=lambda name: chances[name])
    best = next((name for name, enough in least.items() if chances[name] >= enough), likely)
    return Intent(best, round(chances[best], 4))
