"""Journey 8: whom the clinic has missed is followed up to an end, and what is late is seen first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.journeys.calling import hangs_up
from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack

ATTEMPTS = 5
"""So often somebody is called (Tenant.callback_attempts)."""


def owed(clinic: Clinic, caller: Patient, **params: Any) -> dict[str, Any] | None:
    """Their contact, known by where they are called."""
    listed = clinic.get("/contacts", **params)["items"]
    return next((one for one in listed if (one["callback"] or {}).get("phone") == f"+{caller.number}"), None)


def tried(clinic: Clinic, contact: str, outcome: str) -> dict[str, Any]:
    """An agent has called them, and says what came of it: the contact as it is then."""
    noted: dict[str, Any] = clinic.post(f"/contacts/{contact}/attempts", {"outcome": outcome}, status=201)
    return noted


def instant(written: str) -> datetime:
    return datetime.fromisoformat(written)


def test_a_missed_caller_is_tried_at_other_times_until_nobody_was_reached(boavista: Clinic) -> None:
    rui = Patient("Rui")
    hangs_up(boavista, rui)
    contact = eventually(lambda: owed(boavista, rui))
    assert contact["callback"]["why"]["kind"] == "target"
    due = [instant(contact["callback"]["due_at"])]
    for outcome in ("no_answer", "busy", "voicemail", "no_answer"):
        after = tried(boavista, contact["id"], outcome)
        assert (after["state"], after["agent"]) == ("scheduled", None), "out of sight until it is due"
        assert after["callback"]["why"]["kind"] in ("ladder", "learnt"), "the card says why then"
        due.append(instant(after["callback"]["due_at"]))
        assert due[-1] > datetime.now(UTC)
        assert instant(after["deadline_at"]) > due[-1]
    end = tried(boavista, contact["id"], "no_answer")
    assert (end["state"], end["disposition"], end["follow_up"]["end"]) == (
        "closed",
        "unreachable",
        "unreachable",
    )
    assert len(end["follow_up"]["attempts"]) == ATTEMPTS
    refused = boavista.call("POST", f"/contacts/{contact['id']}/attempts", json={"outcome": "reached"})
    assert refused.status_code == 409


def test_who_is_reached_is_the_agents_to_settle(boavista: Clinic) -> None:
    zita = Patient("Zita")
    hangs_up(boavista, zita)
    contact = eventually(lambda: owed(boavista, zita))
    reached = tried(boavista, contact["id"], "reached")
    assert (reached["state"], reached["callback"]) == ("assigned", None)
    closed = boavista.post(f"/contacts/{contact['id']}/close", {"disposition": "resolved"})
    assert closed["follow_up"]["end"] == "reached"


def test_what_is_late_is_listed_first_and_nothing_is_without_an_owner(delsol: Clinic) -> None:
    waiting = Patient("Paz", "346")
    waiting.writes(delsol, "Hola, ¿me llaman?")
    contact = eventually(lambda: delsol.contact_of(waiting, state="assigned"))
    assert instant(contact["deadline_at"]) > instant(contact["last_inbound_at"])
    late = delsol.get("/breaches")["items"]
    now = datetime.now(UTC)
    assert all(instant(one["deadline_at"]) < now for one in late)
    assert [one["late_s"] for one in late] == sorted((one["late_s"] for one in late), reverse=True)
    assert contact["id"] not in [one["contact"]["id"] for one in late], "it has five minutes"
    assert [one["problem"] for one in late if one["problem"]] == []
