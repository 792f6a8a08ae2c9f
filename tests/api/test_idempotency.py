"""A request repeated with its Idempotency-Key is done once and answered alike."""

import pytest
from botocore.exceptions import ConnectTimeoutError
from recado.model.communication import Communication
from recado.store import contacts
from recado.store.clients import client

from tests.api.client import Answer, Client, person
from tests.api.desk import Desk, opened
from tests.cloud import Cloud

ana = person("agent")


@pytest.fixture
def desk(cloud: Cloud) -> Desk:
    """Boa Vista, with a contact."""
    return opened(cloud)


def reply(desk: Desk, text: str, key: str, who: Client = ana) -> Answer:
    return who.post(f"/contacts/{desk.contact.id}/replies", {"text": text}, headers={"idempotency-KEY": key})


def answers(desk: Desk) -> list[Communication]:
    return [
        one
        for one in contacts.timeline("boavista", desk.contact.patient)[0]
        if one.author.startswith("agent:")
    ]


def test_the_same_key_answers_once_and_alike(desk: Desk) -> None:
    first, second = reply(desk, "Olá", "k1"), reply(desk, "Olá", "k1")
    assert (first.status, second.status, second.body) == (201, 201, first.body)
    assert len(answers(desk)) == 1


def test_another_key_or_none_is_another_answer(desk: Desk) -> None:
    reply(desk, "Olá", "k1")
    reply(desk, "Olá", "k2")
    ana.post(f"/contacts/{desk.contact.id}/replies", {"text": "Olá"})
    assert len(answers(desk)) == 3


def test_a_key_belongs_to_one_agent(desk: Desk) -> None:
    reply(desk, "Olá", "k1")
    reply(desk, "Olá", "k1", person("agent", agent="bruno"))
    assert [one.author for one in answers(desk)] == ["agent:ana", "agent:bruno"]


def test_a_key_that_came_with_other_words_is_refused(desk: Desk) -> None:
    reply(desk, "Olá", "k1")
    refused = reply(desk, "Adeus", "k1")
    assert (refused.status, refused.error) == (409, ("conflict", None))
    assert len(answers(desk)) == 1


def test_when_the_kept_answer_is_gone_the_row_itself_remembers(desk: Desk, cloud: Cloud) -> None:
    first = reply(desk, "Olá", "k1")
    for row in cloud.items("idempotency"):
        client("dynamodb").delete_item(TableName="recado-test-idempotency", Key={"id": row["id"]})
    assert reply(desk, "Olá", "k1").body == first.body
    assert len(answers(desk)) == 1


def test_while_the_first_is_being_worked_on_the_second_is_told_so(desk: Desk, cloud: Cloud) -> None:
    reply(desk, "Olá", "k1")
    (row,) = cloud.items("idempotency")
    put = {**row, "status": {"S": "INPROGRESS"}, "in_progress_expiration": {"N": "99999999999999"}}
    del put["data"]
    client("dynamodb").put_item(TableName="recado-test-idempotency", Item=put)
    refused = reply(desk, "Olá", "k1")
    assert (refused.status, refused.error) == (409, ("in_progress", None))


def test_a_refusal_is_not_kept(desk: Desk, cloud: Cloud) -> None:
    ana.post(f"/contacts/{desk.contact.id}/close", {"disposition": "resolved"})
    assert reply(desk, "Olá", "k1").status == 409
    assert cloud.items("idempotency") == []


def test_when_answers_cannot_be_kept_the_caller_may_ask_again(desk: Desk) -> None:
    def out_of_reach(**_: object) -> None:
        raise ConnectTimeoutError(endpoint_url="")

    events = client("dynamodb").meta.events
    events.register("before-call.dynamodb.PutItem", out_of_reach)
    try:
        refused = reply(desk, "Olá", "k1")
    finally:
        events.unregister("before-call.dynamodb.PutItem", out_of_reach)
    assert (refused.status, refused.error) == (503, ("unavailable", None))


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 201])
def test_a_key_that_cannot_be_one_is_named(desk: Desk, key: str) -> None:
    refused = reply(desk, "Olá", key)
    assert (refused.status, refused.error) == (400, ("invalid", "Idempotency-Key"))
    assert answers(desk) == []


def test_booking_twice_with_one_key_books_once(desk: Desk, cloud: Cloud) -> None:
    body = {
        "patient": desk.contact.patient,
        "start": "2028-12-01T10:00",
        "practitioner": "Dra. Lima",
        "type": "retorno",
        "minutes": 20,
    }
    before = len(cloud.items("appointments"))
    first = ana.post("/appointments", body, headers={"Idempotency-Key": "k1"})
    second = ana.post("/appointments", body, headers={"Idempotency-Key": "k1"})
    assert (first.status, second.status, second.body) == (201, 201, first.body)
    assert len(cloud.items("appointments")) == before + 1


def test_a_key_belongs_to_one_person_where_nobody_is_an_agent(desk: Desk, cloud: Cloud) -> None:
    body = {
        "patient": desk.contact.patient,
        "start": "2028-12-01T10:00",
        "practitioner": "Dra. Lima",
        "type": "retorno",
        "minutes": 20,
    }
    starts = {"supervisor": "2028-12-01T10:00", "admin": "2028-12-01T11:00"}
    made = [
        person(role, agent=None).post(
            "/appointments", {**body, "start": at}, headers={"Idempotency-Key": "k1"}
        )
        for role, at in starts.items()
    ]
    assert [one.status for one in made] == [201, 201]


def test_another_spelling_of_a_contacts_id_is_not_found(desk: Desk) -> None:
    patient, number = desk.contact.id.split(".")
    for alias in (f"{patient}.0{number}", f"{patient}.00000{number}", f"{patient}.\u0661"):
        assert ana.get(f"/contacts/{alias}").status == 404


def test_a_key_means_nothing_to_another_route(desk: Desk) -> None:
    body = {
        "patient": desk.contact.patient,
        "start": "2028-12-01T10:00",
        "practitioner": "Dra. Lima",
        "type": "retorno",
        "minutes": 20,
    }
    assert reply(desk, "Olá", "k1").status == 201
    assert ana.post("/appointments", body, headers={"Idempotency-Key": "k1"}).status == 201
