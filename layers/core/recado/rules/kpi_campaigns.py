"""What a campaign brings (K25). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from recado.model.outreach import Outreach
from recado.rules.campaigns import CONVERTS, results
from recado.rules.figures import NOTHING, Figure, Measure, Part, part


class Recalled(NamedTuple):
    """Everybody whom a campaign has taken in, as they are now."""

    matters: Sequence[Outreach]
    now: datetime


def recall_conversion(given: Recalled) -> Figure:
    """People for whom a visit was booked within 30 days, of those whose 30 days are over; less the same share
    of whoever was not written to, where there are any (`low`, `high`: its interval, 95 %). `treated` and
    `control`: both shares; `open`: of all, those whose 30 days are not over."""
    over = [one for one in given.matters if one.anchor + CONVERTS <= given.now]
    open_still = part(len(given.matters) - len(over), len(given.matters))
    found = results(over)
    if not found.treated:
        return NOTHING._replace(parts={"open": open_still})
    treated = part(found.booked, found.treated)
    parts = {"treated": treated, "control": part(found.booked_control, found.control), "open": open_still}
    if found.effect is None:
        return Figure(treated.value, found.treated, parts)
    people = found.treated + found.control
    parts |= {
        "low": Part(round(found.effect.low, 4), people),
        "high": Part(round(found.effect.high, 4), people),
    }
    return Figure(round(found.effect.of, 4), people, parts)


KPIS: Final[tuple[Measure[Recalled], ...]] = (
    Measure("K25", 1, "recall_conversion", "R69, K25", "share", recall_conversion),
)
