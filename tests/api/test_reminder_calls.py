"""An administrator lets machines call."""

from __future__ import annotations

import pytest
from recado.store import tenants

from tests.api.client import person
from tests.samples import BOAVISTA, DELSOL

pytestmark = pytest.mark.usefixtures("clinic")

ana, davi = person("agent"), person("admin", agent=None)
NONE = {"numbers": [BOAVISTA.phone], "number": None}
ON = NONE | {"number": BOAVISTA.phone}


def test_an_administrator_switches_calls_on_and_off() -> None:
    assert ana.get("/reminder-calls").body == NONE
    assert davi.put("/reminder-calls", {"number": BOAVISTA.phone}).body == ON
    assert tenants.account("boavista", "voice", BOAVISTA.phone).settings == {"reminders": "on"}
    assert davi.put("/reminder-calls", {"number": None}).body == NONE


def test_an_agent_may_not_and_another_clinics_number_is_refused() -> None:
    assert ana.put("/reminder-calls", {"number": BOAVISTA.phone}).status == 403
    refused = davi.put("/reminder-calls", {"number": DELSOL.phone})
    assert (refused.status, refused.body["error"]["field"]) == (400, "number")
    assert davi.get("/reminder-calls").body == NONE
