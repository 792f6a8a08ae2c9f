"""What the same visits give to others: lead time, logistic regression, gradient boosting (scikit-learn).

They learn on the same days and predict the same visits. `usual` has the columns of the data set and the
patient's own history; `all` has besides, as numbers, everything that ours sees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
from recado.rules.risk.features import BINNED, SHARED, features
from recado.rules.risk.shares import Shares
from recado.rules.risk.visits import Visit, others_of
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from tests.bench.noshow.rows import Row
from tests.bench.noshow.walk import Said, by_patient, weeks

Table = Any
"""A row for each visit, in order; what numpy calls an array has no type of its own in the checks here."""


def usual(rows: Sequence[Row]) -> Table:
    """The columns, and what is known of the patient on the night before."""
    of_patient = by_patient([one.visit for one in rows])
    return np.array([_columns(one) + _history(one.visit, of_patient[one.visit.patient]) for one in rows])


def everything(rows: Sequence[Row]) -> Table:
    """The same, and all that ours sees."""
    visits = [one.visit for one in rows]
    of_patient, shares = by_patient(visits), Shares({}, 0)
    ours, day = [], date.min
    waiting: list[Visit] = []
    for one in visits:
        if one.day != day:
            for held in waiting:
                shares.add(held)
            waiting, day = [], one.day
        row = features(one, of_patient[one.patient], shares)
        ours.append(
            [_number(row.bins.get(name, "")) for name in BINNED] + [row.shares[name] for name in SHARED]
        )
        waiting.append(one)
    return np.hstack([usual(rows), np.array(ours)])


def _number(name: str) -> float:
    """Bins such as `2/1/0` as a number, for trees to cut."""
    parts = [{"same": "0", "ahead": "1", "no": "0", "yes": "1"}.get(one, one) for one in name.split("/")]
    return float("".join(f"{float(one or 0):02.0f}" for one in parts))


def _columns(one: Row) -> list[float]:
    visit = one.visit
    lead = float(visit.lead)
    own = [lead, float(np.log1p(lead)), float(lead == 0), float(visit.age or 0), float(visit.day.weekday())]
    return [*own, float(visit.booked_at.hour), float(one.male), *map(float, one.traits)]


def _history(visit: Visit, of_patient: Sequence[Visit]) -> list[float]:
    others = others_of(visit, of_patient)
    past = sorted((one for one in others if one.day < visit.day), key=lambda one: (one.day, one.booked_at))
    missed = sum(not one.came for one in past)
    last = -1.0 if not past else float(not past[-1].came)
    gap = -1.0 if not past else float((visit.day - past[-1].day).days)
    today = sum(one.day == visit.day for one in others)
    return [float(len(past)), float(missed), (missed + 1) / (len(past) + 5), last, gap, float(today)]


def lead_alone(rows: Sequence[Row], first: date) -> Said:
    """The days between booking and visit, as they are: an order, no probability."""
    return [min(1.0, one.visit.lead / 200) for one in rows if one.visit.day >= first]


def logistic(rows: Sequence[Row], table: Table, first: date) -> Said:
    """Logistic regression on standardised columns."""
    return _walked(
        rows, table, first, lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    )


def boosting(rows: Sequence[Row], table: Table, first: date) -> Said:
    """Gradient boosting of small trees on histograms, as LightGBM does it."""
    return _walked(rows, table, first, _boosted)


def _boosted() -> Any:
    return HistGradientBoostingClassifier(
        learning_rate=0.03,
        max_iter=300,
        max_leaf_nodes=12,
        min_samples_leaf=150,
        l2_regularization=10,
        max_features=0.4,
        early_stopping=False,
        random_state=1,
    )


def _walked(rows: Sequence[Row], table: Table, first: date, made: Callable[[], Any]) -> Said:
    days = np.array([one.visit.day.toordinal() for one in rows])
    missed = np.array([one.missed for one in rows])
    said: Said = []
    for today, those in weeks(rows, first):
        before = days < today.toordinal()
        next_ones = table[before.sum() : before.sum() + len(those)]
        said += made().fit(table[before], missed[before]).predict_proba(next_ones)[:, 1].tolist()
    return said
