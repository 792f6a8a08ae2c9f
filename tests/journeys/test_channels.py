"""Journey 5: the same clinic on other channels, from the patient's phone to an agent and back."""

from __future__ import annotations

import pytest

from tests.journeys.story import Clinic, Handset, Patient, eventually

pytestmark = pytest.mark.local_stack


@pytest.mark.parametrize(
    ("channel", "settled"),
    [
        ("twilio_sms", "delivered"),
        ("aws_sms", "delivered"),
        # Telegram never says how a message fared.
        ("telegram", "sent"),
        ("messenger", "delivered"),
        ("email", "delivered"),
    ],
)
def test_a_patient_is_answered_where_they_wrote(boavista: Clinic, channel: str, settled: str) -> None:
    phone = Handset(boavista, Patient("Rita"), channel)
    phone.does(text="Bom dia! Têm horário amanhã?", subject="Consulta")
    contact = eventually(phone.contact)
    reply = boavista.post(f"/contacts/{contact['id']}/replies", {"text": "Temos, às 10h."}, status=201)
    eventually(phone.received)
    assert len(phone.received()) == 1
    assert "Temos, às 10h." in phone.received()[0]

    def state() -> str:
        return next(str(one["state"]) for one in phone.timeline() if one["id"] == reply["id"])

    eventually(lambda: state() == settled)


def test_a_picture_by_telegram_is_kept_for_the_desk(boavista: Clinic) -> None:
    phone = Handset(boavista, Patient("Lia"), "telegram")
    phone.does(file="photo")

    def kept() -> bool:
        files = [file for one in phone.timeline() for file in one.get("attachments") or ()]
        return any(file["state"] == "kept" for file in files)

    assert eventually(kept)


def test_an_answer_by_mail_stays_in_its_thread(boavista: Clinic) -> None:
    phone = Handset(boavista, Patient("Inês"), "email")
    phone.does(text="Bom dia", subject="Exame")
    contact = eventually(phone.contact)
    boavista.post(f"/contacts/{contact['id']}/replies", {"text": "Bom dia, Inês."}, status=201)
    eventually(phone.received)
    answered = next(one for one in phone.screen() if one["direction"] == "outbound")
    assert "Exame" in answered["subject"]
    phone.does(text="Obrigada!", reply_to=answered["id"])
    eventually(lambda: phone.timeline()[-1]["text"] == "Obrigada!")
    assert len({one["contact"] for one in phone.timeline() if one.get("contact")}) == 1


def test_to_who_texts_stop_nothing_goes_by_text_any_more(boavista: Clinic) -> None:
    phone = Handset(boavista, Patient("Ivo"), "twilio_sms")
    phone.does(text="Bom dia")
    contact = eventually(phone.contact)
    phone.does(action="stop")
    reply = boavista.post(f"/contacts/{contact['id']}/replies", {"text": "Bom dia, Ivo."}, status=201)

    def state() -> str:
        return next(str(one["state"]) for one in phone.timeline() if one["id"] == reply["id"])

    eventually(lambda: state() in ("failed", "withdrawn"))
    assert phone.received() == []
