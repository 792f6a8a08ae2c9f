"""Journey 9: for fifteen hours no minute struck. Nothing stale goes out, and the clinic has its list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.story import Clinic, Patient

pytestmark = pytest.mark.local_stack

OUTAGE = timedelta(hours=15)


def test_after_an_outage_nothing_stale_goes_out_and_the_clinic_has_the_list(
    delsol: Clinic,
    long_ago: Callable[[Clinic, list[dict[str, str]]], list[str]],
    a_minute_passes: Callable[[], None],
) -> None:
    now = datetime.now(UTC)
    # The message of the day before was due as the outage began; and a visit came and went in it.
    ahead, begun = Patient("Eva", "346"), Patient("Ana", "346")
    moments = ((ahead, timedelta(hours=24) - OUTAGE), (begun, -timedelta(minutes=30)))
    wanted = [
        {
            "name": one.name,
            "phone": f"+{one.number}",
            "start": (now + start).isoformat(),
            "booked_at": (now + start - timedelta(hours=23 + 24 * (one is ahead))).isoformat(),
        }
        for one, start in moments
    ]
    ids = long_ago(delsol, wanted)
    a_minute_passes()

    told = delsol.get("/reminders/missed")
    listed = [one for one in told["items"] if one["appointment"]["id"] in ids]
    assert {(one["phone"], one["step"], one["reason"]) for one in listed} == {
        (f"+{ahead.number}", "24h", "late"),
        (f"+{begun.number}", "3h", "late"),
        (f"+{begun.number}", "call", "late"),
    }
    assert datetime.fromisoformat(told["outage"]["began_at"]) <= now - OUTAGE
    for one in (ahead, begun):
        assert delsol.reminders_to(one) == []
    steps = delsol.get(f"/appointments/{ids[0]}")["reminders"]
    assert [one["state"] for one in steps] == ["skipped", "skipped", "planned", "planned"], (
        "what is to come comes"
    )

    assert told["outage"]["seen_by"] is None
    seen = delsol.post("/reminders/missed/seen", {"found_at": told["outage"]["found_at"]})
    assert seen["seen_by"]
