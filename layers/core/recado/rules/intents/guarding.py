"""What a missed word would hurt most in: somebody in danger, and somebody who wants no more messages.

The words stand in `lexicons/<language>.txt`; all languages are looked through, since people write in any.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal

from recado.rules.intents.lexicon import Lexicon

LEXICONS: Final = Path(__file__).with_name("lexicons")

Guarded = Literal["urgent", "optout"]
Section = Guarded | Literal["visit"]
SECTIONS: Final[tuple[Guarded, ...]] = ("urgent", "optout")


def guarded(text: str) -> Guarded | None:
    """Which of the two it says; of both, that it cannot wait."""
    return next((section for section in SECTIONS if lexicon(section).says(text)), None)


def denied(text: str) -> frozenset[Guarded]:
    """Which of the two it speaks of without saying it: "no chest pain", "dying of laughter"."""
    return frozenset(section for section in SECTIONS if lexicon(section).denies(text))


@cache
def lexicon(section: Guarded) -> Lexicon:
    """The words of one of the two; read once by a process."""
    return Lexicon(words(path, section) for path in sorted(LEXICONS.glob("*.txt")))


def words(path: Path, section: Section) -> str:
    """The patterns of a file, as `lexicon` reads them."""
    _, _, rest = path.read_text(encoding="utf-8").partition(f"[{section}]\n")
    return rest.partition("\n[")[0]
