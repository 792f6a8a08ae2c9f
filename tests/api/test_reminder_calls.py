"""An administrator lets machines call."""

from __future__ import annotations

import pytest
from recado.store import tenants

from tests.api.client import Answer, person
from tests.samples import BOAVISTA, DELSOL

pytestmark = pytest.mark.usefixtures("clinic")

ana, davi = person("agent"), person("admin", agent=None)
QUIET = {"quiet_from": "21:00", "quiet_until": "08:00"}


def calls(answer: Answer) -> tuple[list[str], str | None]:
    return answer.body["numbers"], answer.body["number"]


OFF, ON = ([BOAVISTA.phone], None), ([BOAVISTA.phone], BOAVISTA.phone)


def test_an_administrator_switches_calls_on_and_off() -> None:
    assert calls(ana.get("/reminder-calls")) == OFF
    assert calls(davi.put("/reminder-calls", {"number": BOAVISTA.phone})) == ON
    assert tenants.account("boavista", "voice", BOAVISTA.phone).settings == {"reminders": "on"}
    assert calls(davi.put("/reminder-calls", {"number": None})) == OFF


def test_it_says_beforehand_what_a_call_says_and_when_none_comes() -> None:
    told = ana.get("/reminder-calls").body
    assert BOAVISTA.name in told["says"]
    assert "às duas e meia da tarde" in told["says"]
    assert "tecle um" in told["says"]
    assert told.items() >= QUIET.items()


def test_an_agent_may_not_and_another_clinics_number_is_refused() -> None:
    assert ana.put("/reminder-calls", {"number": BOAVISTA.phone}).status == 403
    refused = davi.put("/reminder-calls", {"number": DELSOL.phone})
    assert (refused.status, refused.body["error"]["field"]) == (400, "number")
    assert calls(davi.get("/reminder-calls")) == OFF
