"""Journey 4: numbers that say what happened."""

from typing import Any

import pytest

from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack


def total(clinic: Clinic) -> dict[str, Any]:
    found: dict[str, Any] = clinic.get("/metrics", "supervisor")["total"]
    return found


def test_what_happens_is_counted_once(delsol: Clinic) -> None:
    before = total(delsol)
    ana, luz = Patient("Ana", "346"), Patient("Luz", "346")
    ana.writes(delsol, "Hola", "¿Tienen hora?")
    luz.writes(delsol, "Buenas")
    eventually(lambda: len(delsol.timeline(ana)) == 2)
    contact = eventually(lambda: delsol.contact_of(ana))
    delsol.post(f"/contacts/{contact['id']}/replies", {"text": "Sí."}, status=201)
    delsol.post(f"/contacts/{contact['id']}/close", {"disposition": "resolved"})

    def grown(name: str) -> int:
        return int(total(delsol)[name]) - int(before[name])

    eventually(lambda: (grown("offered"), grown("answered"), grown("unique_records")) == (2, 1, 2))

    def messages() -> tuple[int, int]:
        now, then = (one["messages"].get("whatsapp", {"in": 0, "out": 0}) for one in (total(delsol), before))
        return now["in"] - then.get("in", 0), now["out"] - then.get("out", 0)

    eventually(lambda: messages() == (3, 1))
    assert grown("answered_in_target") == 1
