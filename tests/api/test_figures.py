"""Figures, as the console asks for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import metrics
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.actions.book import book
from recado.actions.record import record
from recado.actions.record_attendance import record_attendance

from tests.api.client import person
from tests.cloud import Cloud
from tests.practice import SLOT, opened
from tests.samples import received
from tests.visits import MARIA

supervisor = person("supervisor")
PATHS = {
    "appointments": ["K20", "K21", "K22", "K23"],
    "retention": ["K26"],
    "authorisations": ["K24", "K24b"],
    "follow-up": [f"K{number}" for number in range(12, 20)],
    "bot": ["K30", "bot_hand_over_rate", "bot_drop_off_rate"],
    "messages": ["K40", "K41"],
    "access": ["K29", "K29b"],
    "surveys": ["K36", "K38", "K39"],
}
THEN = datetime(2024, 11, 18, 14, 0, tzinfo=UTC)
"""A Monday, long past: these routes go by today's clock."""
PERIOD = {"from": "2024-11-18", "to": "2024-11-26"}


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize("name", PATHS)
def test_a_period_in_which_nothing_happened_has_figures_of_nothing(name: str) -> None:
    answer = supervisor.get(f"/metrics/{name}", **PERIOD)
    assert answer.status == 200
    assert [one["id"] for one in answer.body["total"]] == PATHS[name]
    assert {(one["value"], one["n"]) for one in answer.body["total"]} <= {(None, 0), (0, 0)}
    assert answer.body["channels"] == {}
    assert answer.body["since"] == "2024-11-18T03:00:00.000Z"


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize("name", PATHS)
def test_a_period_is_checked(name: str) -> None:
    assert supervisor.get(f"/metrics/{name}", **{"from": "yesterday"}).error == ("invalid", "from")
    too_long = {"from": "2024-01-01", "to": "2024-11-26"}
    assert supervisor.get(f"/metrics/{name}", **too_long).error == ("invalid", "to")


def test_visits_are_counted_with_their_parts(clinic: Cloud) -> None:
    opened()
    visit = book("boavista", MARIA, SLOT._replace(start="2024-11-25T09:30"), THEN, author="agent:ana")
    record_attendance("boavista", visit.id, "noshow", THEN + timedelta(days=8), author="agent:ana")
    metrics.handler(clinic.visits_streamed(), LambdaContext())
    answer = supervisor.get("/metrics/appointments", **PERIOD).body
    shown = next(one for one in answer["total"] if one["id"] == "K21")
    assert shown == {
        "id": "K21",
        "version": 1,
        "name": "no_show_rate",
        "source": "R66, K21",
        "unit": "share",
        "value": 1.0,
        "n": 1,
        "parts": {"not_noted": {"value": 0.0, "n": 1}},
    }
    assert answer["channels"] == {"whatsapp": answer["total"]}


def test_a_form_that_nobody_has_seen_to_for_a_day_is_counted(clinic: Cloud) -> None:
    form = received("Quero marcar", "f1")._replace(channel="webform", account="site")
    record("boavista", form, THEN)
    metrics.handler(clinic.streamed(), LambdaContext())
    answer = supervisor.get("/metrics/follow-up", **PERIOD).body
    assert {one["id"]: (one["value"], one["n"]) for one in answer["total"] if one["n"]} == {
        "K15": (0.0, 1),
        "K16": (1, 1),
    }
    assert list(answer["channels"]) == ["webform"]


def test_the_third_free_time_is_counted_from_now(clinic: Cloud) -> None:
    opened()
    answer = supervisor.get("/metrics/access", **PERIOD).body
    shown = answer["total"][0]
    assert (shown["id"], shown["unit"], shown["n"]) == ("K29", "days", 3)
    assert 0 <= shown["value"] <= 5


def test_another_clinic_sees_nothing_of_it(clinic: Cloud) -> None:
    opened()
    book("boavista", MARIA, SLOT._replace(start="2024-11-25T09:30"), THEN, author="agent:ana")
    metrics.handler(clinic.visits_streamed(), LambdaContext())
    other = person("supervisor", tenant="delsol", agent="lucia")
    assert other.get("/metrics/appointments", **PERIOD).body["channels"] == {}
