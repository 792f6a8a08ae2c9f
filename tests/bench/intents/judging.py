"""How well intents are read: of what was said, what was taken for what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, get_args

from recado.rules.intents import Intent, Name, recognise

from tests.bench.intents.phrasings import HELDOUT, phrasings

INTENTS: Final[tuple[str, ...]] = get_args(Name)
GUARDED: Final = ("urgent", "optout")


class Judged(NamedTuple):
    """One utterance: its language, what it says, and what was read in it."""

    text: str
    language: str
    true: str
    found: Intent

    @property
    def right(self) -> bool:
        """Whether it was read right."""
        return self.true == self.found.name


def held_out() -> list[Judged]:
    """What ships, on the utterances that are set aside."""
    return [
        Judged(one.text, one.language, one.intent, recognise(one.text, one.language))
        for one in phrasings(HELDOUT)
    ]


def accuracy(of: Iterable[Judged]) -> float:
    """The share read right."""
    return _share([one.right for one in of])


def recall(of: Iterable[Judged], intent: str) -> float:
    """Of those that say this, the share read right."""
    return _share([one.right for one in of if one.true == intent])


def precision(of: Iterable[Judged], intent: str) -> float:
    """Of those that were taken for this, the share that say it."""
    return _share([one.right for one in of if one.found.name == intent])


def false_alarms(of: Iterable[Judged], intent: str) -> float:
    """Of those that say something else, the share taken for this."""
    return _share([one.found.name == intent for one in of if one.true != intent])


def answered(of: Sequence[Judged]) -> tuple[float, float]:
    """The share that a machine may act on, and how much of that is read right."""
    sure = [one for one in of if one.found.sure]
    return len(sure) / len(of), accuracy(sure)


def _share(them: Sequence[bool]) -> float:
    return sum(them) / len(them) if them else 1.0
