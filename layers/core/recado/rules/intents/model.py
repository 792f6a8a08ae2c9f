"""How likely each intent is, by a linear model over hashed words, stems and letters.

The weights stand in `model.bin`, which `python -m tests.bench.intents --fit` makes: a line of JSON (`Head`),
then the weights, a byte each, a row of all intents for each bucket, deflated.
"""

from __future__ import annotations

import json
import math
import zlib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from recado.rules.intents.features import BUCKETS, Features, features

PATH: Final = Path(__file__).with_name("model.bin")


class Model(NamedTuple):
    """`scales` turn an intent's bytes into weights; `biases` are what an intent has without any feature.

    `fitted_on` is the digest of what it was fitted on, `temperature` what calibrates its likelihoods.
    """

    intents: tuple[str, ...]
    biases: tuple[float, ...]
    scales: tuple[float, ...]
    temperature: float
    fitted_on: str
    rows: tuple[memoryview, ...]
    """Of words, of stems, of letters."""


def likelihoods(text: str) -> dict[str, float]:
    """How likely each intent is; they add up to 1."""
    model = load()
    found = features(text)
    scores = [
        (bias + scale * value) / model.temperature
        for bias, scale, value in zip(model.biases, model.scales, _summed(model, found), strict=True)
    ]
    highest = max(scores)
    odds = [math.exp(score - highest) for score in scores]
    return {intent: one / sum(odds) for intent, one in zip(model.intents, odds, strict=True)}


def _summed(model: Model, found: Features) -> list[float]:
    """Each block by the root of how much there is of it, so that a long text is no surer than a short one."""
    width = len(model.intents)
    total = [0.0] * width
    for rows, buckets in zip(model.rows, found, strict=True):
        if buckets:
            picked = [rows[at * width : at * width + width] for at in buckets]
            share = 1 / math.sqrt(len(buckets))
            sums = map(sum, zip(*picked, strict=True))
            total = [so_far + share * more for so_far, more in zip(total, sums, strict=True)]
    return total


@cache
def load() -> Model:
    """The model that is shipped; read once by a process."""
    line, _, packed = PATH.read_bytes().partition(b"\n")
    head = json.loads(line)
    weights = memoryview(zlib.decompress(packed)).cast("b")
    size = BUCKETS * len(head["intents"])
    return Model(
        intents=tuple(head["intents"]),
        biases=tuple(head["biases"]),
        scales=tuple(head["scales"]),
        temperature=head["temperature"],
        fitted_on=head["fitted_on"],
        rows=tuple(weights[at : at + size] for at in range(0, len(weights), size)),
    )
