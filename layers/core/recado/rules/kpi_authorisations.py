"""What comes of authorisations: whether a visit is booked, and how soon (K24). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from recado.model.outreach import Outreach
from recado.rules.figures import Figure, Measure, part, percentile, share


class Issued(NamedTuple):
    """The authorisations that we were told of in a period, as they are now."""

    matters: Sequence[Outreach]
    now: datetime


def authorisation_to_booking(given: Issued) -> Figure:
    """Authorisations for which a visit was booked while they held, of those for which one was, or that do not
    hold any more; `open`: of all, those of which it is not known yet."""
    booked = sum(_is_booked(one) for one in given.matters)
    undecided = sum(not _is_decided(one, given.now) for one in given.matters)
    every = len(given.matters)
    return share(booked, every - undecided, {"open": part(undecided, every)})


def time_to_booking(given: Issued) -> Figure:
    """Seconds from when we were told of it to the booking: half of those booked took no longer
    (p50); `p90`."""
    took = [
        (one.booked_at - one.anchor).total_seconds()
        for one in given.matters
        if one.booked_at and _is_booked(one)
    ]
    return Figure(*percentile(took, 0.5), {"p90": percentile(took, 0.9)})


def _is_booked(one: Outreach) -> bool:
    return one.booked_at is not None and (one.not_after is None or one.booked_at <= one.not_after)


def _is_decided(one: Outreach, now: datetime) -> bool:
    return _is_booked(one) or (one.not_after is not None and one.not_after < now)


KPIS: Final[tuple[Measure[Issued], ...]] = (
    Measure("K24", 1, "authorisation_to_booking", "R68, K24", "share", authorisation_to_booking),
    Measure("K24b", 1, "authorisation_to_booking_time", "R68, K24", "seconds", time_to_booking),
)
