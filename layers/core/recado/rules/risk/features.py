"""What of a visit its risk is reckoned from: a few bins, and the shares that its groups have missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from recado.rules.risk.shares import Shares, kind_of, lead_class, of_patient
from recado.rules.risk.visits import Visit, others_of

DEFINITION: Final = "noshow-1"
"""Change it with the features or their bins: older models are then not used."""

LEADS: Final = (1, 2, 3, 5, 8, 11, 15, 22, 29, 43, 64)
AGES: Final = (1, 3, 6, 10, 14, 18, 22, 26, 31, 36, 41, 46, 51, 56, 61, 66, 71, 76, 81)

BINNED: Final = ("lead", "age", "weekday", "hour", "booked_hour", "same_day", "since", "reminded")
SHARED: Final = (
    "recent", "place", "place_lead", "place_booked", "place_age", "booked_day", "patient", "patient_alike",
)  # fmt: skip


class Features(NamedTuple):
    """Of one visit: feature → its bin, and feature → its log-odds above the clinic's."""

    bins: dict[str, str]
    shares: dict[str, float]


def features(visit: Visit, of_patient_all: Sequence[Visit], shares: Shares) -> Features:
    """All features of a visit, as of the night before its day. `of_patient_all`: its patient's visits, with
    those that were not known of then: they are left out here."""
    others = others_of(visit, of_patient_all)
    moves = shares.moves(visit) | of_patient(visit, others, shares.base(visit))
    return Features(_bins(visit, others), moves)


def _bins(visit: Visit, others: Sequence[Visit]) -> dict[str, str]:
    kind, lead = kind_of(visit), lead_class(visit)
    bins = {
        "lead": _bin(visit.lead, LEADS),
        "weekday": f"{kind}/{visit.day.weekday()}",
        "booked_hour": f"{kind}/{visit.booked_at.hour}",
        "same_day": f"{kind}/{_few(one.day == visit.day for one in others)}",
        "since": f"{lead}/{_since(visit, others)}",
    }
    if visit.age is not None:
        bins["age"] = f"{kind}/{_bin(visit.age, AGES)}"
    if visit.hour is not None:
        bins["hour"] = str(visit.hour)
    if visit.reminded is not None:
        bins["reminded"] = f"{lead}/{'yes' if visit.reminded else 'no'}"
    return bins


def _since(visit: Visit, others: Sequence[Visit]) -> str:
    """How many visits were booked since this one was, and how many took place: whoever came meanwhile may
    have no need of it any more."""
    booked = _few(one.booked_at > visit.booked_at for one in others)
    held = _few(visit.booked_at.date() <= one.day < visit.day and one.came is not None for one in others)
    return f"{booked}/{held}"


def _few(such: Iterable[bool]) -> int:
    return min(2, sum(such))


def _bin(value: int, edges: Sequence[int]) -> str:
    """The lower edge of the bin that a value is in."""
    return str(max((edge for edge in edges if value >= edge), default=0))
