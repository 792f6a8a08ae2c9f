"""The protocol: learn from what was, predict what comes, and learn again each Monday; nobody sees later days.

A visit is predicted as of the night before its day, or as of its booking where it was booked on the day
itself: outcomes of earlier days are known, and the visits that were booked by then. So it is for what ships
and for its rivals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise

from recado.model.risk import RiskModel
from recado.rules.risk.features import Features, features
from recado.rules.risk.learning import learn
from recado.rules.risk.scoring import explained
from recado.rules.risk.shares import Shares
from recado.rules.risk.visits import Visit

from tests.bench.noshow.rows import Row

Said = list[float]


def split(rows: Sequence[Row], share: float) -> date:
    """The first day of the last `share` of the days on which there are visits."""
    days = sorted({one.visit.day for one in rows})
    return days[len(days) - round(share * len(days))]


def weeks(rows: Sequence[Row], first: date) -> Iterator[tuple[date, list[Row]]]:
    """The days on which it is learned, and the visits that are predicted until the next one."""
    days = sorted({one.visit.day for one in rows if one.visit.day >= first})
    mondays = [one for before, one in pairwise(days) if one.isocalendar()[:2] != before.isocalendar()[:2]]
    edges = [first, *mondays, date.max]
    for since, until in pairwise(edges):
        yield since, [one for one in rows if since <= one.visit.day < until]


def ours(rows: Sequence[Row], first: date) -> tuple[Said, RiskModel]:
    """What ships, as it ships: its probabilities of the visits from `first` on, and its last model."""
    visits = [one.visit for one in rows]
    of_patient = by_patient(visits)
    said: Said = []
    model = None
    for today, those in weeks(rows, first):
        now = datetime.combine(today, datetime.min.time(), UTC)
        model = learn(visits, today, now)
        said += [_said(model, one.visit, of_patient[one.visit.patient], now) for one in those]
    assert model is not None, "there is a day to predict"
    return said, model


def _said(model: RiskModel, visit: Visit, of_patient: Sequence[Visit], now: datetime) -> float:
    row: Features = features(visit, of_patient, _shares(model))
    return explained(model, row, visit, now).probability


_standing: list[tuple[RiskModel, Shares]] = []


def _shares(model: RiskModel) -> Shares:
    if not _standing or _standing[0][0] is not model:
        _standing[:] = [(model, Shares(model.shares, model.day))]
    return _standing[0][1]


def by_patient(visits: Sequence[Visit]) -> dict[str, list[Visit]]:
    """Each patient's visits."""
    found: dict[str, list[Visit]] = {}
    for one in visits:
        found.setdefault(one.patient, []).append(one)
    return found
