"""The numbers of visits, from the first booking to the report: through both streams."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import metrics
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.move_appointment import move_appointment
from recado.actions.record_attendance import record_attendance
from recado.actions.recount import recount
from recado.actions.report_visits import VisitReport, report_visits
from recado.errors import Invalid
from recado.model.appointment import Appointment
from recado.rules import erasure
from recado.rules import kpi_visits as kpi
from recado.rules.figures import Part
from recado.store import appointments, contacts, visit_facts

from tests import practice
from tests.cloud import Cloud
from tests.garbled import garble
from tests.samples import NOW
from tests.visits import FIRST, START, reminded, written

DAY = "2026-11-30"
AFTER = START + timedelta(days=1)
pytestmark = pytest.mark.usefixtures("clinic")


def visit(n: int, wall: str, now: Any = NOW) -> Appointment:
    """Somebody's with Dra. Helena, on the day of tests.visits."""
    who = Person(f"Paciente {n}", f"(11) 98765-432{n}")
    at = practice.SLOT._replace(start=f"{DAY}T{wall}")
    return book("boavista", who, at, now, author="agent:ana")


def a_morning() -> dict[str, Appointment]:
    """One came, of whose visit a reminder had arrived, one did not; one called off two hours before and
    somebody else took it; one was moved away."""
    practice.opened()
    known = {"came": visit(1, "09:30"), "missed": visit(2, "10:00"), "off": visit(3, "10:30")}
    reminded(FIRST)
    (told, *_) = written(known["came"].patient, "reminder")
    contacts.save_communication("boavista", told.model_copy(update={"state": "delivered"}))
    late = START - timedelta(hours=2)
    cancel_appointment("boavista", known["off"].id, late, author="agent:ana")
    known["filled"] = visit(4, "10:30", late + timedelta(minutes=5))
    known["moved"] = visit(5, "11:00")
    move_appointment("boavista", known["moved"].id, "2026-12-02T09:00", late, author="agent:ana")
    for name, outcome in (("came", "fulfilled"), ("missed", "noshow"), ("filled", "arrived")):
        record_attendance("boavista", known[name].id, outcome, AFTER, author="agent:ana")  # type: ignore[arg-type]
    return known


def counted(clinic: Cloud, event: dict[str, Any] | None = None) -> None:
    context = LambdaContext()
    assert metrics.handler(clinic.streamed(), context) == {"batchItemFailures": []}
    assert metrics.handler(event or clinic.visits_streamed(), context) == {"batchItemFailures": []}


def reported(**more: Any) -> VisitReport:
    return report_visits("boavista", DAY, None, more.get("now", AFTER))


def numbers(**more: Any) -> dict[str, tuple[float | None, int]]:
    whole = reported(**more).whole
    return {one.id: one.formula(whole)[:2] for one in kpi.KPIS}


MORNING = {"K20": (0.5, 2), "K21": (0.3333, 3), "K22": (0.25, 4), "K23": (0.5, 2)}
"""Whoever took the freed time booked too late to be reminded of it; the moved one is of another day."""


def test_a_morning_is_counted(clinic: Cloud) -> None:
    a_morning()
    counted(clinic)
    assert numbers() == MORNING
    assert kpi.backfill_rate(reported().whole).parts == {"minutes": Part(0.5, 60)}


@pytest.mark.parametrize("seed", range(3))
def test_in_whatever_order_and_pieces_it_is_told_the_numbers_are_the_same(clinic: Cloud, seed: int) -> None:
    a_morning()
    order = random.Random(seed)
    records = [one for one in clinic.visits_streamed()["Records"] for _ in range(order.choice((1, 1, 2)))]
    order.shuffle(records)
    for begin in range(0, len(records), 5):
        counted(clinic, {"Records": records[begin : begin + 5]})
    assert numbers() == MORNING


def test_visits_that_are_still_to_come_do_not_count_yet(clinic: Cloud) -> None:
    practice.opened()
    visit(1, "09:30")
    counted(clinic)
    assert set(numbers(now=START - timedelta(minutes=1)).values()) == {(None, 0)}
    assert numbers(now=START)["K20"] == (0.0, 1)


def test_each_channel_has_its_own_numbers(clinic: Cloud) -> None:
    a_morning()
    counted(clinic)
    assert list(reported().channels) == ["whatsapp"]
    assert kpi.no_show_rate(reported().channels["whatsapp"]) == kpi.no_show_rate(reported().whole)


def test_another_clinic_has_none_of_it(clinic: Cloud) -> None:
    a_morning()
    counted(clinic)
    assert report_visits("delsol", DAY, None, AFTER).whole.facts == []


def test_a_month_of_which_the_stream_told_nothing_is_counted_all_the_same(clinic: Cloud) -> None:
    a_morning()
    metrics.handler(clinic.streamed(), LambdaContext())
    assert recount("boavista", month="2026-11") == {"visits": 4}
    # Nobody can say any more that a fifth one was to be then, and since when its time was free.
    assert numbers() == {**MORNING, "K23": (1.0, 1)}
    counted(clinic)
    assert numbers() == MORNING
    assert metrics.handler({"tenant": "boavista", "month": "2026-11"}, LambdaContext()) == {"visits": 0}


def test_a_time_that_a_visit_left_unheard_is_found_out(clinic: Cloud) -> None:
    known = a_morning()
    records = clinic.visits_streamed()["Records"]
    (left,) = (one for one in records if is_move(one, known["moved"].id))
    counted(clinic, {"Records": [one for one in records if one is not left]})
    assert numbers()["K22"] == (0.2, 5)
    assert recount("boavista", month="2026-11") == {"visits": 1}
    assert numbers() == MORNING


def is_move(record: dict[str, Any], visit_id: str) -> bool:
    image = record["dynamodb"]["NewImage"]
    return image["pk"]["S"].endswith(visit_id) and '"schedule":2' in image["body"]["S"]


def test_a_month_is_named_as_one() -> None:
    for wrong in ({"month": "November"}, {"month": "2026-13"}, {}):
        with pytest.raises(Invalid):
            recount("boavista", **wrong)


def test_whoever_is_erased_counts_as_they_did(clinic: Cloud) -> None:
    known = a_morning()
    seen = appointments.get("boavista", known["missed"].id)
    appointments.save_appointment("boavista", erasure.appointment(seen, AFTER))
    counted(clinic)
    assert numbers() == MORNING


def test_a_visit_that_this_version_cannot_read_blocks_nothing(clinic: Cloud) -> None:
    practice.opened()
    known = visit(1, "09:30")
    garble("APPOINTMENTS_TABLE", f"T#boavista#A#{known.id}", "A")
    counted(clinic)
    assert len(visit_facts.of_day("boavista", DAY)) == 1
