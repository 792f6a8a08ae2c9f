"""The model's weights: a multinomial logistic regression with a ridge, and naive Bayes beside it, made small.

The two err differently, and the sum of two linear models is one: it costs no more to keep or to ask.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from recado.rules.intents.features import BUCKETS, Features, features
from recado.rules.intents.model import PATH

from tests.bench.intents.examples import Example, examples
from tests.bench.intents.judging import INTENTS
from tests.bench.intents.phrasings import digest, phrasings

RIDGE: Final = 5e-6
"""How strongly weights are drawn to nought, an example; this and the next by cross-validation."""
BAYES: Final = 0.2
"""How much naive Bayes counts beside the regression."""
SMOOTHING: Final = 0.02
"""What naive Bayes adds to each count."""
ROUNDS: Final = 60
LEAST: Final = 2
"""Phrasings that a sign has to stand in: what fewer have is left out, which takes less room."""
LEVELS: Final = 4
"""Steps of all but the largest weights to either side of nought: more hardly tell, and take more room."""
TEMPERATURE: Final = 1.35
"""What scores are divided by, so that of what is held for likely at 0.8 four fifths are right; by
cross-validation (`--cross`)."""


class Weights(NamedTuple):
    """`matrix`: a row a bucket (words, stems, letters), a column an intent. `biases`: one an intent."""

    matrix: Any
    biases: Any


def fitted(given: Sequence[Example]) -> Weights:
    """The weights by these examples."""
    import numpy as np  # noqa: PLC0415 - the bench's own

    signs = matrix([one.text for one in given])
    true = np.array([INTENTS.index(one.intent) for one in given])
    weights = regression(signs, true, _balanced(given), len(INTENTS), RIDGE)
    counted = _bayes(signs, true, np.array([one.weight for one in given]))
    usual = _phrasings(signs, given) >= LEAST
    return Weights((weights.matrix + BAYES * counted) * usual[:, None], weights.biases)


def _phrasings(signs: Any, given: Sequence[Example]) -> Any:
    """In how many phrasings each sign stands."""
    import numpy as np  # noqa: PLC0415 - the bench's own
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - the bench's own

    groups = [one.group for one in given]
    members = csr_matrix((np.ones(len(given)), (groups, range(len(given)))))
    return np.asarray(((members @ signs) > 0).sum(axis=0)).ravel()


def regression(signs: Any, true: Any, weight: Any, classes: int, ridge: float) -> Weights:
    """The weights under which the examples are likeliest. `true`: the class of each; `weight`: 1 in all."""
    import numpy as np  # noqa: PLC0415 - the bench's own
    from scipy.optimize import minimize  # noqa: PLC0415 - the bench's own

    turned = signs.T.tocsr()
    rows = np.arange(len(true))
    shape = (signs.shape[1] + 1, classes)

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(shape).astype(np.float32)
        share = shares((signs @ weights[:-1] + weights[-1]).astype(np.float64))
        value = -(weight * np.log(share[rows, true])).sum()
        share[rows, true] -= 1
        share *= weight[:, None]
        slope = np.vstack([turned @ share.astype(np.float32), share.sum(axis=0)]).astype(np.float64)
        slope[:-1] += ridge * weights[:-1]
        return float(value + ridge / 2 * (weights[:-1].astype(np.float64) ** 2).sum()), slope.ravel()

    limits = {"maxiter": ROUNDS, "maxcor": 8}
    best = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options=limits)
    found = best.x.reshape(shape)
    return Weights(found[:-1], found[-1])


def _bayes(signs: Any, true: Any, weight: Any) -> Any:
    """How much more of one intent's than of the others' each sign is; nought where it was never seen."""
    import numpy as np  # noqa: PLC0415 - the bench's own

    each = np.zeros((len(true), len(INTENTS)))
    each[np.arange(len(true)), true] = weight
    present = signs.copy()
    present.data[:] = 1
    counts = np.asarray(present.T @ each)
    shares_of = np.log((counts + SMOOTHING) / (counts + SMOOTHING).sum(axis=0))
    centred = shares_of - shares_of.mean(axis=1, keepdims=True)
    unseen = counts.sum(axis=1) == 0
    centred[unseen] = 0
    return centred


def _balanced(given: Sequence[Example]) -> Any:
    """What each example weighs, of 1 in all: halfway between alike for all and alike for all intents."""
    import numpy as np  # noqa: PLC0415 - the bench's own

    weight = np.array([one.weight for one in given])
    intents = np.array([INTENTS.index(one.intent) for one in given])
    share = np.bincount(intents, weight, minlength=len(INTENTS))
    weight = weight / np.sqrt(share[intents])
    return weight / weight.sum()


def matrix(texts: Sequence[str]) -> Any:
    """What the model looks at in each, a line a text; the roots as `model` takes them."""
    import numpy as np  # noqa: PLC0415 - the bench's own
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - the bench's own

    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        for block, found in enumerate(features(text)):
            columns += [block * BUCKETS + bucket for bucket in sorted(found)]
            values += [1 / math.sqrt(len(found) or 1)] * len(found)
        ends.append(len(columns))
    shape = (len(texts), len(Features._fields) * BUCKETS)
    return csr_matrix((np.array(values, dtype=np.float32), columns, ends), shape=shape)


def scores(weights: Weights, texts: Sequence[str]) -> Any:
    """How much speaks for each intent, a line a text."""
    return matrix(texts) @ weights.matrix + weights.biases


def shares(found: Any, temperature: float = 1.0) -> Any:
    """How likely each intent is by its scores; the higher the temperature, the less sure."""
    import numpy as np  # noqa: PLC0415 - the bench's own

    odds = np.exp((found - found.max(axis=-1, keepdims=True)) / temperature)
    return odds / odds.sum(axis=-1, keepdims=True)


def write(weights: Weights, told: Mapping[str, Any], path: Path, levels: int = LEVELS) -> None:
    """The file that ships: each class's weights in steps of its own size, a byte each. `told` is what else
    its first line tells."""
    import numpy as np  # noqa: PLC0415 - the bench's own

    scales = np.quantile(np.abs(weights.matrix), 0.9999, axis=0) / levels
    steps = np.clip(np.rint(weights.matrix / scales), -127, 127).astype(np.int8)
    head = {
        **told,
        "biases": [round(float(one), 4) for one in weights.biases],
        "scales": [round(float(one), 6) for one in scales],
    }
    path.write_bytes(json.dumps(head).encode() + b"\n" + zlib.compress(steps.tobytes(), 9))


def fit() -> None:
    """Fit on the whole corpus, and write the file."""
    told = {"intents": INTENTS, "temperature": TEMPERATURE, "fitted_on": digest()}
    write(fitted(examples(phrasings())), told, PATH)
