"""What a flow says: its texts, with the values of a closed set of variables.

Minimum content by construction, as in `texts`: none of them can hold what a visit is about, nor a result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from recado.model.tenant import Language

ALWAYS: Final = frozenset({"clinic", "phone"})
VISIT: Final = frozenset({"date", "time"})
PASSING: Final = frozenset({"answer", "source", "link", "hours", "visits"})
"""Of one answer only: what is long is not kept for the next."""

PROVIDED: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("find_visits", "one"): VISIT,
    ("find_visits", "several"): frozenset({"visits"}),
    ("chosen", "visits"): VISIT,
    ("chosen", "slots"): VISIT,
    ("chosen", "types"): frozenset(),
    ("find_result", "link"): frozenset({"link"}),
    ("check_identity", "verified"): frozenset({"[identity]"}),
    ("tell_hours", "told"): frozenset({"hours"}),
    ("find_answer", "found"): frozenset({"answer", "source"}),
}
"""Deed and outcome, or a choice from a list → the variables that it gives a value."""

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
LONGEST: Final = 1024
"""Characters over buttons, on the channel that takes the fewest (WhatsApp)."""


def variables(text: str) -> frozenset[str]:
    """The names in braces; one of them may be none that there is."""
    return frozenset(_VARIABLE.findall(text))


def said(words: Mapping[Language, str], language: Language, values: Mapping[str, str]) -> str:
    """The text in this language, whole. Raises KeyError for a value that is missing: nothing goes out with a
    hole in it."""
    return _VARIABLE.sub(lambda match: values[match[1]], words[language])
