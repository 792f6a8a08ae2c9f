"""Weights from data: what each sign is worth, as maximum likelihood of what was true has it.

An arriving record is of one of those who were found (or of two or three, who then are one), of somebody who
is filed and was not found, or of nobody yet: a conditional logit, whose utilities are sums of weights. These
are Fellegi and Sunter's log-odds, estimated together, so that signs that come together do not count twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from recado.rules.matching import decide
from recado.rules.matching import weights as weighing
from recado.rules.matching.signs import Sign
from recado.rules.matching.views import view

from tests.bench.identity import online
from tests.bench.identity import rows as rows_
from tests.bench.identity.febrl import NAMES, febrl, without_document
from tests.bench.identity.online import Index, Record
from tests.bench.identity.population import population

WIDTH: Final = 108
SEEDS: Final = (21, 22, 32, 33)
"""Of populations to learn from; the bench judges by others."""
RIDGE: Final = 0.5
"""How strongly weights are drawn to nought: a sign that is hardly ever seen says nothing."""
RAREST: Final = 5
"""A sign seen less often has no weight."""
ROUNDS: Final = 3
"""What is read depends on the weights, so they are estimated again with what the first ones read."""


TAKEN: Final = 0.9
"""From this probability on a right decision is taken while data are gathered."""


class Choice(NamedTuple):
    """One arrival: the signs of every option but "nobody yet", and which was true (-1: nobody yet)."""

    options: list[list[Sign]]
    true: int


def choices(records: Iterable[Record], truth: Mapping[str, str], *, forced: bool) -> list[Choice]:
    """What there was to choose from at every arrival.

    `forced`: each record is filed under whose it truly is. Else as the rules decide, where right:
    then a person may be filed as several, which a later record may show to be one.
    """
    found: list[Choice] = []
    indexes: dict[str, Index] = {}
    known: dict[tuple[str, str], str] = {}
    for at, record in enumerate(records):
        index = indexes.setdefault(record.tenant, Index())
        person = truth[record.record_id]
        resolution = decide.resolve(record.profile, index.read, record.profile.seen_at)
        standing = decide.stand(view([record.profile]), resolution.blocks)
        whose = [known[record.tenant, candidate.filed.person] for candidate in standing.candidates]
        options = [option for option, _ in standing.options]
        mine = [place for place, one in enumerate(whose) if one == person]
        is_known = (record.tenant, person) in known
        found.append(Choice([option.signs for option in options], _true(options, mine, is_known=is_known)))
        own = f"p{at:07}"
        if forced:
            own = person
        elif standing.candidates and standing.best in mine and standing.chance(standing.best) >= TAKEN:
            own = standing.candidates[standing.best].filed.person
            for option, chance in standing.options:
                if len(option.people) > 1 and chance >= TAKEN and set(option.people) <= set(mine):
                    for place in option.people:
                        index.join(standing.candidates[place].filed.person, own)
        known[record.tenant, own] = known[record.tenant, person] = person
        index.file(f"r{at:07}", own, record.profile)
    return found


def _true(options: list[decide.Option], mine: list[int], *, is_known: bool) -> int:
    """Which option is true: of three people at most we say that they are one."""
    if not mine:
        return 0 if is_known else -1
    people = [option.people for option in options]
    groups = (tuple(mine[:count]) for count in (3, 2, 1))
    return next(people.index(group) for group in groups if group in people)


def estimate(arrivals: list[Choice]) -> dict[str, float]:
    """The weights, in bits."""
    import numpy as np  # noqa: PLC0415 - the bench's own
    from scipy.optimize import minimize  # noqa: PLC0415 - the bench's own

    names, matrix, owner, true = _matrix(arrivals)
    count = len(arrivals)

    def loss(weights: Any) -> tuple[float, Any]:
        utility = matrix @ weights
        highest = np.zeros(count)
        np.maximum.at(highest, owner, utility)
        odds = np.exp(utility - highest[owner])
        total = np.exp(-highest) + np.bincount(owner, odds, minlength=count)
        value = float(np.sum(np.log(total) + highest) - utility[true].sum() + RIDGE / 2 * weights @ weights)
        share = odds / total[owner]
        share[true] -= 1
        return value, matrix.T @ share + RIDGE * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(weight) / math.log(2), 2) for name, weight in zip(names, best.x, strict=True)}


def _matrix(arrivals: list[Choice]) -> tuple[list[str], Any, Any, Any]:
    import numpy as np  # noqa: PLC0415 - the bench's own
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - the bench's own

    seen: dict[str, int] = {}
    for choice in arrivals:
        for option in choice.options:
            for name in _named(option):
                seen[name] = seen.get(name, 0) + 1
    names = sorted(name for name, often in seen.items() if often >= RAREST)
    column = {name: at for at, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    owner: list[int] = []
    true: list[int] = []
    for at, choice in enumerate(arrivals):
        if choice.true >= 0:
            true.append(len(owner) + choice.true)
        for option in choice.options:
            known = [column[name] for name in _named(option) if name in column]
            rows += [len(owner)] * len(known)
            columns += known
            owner.append(at)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(owner), len(names)))
    return names, matrix, np.array(owner), np.array(true)


def _named(option: list[Sign]) -> list[str]:
    return [f"{field}: {level}" for field, level in option]


def fit(records: list[Record], truth: Mapping[str, str]) -> dict[str, float]:
    """Weights from records of which the truth is known; the rules use them from then on."""
    weighing.WEIGHTS.clear()
    for turn in range(ROUNDS):
        found = estimate(choices(records, truth, forced=turn == 0))
        weighing.WEIGHTS.clear()
        weighing.WEIGHTS.update({name: weight for name, weight in found.items() if weight})
    return dict(weighing.WEIGHTS)


def estimated() -> dict[str, float]:
    """Weights from populations of ours and, for addresses and slips of the pen, from FEBRL 1 and 2."""
    records: list[Record] = []
    truth: dict[str, str] = {}
    for name, rows in _sources():
        with TemporaryDirectory() as folder:
            path = Path(folder) / "records.tsv"
            rows_.write(
                (row._replace(tenant=name + row.tenant, record_id=name + row.record_id) for row in rows), path
            )
            records += online.records(path)
        truth |= {name + row.record_id: name + row.truth for row in rows}
    return fit(records, truth)


def _sources() -> Iterator[tuple[str, list[rows_.Row]]]:
    for seed in SEEDS:
        yield f"{seed} ", population(seed)
    for name in NAMES[:2]:
        yield name, febrl(name)
        yield f"{name} without document", without_document(febrl(name))


def write(weights: Mapping[str, float], version: str = "1", path: Path = Path(weighing.__file__)) -> None:
    """The module of the rules that holds the weights; `version` changes with them and with the rules."""
    path.write_text(_MODULE.format(version=version, table="\n".join(_table(weights))), encoding="utf-8")


def _table(weights: Mapping[str, float]) -> Iterator[str]:
    """Lines of a field, its levels, and what each is worth."""
    for field, levels in groupby(sorted(weights), key=lambda name: name.partition(": ")[0]):
        line = field
        for name in levels:
            entry = f" | {name.partition(': ')[2]} = {weights[name]}"
            if len(line + entry) > WIDTH:
                yield line
                line = field
            line += entry
        yield line


_MODULE: Final = '''"""What each sign is worth, in bits: made by `python -m tests.bench.identity --fit`."""

from typing import Final

VERSION: Final = "{version}"
"""Of these weights and of the rules; stored with each link."""
_TABLE: Final = """
{table}
"""
"""A line: a field, and its levels with what each is worth."""


def _weights() -> dict[str, float]:
    lines = [line.split(" | ") for line in _TABLE.strip().splitlines()]
    entries = [(field, entry.rpartition(" = ")) for field, *levels in lines for entry in levels]
    return {{f"{{field}}: {{level}}": float(bits) for field, (level, _, bits) in entries}}


WEIGHTS: Final = _weights()
'''
