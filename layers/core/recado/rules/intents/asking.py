"""Whether somebody asks when their own visit is: none of the fourteen intents, and often asked."""

from __future__ import annotations

from functools import cache

from recado.rules.intents.guarding import LEXICONS, words
from recado.rules.intents.lexicon import Lexicon

LONGEST = 160
"""Characters: who writes more has more to say."""


def asks_when(text: str) -> bool:
    """Whether they ask for nothing but the time of what is booked for them: not to move it, nor its price."""
    return len(text) <= LONGEST and _lexicon().says(text)


@cache
def _lexicon() -> Lexicon:
    return Lexicon(words(path, "visit") for path in sorted(LEXICONS.glob("*.txt")))
