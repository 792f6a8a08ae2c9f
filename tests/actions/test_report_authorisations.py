"""What came of authorisations, through what is kept of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.book import book
from recado.actions.note_authorisation import Authorisation, note_authorisation
from recado.actions.report_authorisations import report_authorisations
from recado.rules import kpi_authorisations as kpi
from recado.store import tenants

from tests.samples import NOW
from tests.visits import VISIT, booked

AFTER = NOW + timedelta(days=60)
pytestmark = pytest.mark.usefixtures("clinic")


def told(number: int, patient: str, day: int = 0) -> None:
    authorisation = Authorisation(f"ehr-{number}", "2026-12-31")
    note_authorisation("boavista", patient, authorisation, NOW + timedelta(days=day), author="role:admin")
    tenants.forget()


def test_who_booked_is_of_those_who_were_told_in_the_period() -> None:
    patient = booked().patient
    told(1, patient)
    then = NOW + timedelta(hours=2)
    book("boavista", patient, VISIT._replace(start="2026-12-20T09:30"), then, author="agent:ana")
    told(2, patient, day=1)
    told(3, patient, day=2)
    made = report_authorisations("boavista", "2026-11-23", "2026-11-25", AFTER)
    assert kpi.authorisation_to_booking(made.whole)[:2] == (0.5, 2)
    assert kpi.time_to_booking(made.whole)[:2] == (7200, 1)
    assert list(made.channels) == ["whatsapp"]
    assert report_authorisations("delsol", "2026-11-23", "2026-11-25", AFTER).whole.matters == []


def test_hundreds_of_them_are_read_a_page_at_a_time() -> None:
    patient = booked().patient
    for number in range(130):
        told(number, patient)
    made = report_authorisations("boavista", "2026-11-23", "2026-11-24", AFTER)
    assert kpi.authorisation_to_booking(made.whole)[:2] == (0.0, 130)
