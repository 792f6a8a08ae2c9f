"""The model of languages: fitted on the same phrasings as that of intents, whole and in pieces.

What several languages say alike, names, and what is written in none of the five (`elsewhere.txt`) is a class
of its own, so that nobody is answered in another language because of it.
"""

from __future__ import annotations

import hashlib
import math
import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from recado.rules.accents import plain_words
from recado.rules.intents import languages as rules
from recado.rules.intents.languages import CLASSES, LETTERS, PATH, WORDS, signs

from tests.bench.intents import fit, phrasings
from tests.bench.intents.crossing import FOLDS, shuffled
from tests.bench.intents.phrasings import CORPUS, HELDOUT, LANGUAGES, Phrasing, drawn
from tests.bench.intents.slips import slipped

ELSEWHERE: Final = phrasings.HERE / "elsewhere.txt"
NAMES: Final = phrasings.HERE.parent / "identity" / "words.toml"
SAID: Final = 4
"""Times that each phrasing is said whole, and as often a piece of it."""
LONGEST: Final = 6
"""Words of a piece."""
KNOWN: Final = 4
"""Words of a run of which it is noted in which languages it stands."""
OWN: Final = 0.85
"""Of the times that it is said, so many are in one language: people mix them."""
WEIGHT: Final = 4.0
"""Of a line of what is written elsewhere: there are few of them."""
MADE: Final = 400
"""Lines of names, and as many of letters without sense."""
LEVELS: Final = 24
RIDGE: Final = 3e-6
"""Both as in `fit`; by cross-validation."""


class Example(NamedTuple):
    """As in `examples`; the language "" is that of nobody."""

    text: str
    language: str
    group: int
    weight: float
    whole: bool


def examples(seed: int = 11) -> list[Example]:
    """The same ones for the same seed."""
    said = [
        one for group, phrasing in enumerate(phrasings.phrasings()) for one in _said(group, phrasing, seed)
    ]
    owners = _owners(said)
    made = [one._replace(language=owners.get(tuple(plain_words(one.text)), one.language)) for one in said]
    return [*made, *_nobodys(random.Random(seed))]


def _nobodys(rng: random.Random) -> Iterator[Example]:
    """What tells of no language that we speak."""
    lines = (line.strip() for line in ELSEWHERE.read_text(encoding="utf-8").splitlines())
    foreign = [line for line in lines if line and not line.startswith("#")]
    names = (_name(rng) for _ in range(MADE))
    said = phrasings.phrasings()
    noise = (_shuffled(drawn(rng.choice(said), rng), rng) for _ in range(MADE))
    for at, text in enumerate([*foreign, *names, *noise]):
        yield Example(text, "", -1 - at, WEIGHT if at < len(foreign) else 1.0, whole=True)


def _shuffled(text: str, rng: random.Random) -> str:
    """Some words of no language."""
    words = rng.sample(text.split(), min(len(text.split()), rng.randint(1, 4)))
    return " ".join("".join(rng.sample(word, len(word))) for word in words)


def _said(group: int, phrasing: Phrasing, seed: int) -> Iterator[Example]:
    rng = random.Random(f"{seed} {phrasing}")
    for turn in range(SAID):
        named = phrasing._replace(text=phrasing.text.replace("{name}", _name(rng)))
        text = drawn(named, rng, turn)
        typed = slipped(text, phrasing.language, rng) if turn else text
        yield Example(typed, phrasing.language, group, 1.0, whole=True)
        words = text.split()
        size = rng.randint(1, min(LONGEST, len(words)))
        begin = rng.randint(0, len(words) - size)
        yield Example(" ".join(words[begin : begin + size]), phrasing.language, group, 0.5, whole=False)


def _name(rng: random.Random) -> str:
    """What people are called says nothing of what they speak: in each language they bear all names."""
    first, last = rng.choice(_names())
    return " ".join((rng.choice(first), *rng.sample(last, rng.choice((0, 1, 1, 2)))))


@cache
def _names() -> tuple[tuple[list[str], list[str]], ...]:
    """First names and last names, by language."""
    known = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    words = [known[language] for language in LANGUAGES]
    return tuple(((one["male"] + one["female"]).split(), one["surnames"].split()) for one in words)


def _owners(said: Iterable[Example]) -> dict[tuple[str, ...], str]:
    """Whose each run of words is that stands in several languages: the one that nearly always says it, or
    nobody's."""
    where: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for one in said:
        for run in _runs(one.text):
            where[run][one.language] += 1
    return {run: _owner(found) for run, found in where.items() if len(found) > 1}


def _owner(found: Counter[str]) -> str:
    (language, times), *_ = found.most_common(1)
    return language if times >= OWN * found.total() else ""


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = plain_words(text)
    for size in range(1, KNOWN + 1):
        for at in range(len(words) - size + 1):
            yield tuple(words[at : at + size])


def fitted(given: Sequence[Example]) -> fit.Weights:
    """The weights by these examples."""
    import numpy as np  # noqa: PLC0415 - the bench's own

    true = np.array([CLASSES.index(one.language) for one in given])
    weight = np.array([one.weight for one in given])
    share = np.bincount(true, weight, minlength=len(CLASSES))
    weight = weight / np.sqrt(share[true])
    return fit.regression(
        matrix([one.text for one in given]), true, weight / weight.sum(), len(CLASSES), RIDGE
    )


def matrix(texts: Sequence[str]) -> Any:
    """What the model looks at in each, a line a text."""
    import numpy as np  # noqa: PLC0415 - the bench's own
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - the bench's own

    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        found = sorted(signs(text))
        columns += found
        values += [1 / math.sqrt(len(found) or 1)] * len(found)
        ends.append(len(columns))
    return csr_matrix(
        (np.array(values, dtype=np.float32), columns, ends), shape=(len(texts), WORDS + LETTERS)
    )


def digest() -> str:
    """Of all that it is learnt from, and how: the model names it."""
    made_by = [Path(__file__), Path(rules.__file__), Path(fit.__file__), ELSEWHERE, NAMES]
    made_by += [phrasings.HERE / name for name in ("phrasings.py", "slips.py")]
    whole = hashlib.sha256()
    for path in [*sorted(CORPUS.glob("*")), *made_by]:
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def fit_languages() -> None:
    """Fit on the whole corpus, and write the file."""
    fit.write(fitted(examples()), {"fitted_on": digest(), "temperature": 1.0}, PATH, LEVELS)


class Judged(NamedTuple):
    """One utterance, and the language that it was taken for, if any."""

    text: str
    language: str
    found: str | None


def held_out() -> list[Judged]:
    """What ships, on the utterances that are set aside."""
    return [
        Judged(one.text, one.language, rules.written_in(one.text)) for one in phrasings.phrasings(HELDOUT)
    ]


def crossed() -> list[Judged]:
    """Each phrasing as it would be read, had it never been written down; the words have to be known besides
    (`languages.written_in`), which is not looked at here."""
    given = examples()
    turn = {group: at % FOLDS for at, group in enumerate(shuffled({one.group for one in given}))}
    found: list[Judged] = []
    for number in range(FOLDS):
        weights = fitted([one for one in given if turn[one.group] != number])
        left = [one for one in given if turn[one.group] == number and one.whole and one.language]
        chances = fit.shares(matrix([one.text for one in left]) @ weights.matrix + weights.biases)
        for one, row in zip(left, chances, strict=True):
            best = CLASSES[row.argmax()] if row.max() >= rules.SURE else ""
            found.append(Judged(one.text, one.language, best or None))
    return found


def decided(of: Sequence[Judged]) -> tuple[float, float]:
    """The share that is decided, and how much of that is wrong."""
    sure = [one for one in of if one.found]
    wrong = sum(one.found != one.language for one in sure)
    return len(sure) / len(of), wrong / len(sure) if sure else 0.0
