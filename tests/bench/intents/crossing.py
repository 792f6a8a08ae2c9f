"""Cross-validation: every phrasing is read by a model that has seen nothing of it."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from recado.rules.intents import Name
from recado.rules.intents.deciding import likeliest, ruled
from recado.rules.intents.guarding import denied

from tests.bench.intents import fit
from tests.bench.intents.examples import Example, examples
from tests.bench.intents.judging import INTENTS, Judged
from tests.bench.intents.phrasings import phrasings

if TYPE_CHECKING:
    from recado.rules.intents import Intent

FOLDS: Final = 5


def crossed() -> list[Judged]:
    """Each example as it would be read, rules and all, had its phrasing never been written down."""
    given = examples(phrasings())
    return [
        Judged(one.text, one.language, one.intent, _read(one, row))
        for one, row in zip(given, scores(given), strict=True)
    ]


def scores(given: Sequence[Example]) -> Any:
    """How much speaks for each intent, a line an example, by a model without its phrasing."""
    import numpy as np  # noqa: PLC0415 - the bench's own

    folds = _folds(given)
    found = np.zeros((len(given), len(INTENTS)))
    for number in range(FOLDS):
        weights = fit.fitted([one for one, fold in zip(given, folds, strict=True) if fold != number])
        left = [at for at, fold in enumerate(folds) if fold == number]
        found[left] = fit.scores(weights, [given[at].text for at in left])
    return found


def _folds(given: Sequence[Example]) -> list[int]:
    fold = {group: at % FOLDS for at, group in enumerate(shuffled({one.group for one in given}))}
    return [fold[one.group] for one in given]


def shuffled(groups: Collection[int]) -> list[int]:
    """In an order of their own, the same each time."""
    found = sorted(groups)
    random.Random(7).shuffle(found)
    return found


def _read(one: Example, row: Any) -> Intent:
    chances = dict(zip(INTENTS, fit.shares(row, fit.TEMPERATURE).tolist(), strict=True))
    return ruled(one.text, one.language) or likeliest(cast("Mapping[Name, float]", chances), denied(one.text))
