"""The model's weights: a multinomial logistic regression, by maximum likelihood with a ridge, made small."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

from recado.rules.intents import Name
from recado.rules.intents.features import BUCKETS, features
from recado.rules.intents.model import PATH

from tests.bench.intents.examples import Example, examples
from tests.bench.intents.phrasings import digest, phrasings

INTENTS: Final[tuple[str, ...]] = get_args(Name)
RIDGE: Final = 2e-5
"""How strongly weights are drawn to nought, an example; by cross-validation over phrasings."""
ROUNDS: Final = 120
LEVELS: Final = 24
"""Steps of a weight to either side of nought: more do not tell, and take more room."""
FOLDS: Final = 5


class Weights(NamedTuple):
    """`matrix`: of words, then of letters, a row a bucket, a column an intent. `biases`: one an intent."""

    matrix: Any
    biases: Any


def fitted(given: Sequence[Example], ridge: float = RIDGE) -> Weights:
    """The weights under which these examples are likeliest."""
    import numpy as np  # noqa: PLC0415 - the bench's own
    from scipy.optimize import minimize  # noqa: PLC0415 - the bench's own

    signs = matrix([one.text for one in given])
    turned = signs.T.tocsr()
    true = np.array([INTENTS.index(one.intent) for one in given])
    weight = _balanced(given)
    shape = (signs.shape[1] + 1, len(INTENTS))

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(shape).astype(np.float32)
        scores = (signs @ weights[:-1] + weights[-1]).astype(np.float64)
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        total = odds.sum(axis=1)
        value = (weight * (np.log(total) - scores[np.arange(len(true)), true])).sum()
        share = odds / total[:, None]
        share[np.arange(len(true)), true] -= 1
        share *= weight[:, None]
        slope = np.vstack([turned @ share.astype(np.float32), share.sum(axis=0)]).astype(np.float64)
        slope[:-1] += ridge * weights[:-1]
        return float(value + ridge / 2 * (weights[:-1].astype(np.float64) ** 2).sum()), slope.ravel()

    best = minimize(
        loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "maxcor": 8}
    )
    found = best.x.reshape(shape)
    return Weights(found[:-1], found[-1])


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
    shape = (len(texts), 2 * BUCKETS)
    return csr_matrix((np.array(values, dtype=np.float32), columns, ends), shape=shape)


def chances(weights: Weights, texts: Sequence[str]) -> Any:
    """How likely each intent is, a line a text."""
    import numpy as np  # noqa: PLC0415 - the bench's own

    scores = matrix(texts) @ weights.matrix + weights.biases
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def write(weights: Weights, temperature: float, path: Path = PATH) -> None:
    """The file that ships: each intent's weights in steps of its own size, a byte each."""
    import numpy as np  # noqa: PLC0415 - the bench's own

    scales = np.abs(weights.matrix).max(axis=0) / LEVELS
    steps = np.rint(weights.matrix / scales).astype(np.int8)
    head = {
        "intents": INTENTS,
        "biases": [round(float(one), 4) for one in weights.biases],
        "scales": [round(float(one), 6) for one in scales],
        "temperature": temperature,
        "fitted_on": digest(),
    }
    packed = zlib.compress(steps.tobytes(), 9)
    path.write_bytes(json.dumps(head).encode() + b"\n" + packed)


def fit() -> None:
    """Fit on the whole corpus, and write the file."""
    write(fitted(examples(phrasings())), temperature=1.0)
