"""A month's numbers of visits, from the visits themselves instead of from what the stream told."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from recado.errors import Invalid
from recado.model.visit_fact import VisitFact
from recado.rules.facts import is_news
from recado.rules.visit_facts import fact_of, moved
from recado.store import appointments
from recado.store import visit_facts as store


def recount_visits(tenant: str, month: str) -> int:
    """Note what the days of a month (`YYYY-MM`, the clinic's calendar) lack; how much that was.

    Safe at any time, any number of times, and beside the stream. Raises Invalid that names `month`,
    Unavailable.
    """
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Invalid("month", "Give a month, such as 2026-11.") from None
    days = (first.replace(day=one) for one in range(1, monthrange(first.year, first.month)[1] + 1))
    return sum(_recount(tenant, day.isoformat()) for day in days)


def _recount(tenant: str, day: str) -> int:
    noted = {(one.appointment, one.schedule): one for one in store.of_day(tenant, day)}
    true = {(one.id, one.schedule): fact_of(one) for one in appointments.of_day(tenant, day)}
    newer = [one for name, one in true.items() if is_news(one, noted.get(name))]
    newer += _strays(tenant, [one for name, one in noted.items() if name not in true and not one.moved])
    for fact in newer:
        store.put(tenant, fact)
    return len(newer)


def _strays(tenant: str, noted: list[VisitFact]) -> Iterator[VisitFact]:
    """Times that a visit is not at any more; when it was put to the next one, its history may still say."""
    for fact in noted:
        visit = appointments.find(tenant, fact.appointment)
        if visit is not None and visit.erased_at is None and visit.schedule > fact.schedule:
            yield moved(fact.model_copy(update={"version": visit.version}), fact_of(visit).put_at)
