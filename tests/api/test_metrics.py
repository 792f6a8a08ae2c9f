"""The numbers, as the console asks for them."""

from datetime import UTC, datetime, timedelta

import metrics
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.actions.record import record
from recado.actions.route import route
from recado.store import contacts

from tests.api.client import person
from tests.cloud import Cloud
from tests.samples import NOW, later, received

ana = person("agent")
EMPTY = {
    "offered": 0,
    "handled": 0,
    "waiting": 0,
    "answered": 0,
    "answered_in_target": 0,
    "wait_s_total": 0,
    "abandoned": 0,
    "unique_records": 0,
    "messages": {},
}


def heard(clinic: Cloud, *at: datetime) -> None:
    """One patient writes at each of these moments, each time anew."""
    for n, moment in enumerate(at):
        record("boavista", received(message_id=f"m{n}", sender="5511900000001"), moment)
        (contact,) = contacts.open_contacts("boavista")[0]
        route("boavista", contact.id, moment)
        ana.post(f"/contacts/{contact.id}/close", {"disposition": "resolved"})
    metrics.handler(clinic.streamed(), LambdaContext())


@pytest.mark.usefixtures("clinic")
def test_a_day_on_which_nothing_happened_is_empty() -> None:
    answer = ana.get("/metrics")
    assert answer.status == 200
    assert answer.body["clinic"] == {"timezone": "America/Sao_Paulo"}
    assert answer.body["now"] == {"waiting": 0, "assigned": 0, "oldest_wait_s": None}
    assert answer.body["intervals"] == []
    assert answer.body["total"] == {**EMPTY, "average_wait_s": None, "service_level": None}


def test_intervals_come_in_order_and_the_total_counts_a_person_once(clinic: Cloud) -> None:
    heard(clinic, NOW, later(minutes=5), later(minutes=20), later(days=1))
    found = ana.get("/metrics", **{"from": "2026-11-23", "to": "2026-11-24"}).body
    assert [(one["start"], one["offered"], one["unique_records"]) for one in found["intervals"]] == [
        ("2026-11-23T14:00:00.000Z", 2, 1),
        ("2026-11-23T14:15:00.000Z", 1, 1),
    ]
    total = found["total"]
    assert (total["offered"], total["handled"], total["unique_records"]) == (3, 3, 1)
    assert total["messages"] == {"whatsapp": {"in": 3, "out": 0}}


def test_a_period_is_half_open_and_may_cross_days(clinic: Cloud) -> None:
    heard(clinic, NOW, later(minutes=15), later(days=1))
    for start, end, offered in (
        ("2026-11-23T14:00:00Z", "2026-11-23T14:15:00Z", 1),
        ("2026-11-23T14:15:00Z", "2026-11-24T14:00:00Z", 1),
        ("2026-11-23T14:00:00Z", "2026-11-24T14:15:00Z", 3),
    ):
        assert ana.get("/metrics", **{"from": start, "to": end}).body["total"]["offered"] == offered


def test_another_clinic_sees_nothing_of_it(clinic: Cloud) -> None:
    heard(clinic, NOW)
    period = {"from": "2026-11-23", "to": "2026-11-24"}
    other = person("agent", tenant="delsol", agent="lucia").get("/metrics", **period).body
    assert (other["intervals"], other["clinic"]) == ([], {"timezone": "Europe/Madrid"})


def test_the_desk_now_says_who_waits_and_for_how_long(clinic: Cloud) -> None:
    ana.put("/agents/me/state", {"state": "away"})
    since = datetime.now(UTC) - timedelta(minutes=3)
    record("boavista", received(), since)
    now = ana.get("/metrics").body["now"]
    assert (now["waiting"], now["assigned"]) == (1, 0)
    assert 180 <= now["oldest_wait_s"] < 240
    (contact,), _ = contacts.open_contacts("boavista")
    ana.post(f"/contacts/{contact.id}/take")
    assert ana.get("/metrics").body["now"] == {"waiting": 0, "assigned": 1, "oldest_wait_s": None}


@pytest.mark.usefixtures("clinic")
def test_every_number_says_by_which_definition_it_was_made() -> None:
    kpis = {one["id"]: one for one in ana.get("/metrics").body["kpis"]}
    assert kpis["K1"] == {"id": "K1", "version": 2, "name": "unique_records", "source": "R16, K1"}
    assert {"K11", "K43"} < set(kpis)
