"""What the console tells of calls, and what is late."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from recado.actions.record import record
from recado.actions.route import route
from recado.model.contact import Contact
from recado.store import contacts, tenants
from recado.store.clients import client

from tests.api.client import person
from tests.cloud import Cloud
from tests.samples import ANA, BRUNO, received, seed

ana = person("agent")
lucia = person("agent", tenant="delsol", agent="lucia")


@pytest.fixture
def late(cloud: Cloud) -> Contact:
    """Somebody wrote half an hour ago, by the clock that the API reads, and waits: both agents are away."""
    ago = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=30)
    away = {"state": "away"}
    seed(ANA.model_copy(update=away), BRUNO.model_copy(update=away))
    record("boavista", received("Bom dia, tem horário?"), ago)
    (contact,), _ = contacts.open_contacts("boavista")
    route("boavista", contact.id, ago)
    return contacts.get_contact("boavista", contact.id)


def test_a_contact_says_by_when_somebody_has_to_answer(late: Contact) -> None:
    (listed,) = ana.get("/contacts").body["items"]
    due = datetime.fromisoformat(listed["deadline_at"])
    assert due == late.opened_at + timedelta(minutes=5)
    assert listed["follow_up"] is None


def test_what_is_late_is_listed_with_for_how_long(late: Contact) -> None:
    (breach,) = ana.get("/breaches").body["items"]
    assert (breach["contact"]["id"], breach["owed"], breach["problem"]) == (late.id, "message", None)
    assert 25 * 60 <= breach["late_s"] < 26 * 60
    assert lucia.get("/breaches").body["items"] == []


def test_a_form_is_late_after_the_clinics_target(late: Contact) -> None:
    form = late.model_copy(update={"channel": "webform"})
    contacts.save_contact("boavista", form)
    assert ana.get("/breaches").body["items"] == []
    stored = tenants.get("boavista")
    tenants.save_tenant("boavista", stored.model_copy(update={"form_target_minutes": 10}))
    tenants.forget()
    (breach,) = ana.get("/breaches").body["items"]
    assert breach["owed"] == "form"


def test_what_nobody_owns_is_listed_before_what_is_late(late: Contact) -> None:
    record("boavista", received("Oi", "wamid.2", "5521998760002"), late.opened_at)
    other = next(one for one in contacts.open_contacts("boavista")[0] if one.id != late.id)
    contacts.save_contact("boavista", other.model_copy(update={"state": "waiting", "queue": "billing"}))
    first, second = ana.get("/breaches").body["items"]
    assert (first["contact"]["id"], first["problem"]) == (other.id, "no_owner")
    assert (second["contact"]["id"], second["problem"]) == (late.id, None)


def test_what_is_answered_is_late_no_more(late: Contact) -> None:
    assert ana.post(f"/contacts/{late.id}/replies", {"text": "Temos sim."}).status == 201
    assert ana.get("/breaches").body["items"] == []


def test_an_attempt_in_vain_schedules_the_next_and_says_why_then(late: Contact) -> None:
    answer = ana.post(f"/contacts/{late.id}/attempts", {"outcome": "voicemail", "note": "caixa postal"})
    assert (answer.status, answer.body["state"], answer.body["agent"]) == (201, "scheduled", None)
    why = answer.body["callback"]["why"]
    assert why["kind"] == "ladder"
    assert (why["part"] is not None, 0 <= why["weekday"] <= 6, 0 < why["rate"] < 1) == (True, True, True)
    (attempt,) = answer.body["follow_up"]["attempts"]
    assert (attempt["outcome"], attempt["by"], attempt["note"]) == ("voicemail", "agent:ana", "caixa postal")
    (listed,) = ana.get("/contacts", state="scheduled").body["items"]
    assert listed["id"] == late.id
    assert ana.get("/contacts", state="waiting").body["items"] == []
    assert [one["id"] for one in ana.get("/contacts").body["items"]] == [late.id]


def test_the_same_key_is_the_same_attempt_though_the_answer_was_forgotten(
    late: Contact, cloud: Cloud
) -> None:
    path, keyed = f"/contacts/{late.id}/attempts", {"headers": {"Idempotency-Key": "k"}}
    first = ana.call("POST", path, {"outcome": "busy"}, **keyed)
    for row in cloud.items("idempotency"):
        client("dynamodb").delete_item(TableName=os.environ["IDEMPOTENCY_TABLE"], Key={"id": row["id"]})
    again = ana.call("POST", path, {"outcome": "busy"}, **keyed)
    assert first.body == again.body
    stored = contacts.get_contact("boavista", late.id).follow_up
    assert stored is not None
    assert len(stored.attempts) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "outcome"), ({"outcome": "perhaps"}, "outcome"), ({"outcome": "busy", "note": 1}, "note")],
)
def test_what_cannot_be_read_is_named(late: Contact, body: dict[str, object], field: str) -> None:
    answer = ana.post(f"/contacts/{late.id}/attempts", body)
    assert (answer.status, answer.error) == (400, ("invalid", field))


def test_another_clinics_contact_is_not_there(late: Contact) -> None:
    assert lucia.post(f"/contacts/{late.id}/attempts", {"outcome": "busy"}).status == 404


def test_a_settled_one_takes_no_more(late: Contact) -> None:
    ana.post(f"/contacts/{late.id}/close", {"disposition": "resolved"})
    assert ana.post(f"/contacts/{late.id}/attempts", {"outcome": "busy"}).status == 409
