"""The front desk's day: see a contact, take it, answer, hand over, settle."""

import pytest
from recado.actions.record import record
from recado.actions.route import route
from recado.model.contact import Callback, Contact
from recado.store import contacts, tenants

from tests.api.client import person
from tests.cloud import Cloud
from tests.samples import ANA, BRUNO, NOW, later, received, seed

ana = person("agent")
bruno = person("agent", agent="bruno")


@pytest.fixture
def waiting(cloud: Cloud) -> Contact:
    """A contact that waits: both agents are away."""
    away = {"state": "away"}
    seed(ANA.model_copy(update=away), BRUNO.model_copy(update=away))
    record("boavista", received("Bom dia, tem horário?"), NOW)
    (contact,), _ = contacts.open_contacts("boavista")
    route("boavista", contact.id, NOW)
    return contacts.get_contact("boavista", contact.id)


def assigned(agent: str) -> set[str]:
    return set(tenants.agent("boavista", agent).assigned)


def test_a_waiting_contact_is_listed_without_the_patients_number(waiting: Contact) -> None:
    (listed,) = ana.get("/contacts").body["items"]
    assert (listed["id"], listed["state"], listed["last_text"]) == (
        waiting.id,
        "waiting",
        "Bom dia, tem horário?",
    )
    assert listed["address_hint"] == "…4321"
    assert "5511987654321" not in ana.get("/contacts").raw


@pytest.mark.parametrize(("state", "count"), [("open", 1), ("waiting", 1), ("assigned", 0), ("closed", 0)])
def test_the_list_is_filtered_by_state(waiting: Contact, state: str, count: int) -> None:
    assert len(ana.get("/contacts", state=state).body["items"]) == count


def test_taking_a_contact_puts_it_in_the_agents_hands(waiting: Contact) -> None:
    taken = ana.post(f"/contacts/{waiting.id}/take", {"version": waiting.version})
    assert (taken.status, taken.body["state"], taken.body["agent_name"]) == (200, "assigned", "Ana Souza")
    assert assigned("ana") == {waiting.id}
    assert ana.get(f"/contacts/{waiting.id}").body == {**taken.body, "person": None}


def test_taking_it_out_of_anothers_hands_empties_those(waiting: Contact) -> None:
    ana.post(f"/contacts/{waiting.id}/take")
    bruno.post(f"/contacts/{waiting.id}/take")
    assert (assigned("ana"), assigned("bruno")) == (set(), {waiting.id})


def test_an_answer_takes_the_contact_and_is_queued_for_delivery(waiting: Contact) -> None:
    answer = ana.post(f"/contacts/{waiting.id}/replies", {"text": "Temos sim, às 10h."})
    assert answer.status == 201
    assert {k: answer.body[k] for k in ("direction", "kind", "text", "state", "author", "channel")} == {
        "direction": "outbound",
        "kind": "text",
        "text": "Temos sim, às 10h.",
        "state": "queued",
        "author": "agent:ana",
        "channel": "whatsapp",
    }
    contact = contacts.get_contact("boavista", waiting.id)
    assert (contact.state, contact.agent, contact.unread) == ("assigned", "ana", 0)
    stored = contacts.find_communication("boavista", answer.body["id"])
    assert stored is not None
    assert stored.due_at is not None
    assert (stored.due_at - stored.at).total_seconds() == 60
    timeline = ana.get(f"/patients/{waiting.patient}/timeline").body["items"]
    assert [item["text"] for item in timeline] == ["Bom dia, tem horário?", "Temos sim, às 10h."]
    assert timeline[1] == answer.body


def test_answering_anothers_contact_leaves_it_theirs(waiting: Contact) -> None:
    ana.post(f"/contacts/{waiting.id}/take")
    assert bruno.post(f"/contacts/{waiting.id}/replies", {"text": "Olá"}).status == 201
    assert contacts.get_contact("boavista", waiting.id).agent == "ana"
    assert (assigned("ana"), assigned("bruno")) == ({waiting.id}, set())


def test_an_answer_to_a_contact_that_has_changed_is_refused_and_changes_nothing(waiting: Contact) -> None:
    refused = ana.post(f"/contacts/{waiting.id}/replies", {"text": "Olá", "version": waiting.version - 1})
    assert (refused.status, refused.error) == (409, ("stale", None))
    assert contacts.get_contact("boavista", waiting.id) == waiting


@pytest.mark.parametrize("step", ["take", "transfer", "close"])
def test_a_step_by_an_old_version_is_stale(waiting: Contact, step: str) -> None:
    body = {"transfer": {"queue": "reception"}, "close": {"disposition": "resolved"}}.get(step, {})
    answer = ana.post(f"/contacts/{waiting.id}/{step}", {**body, "version": waiting.version + 7})
    assert (answer.status, answer.error) == (409, ("stale", None))


def test_a_contact_is_given_to_a_colleague(waiting: Contact) -> None:
    ana.post(f"/contacts/{waiting.id}/take")
    given = ana.post(f"/contacts/{waiting.id}/transfer", {"agent": "bruno"})
    assert (given.status, given.body["agent_name"]) == (200, "Bruno Lima")
    assert (assigned("ana"), assigned("bruno")) == (set(), {waiting.id})


def test_a_contact_goes_back_into_its_queue(waiting: Contact) -> None:
    ana.post(f"/contacts/{waiting.id}/take")
    back = ana.post(f"/contacts/{waiting.id}/transfer", {"queue": "reception"})
    assert (back.body["state"], back.body["agent"], back.body["queue"]) == ("waiting", None, "reception")
    assert assigned("ana") == set()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"agent": "nobody"}, "agent"),
        ({"queue": "nowhere"}, "queue"),
        ({"agent": "ana", "queue": "reception"}, "agent"),
        ({}, "agent"),
        ({"agent": 7}, "agent"),
        ({"agent": "ana", "owner": "bruno"}, "owner"),
        ({"queue": "reception", "version": "1"}, "version"),
    ],
)
def test_a_transfer_to_nowhere_names_what_is_wrong(
    waiting: Contact, body: dict[str, object], field: str
) -> None:
    refused = ana.post(f"/contacts/{waiting.id}/transfer", body)
    assert (refused.status, refused.error) == (400, ("invalid", field))


def test_another_clinics_agent_cannot_be_told_from_nobody(waiting: Contact) -> None:
    path = f"/contacts/{waiting.id}/transfer"
    assert ana.post(path, {"agent": "lucia"}).raw == ana.post(path, {"agent": "nobody"}).raw
    assert contacts.get_contact("boavista", waiting.id) == waiting


def test_closing_frees_the_agents_hands_and_moves_the_contact_to_the_closed_ones(waiting: Contact) -> None:
    ana.post(f"/contacts/{waiting.id}/take")
    closed = ana.post(f"/contacts/{waiting.id}/close", {"disposition": "booked", "note": "Terça, 9h30"})
    assert (closed.status, closed.body["state"], closed.body["disposition"]) == (200, "closed", "booked")
    assert assigned("ana") == set()
    assert ana.get("/contacts").body["items"] == []


@pytest.mark.parametrize("step", ["replies", "take", "transfer", "close"])
def test_nothing_more_happens_to_a_closed_contact(waiting: Contact, step: str) -> None:
    ana.post(f"/contacts/{waiting.id}/close", {"disposition": "resolved"})
    bodies = {
        "replies": {"text": "Olá"},
        "transfer": {"agent": "bruno"},
        "close": {"disposition": "resolved"},
    }
    refused = ana.post(f"/contacts/{waiting.id}/{step}", bodies.get(step))
    assert (refused.status, refused.error) == (409, ("conflict", None))


def test_a_disposition_is_one_of_the_clinics(waiting: Contact) -> None:
    refused = ana.post(f"/contacts/{waiting.id}/close", {"disposition": "whatever"})
    assert (refused.status, refused.error) == (400, ("invalid", "disposition"))


def test_a_missed_call_is_called_back_or_written_to_where_the_caller_is_reached(waiting: Contact) -> None:
    call = waiting.model_copy(
        update={
            "channel": "voice",
            "reason": "missed_call",
            "callback": Callback(phone="+5511987654321", due_at=later(hours=1)),
        }
    )
    contacts.save_contact("boavista", call)
    shown = ana.get(f"/contacts/{waiting.id}").body
    assert shown["callback"] == {
        "phone": "+5511987654321",
        "due_at": "2026-11-23T15:00:00.000Z",
        "agreed": False,
        "why": None,
    }
    answer = ana.post(f"/contacts/{waiting.id}/replies", {"text": "Olá"})
    assert (answer.status, answer.body["channel"]) == (201, "whatsapp")


def test_the_list_goes_on_where_it_stopped(clinic: Cloud) -> None:
    for n in range(103):
        record("boavista", received(message_id=f"m{n}", sender=f"55119000{n:05d}"), later(seconds=n))
    first = ana.get("/contacts").body
    second = ana.get("/contacts", next=first["next"]).body
    assert (len(first["items"]), len(second["items"]), second["next"]) == (100, 3, None)
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}


@pytest.mark.parametrize("cursor", ["%%%", "Zm9v", "a", "é"])
@pytest.mark.usefixtures("clinic")
def test_a_place_that_we_did_not_give_is_refused(cursor: str) -> None:
    refused = ana.get("/contacts", state="closed", next=cursor)
    assert (refused.status, refused.error) == (400, ("invalid", "next"))
