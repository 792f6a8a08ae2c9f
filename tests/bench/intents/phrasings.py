"""What there is to learn from and to judge by: how patients say things, by hand, in five languages.

A file is of one language (its name up to a "+"); `[intent]` begins a section, a line in it is one phrasing.
`(a|b|)` is one of these, `{day}` one of what a line `{day} = a|b` at the head of `<language>.txt` lists,
"#" begins a comment. Sections in "<>" are what may stand around any phrasing.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from recado.rules.intents import features

HERE: Final = Path(__file__).parent
CORPUS: Final = HERE / "corpus"
HELDOUT: Final = HERE / "heldout"
LANGUAGES: Final = ("pt-BR", "es", "it", "ca", "en")
_CHOICE: Final = re.compile(r"\(([^()]*)\)")
_SLOT: Final = re.compile(r"\{(\w+)\}")


class Phrasing(NamedTuple):
    """One line of a file."""

    language: str
    intent: str
    text: str


@cache
def phrasings(folder: Path = CORPUS) -> tuple[Phrasing, ...]:
    """Every line of every file, in order."""
    return tuple(one for path in sorted(folder.glob("*.txt")) for one in _of_file(path))


def _of_file(path: Path) -> Iterator[Phrasing]:
    language, intent = path.stem.partition("+")[0], ""
    for line in map(str.strip, path.read_text(encoding="utf-8").splitlines()):
        if not line or line.startswith("#") or re.match(r"\{\w+\} =", line):
            continue
        if line.startswith("["):
            intent = line.strip("[]")
        else:
            yield Phrasing(language, intent, line)


@cache
def slots(language: str) -> dict[str, str]:
    """What may fill each `{slot}` of a language: "(a|b)"."""
    text = (CORPUS / f"{language}.txt").read_text(encoding="utf-8")
    return {name: f"({options.strip()})" for name, options in re.findall(r"(?m)^\{(\w+)\} =(.*)$", text)}


def drawn(phrasing: Phrasing, rng: random.Random, turn: int | None = None) -> str:
    """One way of many to say it. By `turn`, 0 and up, each alternative comes before one comes again."""
    text = phrasing.text
    filling = slots(phrasing.language)
    while found := _SLOT.search(text):
        text = text.replace(found[0], filling[found[1]], 1)
    number = 0
    while found := _CHOICE.search(text):
        options = found[1].split("|")
        if turn is None:
            option = rng.choice(options)
        else:
            random.Random(f"{number} {phrasing.text}").shuffle(options)
            option = options[turn % len(options)]
        text = text[: found.start()] + option + text[found.end() :]
        number += 1
    return " ".join(text.split()).replace(" ,", ",")


def ways(phrasing: Phrasing) -> int:
    """How many turns it takes to say all that is written in it."""
    return max((options.count("|") + 1 for options in _CHOICE.findall(phrasing.text)), default=1)


def digest() -> str:
    """Of all that is learnt from and of how it is made into examples: the model names it."""
    made_by = [HERE / name for name in ("phrasings.py", "examples.py", "slips.py", "fit.py")]
    made_by.append(Path(features.__file__))
    whole = hashlib.sha256()
    for path in [*sorted(CORPUS.glob("*")), *made_by]:
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
