"""Journey 1: a message, from the patient's phone to an agent and back."""

import time
from typing import Any

import httpx
import pytest

from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack


def test_a_message_reaches_an_agent_and_the_answer_reaches_the_patient(boavista: Clinic) -> None:
    maria = Patient()
    maria.writes(boavista, "Bom dia! Têm horário amanhã?")
    contact = eventually(lambda: boavista.contact_of(maria, state="assigned"))
    assert contact["agent"] in ("ana", "bruno")

    reply = boavista.post(f"/contacts/{contact['id']}/replies", {"text": "Temos, às 10h."}, status=201)
    sent = eventually(lambda: boavista.outbox(maria))
    assert [one["text"] for one in sent] == ["Temos, às 10h."]

    def state() -> str:
        return next(str(one["state"]) for one in boavista.timeline(maria) if one["id"] == reply["id"])

    eventually(lambda: state() == "delivered")
    boavista.receipt(sent[0]["id"], "read", maria)
    eventually(lambda: state() == "read")
    boavista.receipt(sent[0]["id"], "delivered", maria)
    boavista.receipt(sent[0]["id"], "sent", maria)
    maria.writes(boavista, "Obrigada!")
    eventually(lambda: boavista.timeline(maria)[-1]["text"] == "Obrigada!")
    assert state() == "read", "receipts never move a state back"

    closed = boavista.post(f"/contacts/{contact['id']}/close", {"disposition": "resolved"})
    assert (closed["state"], closed["disposition"]) == ("closed", "resolved")


def test_a_redelivered_webhook_changes_nothing(boavista: Clinic) -> None:
    maria = Patient()
    message = maria.message("Olá")
    for _ in range(3):
        assert boavista.webhook(boavista.change(maria.says(message))).status_code == 200
    eventually(lambda: boavista.contact_of(maria))
    maria.writes(boavista, "e agora")
    eventually(lambda: boavista.timeline(maria)[-1]["text"] == "e agora")
    assert [one["text"] for one in boavista.timeline(maria)] == ["Olá", "e agora"]


def test_an_unknown_kind_is_kept_and_shown_as_such(boavista: Clinic) -> None:
    maria = Patient()
    maria.writes(boavista, "", type="hologram", hologram={"id": "1"})
    shown = eventually(lambda: boavista.timeline(maria))
    assert (shown[0]["kind"], shown[0]["direction"]) == ("unsupported", "inbound")


def test_a_batch_of_two_clinics_in_one_post_reaches_both_and_neither_sees_the_other(
    boavista: Clinic, delsol: Clinic
) -> None:
    maria, lola = Patient("Maria"), Patient("Lola", "346")
    changes = [
        clinic.change(one.says(one.message("Hola"))) for clinic, one in ((boavista, maria), (delsol, lola))
    ]
    assert boavista.webhook(*changes).status_code == 200
    eventually(lambda: boavista.contact_of(maria))
    theirs = eventually(lambda: delsol.contact_of(lola))
    assert boavista.contact_of(lola) is None
    assert delsol.contact_of(maria) is None

    foreign = boavista.call("GET", f"/contacts/{theirs['id']}")
    missing = boavista.call("GET", "/contacts/p" + "a" * 20 + ".1")
    assert (foreign.status_code, foreign.content) == (404, missing.content)


@pytest.mark.parametrize(
    "raw",
    [b"{", b"[]", b'{"a": NaN}', b"[" * 50_000, b'{"object": "page"}', b"9" * 5000],
    ids=["cut", "list", "nan", "deep", "another object", "big int"],
)
def test_what_is_signed_but_unreadable_is_answered_200_and_shown_to_the_operator(
    raw: bytes, boavista: Clinic
) -> None:
    marked = raw + str(time.time_ns()).encode()
    assert boavista.post_signed(marked).status_code == 200
    headers = {"authorization": f"Bearer {boavista.run['operator']['token']}"}

    def kept() -> list[dict[str, Any]]:
        items = httpx.get(f"{boavista.run['api']}/unreadable", headers=headers, timeout=30).json()["items"]
        return [one for one in items if one["size"] == len(marked)]

    assert eventually(kept)


def test_a_notice_about_the_account_is_kept_where_the_administrator_sees_it(boavista: Clinic) -> None:
    told = {"event": "FLAGGED", "current_limit": f"TIER_{time.time_ns()}"}
    change = {**boavista.change(told), "field": "phone_number_quality_update"}
    before = len(boavista.get("/unreadable", "admin")["items"])
    assert boavista.webhook(change).status_code == 200
    eventually(lambda: len(boavista.get("/unreadable", "admin")["items"]) == before + 1)


def test_forged_webhooks_are_refused(boavista: Clinic) -> None:
    maria = Patient()
    change = boavista.change(maria.says(maria.message("forjado")))
    assert boavista.webhook(change, secret="another").status_code in (401, 403)
    unsigned = httpx.post(boavista.account["webhook"], json=change, timeout=30)
    assert unsigned.status_code in (401, 403)
    maria.writes(boavista, "verdadeiro")
    eventually(lambda: boavista.timeline(maria))
    assert [one["text"] for one in boavista.timeline(maria)] == ["verdadeiro"]


def test_the_handshake_answers_the_challenge(boavista: Clinic) -> None:
    token = boavista.account["verify_token"]
    query = {"hub.mode": "subscribe", "hub.challenge": "12345", "hub.verify_token": token}
    answer = httpx.get(boavista.account["webhook"], params=query, timeout=30)
    assert (answer.status_code, answer.text) == (200, "12345")
    refused = httpx.get(
        boavista.account["webhook"], params={**query, "hub.verify_token": "guess"}, timeout=30
    )
    assert refused.status_code == 403
