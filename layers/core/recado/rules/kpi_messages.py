"""What becomes of what we write: whether it arrives (K40), and who wants no more of it (K41). Pure."""

from __future__ import annotations

from typing import Final

from recado.model.outcomes import Outcomes
from recado.rules.figures import Figure, Measure, part, share


def delivery_rate(outcomes: Outcomes) -> Figure:
    """Messages that arrived, of those that their provider took; by template ("free": in words of their own).
    A channel that never says what arrived has none."""
    accepted, delivered = outcomes.accepted, outcomes.delivered
    parts = {name or "free": part(delivered.get(name, 0), of) for name, of in accepted.items()}
    return share(sum(delivered.values()), sum(accepted.values()), parts)


def opt_out_rate(outcomes: Outcomes) -> Figure:
    """People who said that they want no more, or of whom a provider said so, of all whom we wrote to of our
    own accord in the period; by what we wrote to them about, of which one may have been several."""
    messaged = frozenset[str]().union(*outcomes.messaged.values())
    parts = {
        purpose: part(len(people & outcomes.stopped), len(people))
        for purpose, people in outcomes.messaged.items()
    }
    return share(len(messaged & outcomes.stopped), len(messaged), parts)


KPIS: Final[tuple[Measure[Outcomes], ...]] = (
    Measure("K40", 1, "delivery_rate", "R92, K40", "share", delivery_rate),
    Measure("K41", 1, "opt_out_rate", "R126, K41", "share", opt_out_rate),
)
