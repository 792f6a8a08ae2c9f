"""K24, of authorisations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from recado.model.outreach import Outreach
from recado.rules import kpi_authorisations as kpi
from recado.rules.figures import Figure, Part
from recado.rules.kpi_authorisations import Issued

from tests.samples import NOW, later

HOUR = timedelta(hours=1)


def issued(**more: Any) -> Outreach:
    known = dict.fromkeys(("patient", "account", "address", "contact_point", "created_by"), "")
    times = {"anchor": NOW, "timezone": "UTC", "created_at": NOW}
    what = {"id": "o1", "language": "es", "purpose": "authorisation", "source": "authorisation", "steps": ()}
    until = {"channel": "sms", "not_after": later(days=30)}
    return Outreach.model_validate({**known, **times, **what, **until, **more})


def of(*matters: Outreach) -> Issued:
    return Issued(matters, later(days=10))


EXPIRED = {"not_after": later(days=5)}


@pytest.mark.parametrize(
    ("settings", "value", "n"),
    [
        ({}, None, 0),
        ({"booked_at": later(days=1)}, 1.0, 1),
        (EXPIRED, 0.0, 1),
        ({"booked_at": later(days=6), **EXPIRED}, 0.0, 1),
        ({"booked_at": later(days=5), **EXPIRED}, 1.0, 1),
        ({"state": "stopped"}, None, 0),
    ],
)
def test_an_authorisation_counts_once_it_is_booked_or_has_expired(
    settings: dict[str, Any], value: float | None, n: int
) -> None:
    assert kpi.authorisation_to_booking(of(issued(**settings)))[:2] == (value, n)


def test_it_is_told_how_many_are_open_and_how_long_the_others_took() -> None:
    given = of(issued(booked_at=NOW + HOUR), issued(booked_at=NOW + 3 * HOUR), issued(), issued(**EXPIRED))
    assert kpi.authorisation_to_booking(given) == Figure(0.6667, 3, {"open": Part(0.25, 4)})
    assert kpi.time_to_booking(given) == Figure(3600, 2, {"p90": Part(10800, 2)})


def test_without_authorisations_there_is_no_number() -> None:
    assert {one.formula(of()).value for one in kpi.KPIS} == {None}
