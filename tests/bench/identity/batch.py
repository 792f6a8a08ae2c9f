"""splink on the same rows: the whole file at once, in DuckDB, trained by expectation maximisation.

The threshold is chosen with the truth in hand, which nobody has: this is the best that it can do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from pandas import DataFrame
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from tests.bench.identity.measures import Pairs, pairs
from tests.bench.identity.rows import Row

_THRESHOLDS: Final = (0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
_SEED: Final = 2


Rule = tuple[str, ...] | str
"""Columns that are equal, or SQL."""


class Recipe(NamedTuple):
    link: str
    columns: Callable[[Row], dict[str, str | None]]
    comparisons: Callable[[], list[Any]]
    blocks: tuple[Rule, ...]
    certain: tuple[Rule, ...]
    recall: float
    """What of all pairs the certain rules are guessed to find."""
    trained: tuple[Rule, ...]
    """The blocks in which expectation maximisation looks."""


def splink(rows: Sequence[Row], recipe: Recipe) -> Pairs:
    """Pairs after closure, at the best of seven thresholds."""
    linker = _trained(rows, recipe)
    found = linker.inference.predict(threshold_match_probability=min(_THRESHOLDS))
    true = {row.record_id: row.truth for row in rows}
    closed = (
        linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_probability=at)
        for at in _THRESHOLDS
    )
    said = ({one["unique_id"]: one["cluster_id"] for one in clusters.as_record_list()} for clusters in closed)
    return max((pairs(one, true) for one in said), key=lambda found: found.f1)


def _trained(rows: Sequence[Row], recipe: Recipe) -> Any:
    settings = SettingsCreator(
        link_type=recipe.link,
        comparisons=recipe.comparisons(),
        blocking_rules_to_generate_predictions=[_rule(block) for block in recipe.blocks],
    )
    linker = Linker(_registered(DuckDBAPI(), rows, recipe), settings, log_level="ERROR")
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [_rule(block) for block in recipe.certain], recall=recipe.recall
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=_SEED)
    for block in recipe.trained:
        training.estimate_parameters_using_expectation_maximisation(_rule(block))
    return linker


def _rule(block: Rule) -> Any:
    return block if isinstance(block, str) else block_on(*block)


def _registered(api: Any, rows: Sequence[Row], recipe: Recipe) -> Any:
    """A table, or for a link the two halves."""
    table = [{"unique_id": row.record_id, **recipe.columns(row)} for row in rows]
    if recipe.link == "dedupe_only":
        return api.register(DataFrame(table))
    half = len(table) // 2
    return [api.register(DataFrame(part)) for part in (table[:half], table[half:])]
