"""Journey 5: the same clinic on other channels, from the patient's phone to an agent and back."""

from __future__ import annotations

from typing import Any, NamedTuple

import httpx
import pytest

from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack


class Handset(NamedTuple):
    """A patient's phone with one app open at one clinic."""

    clinic: Clinic
    patient: Patient
    channel: str

    @property
    def who(self) -> dict[str, str]:
        mail = f"p{self.patient.number}@example.com"
        known = {"name": self.patient.name, "from": self.patient.number, "email": mail}
        return {"clinic": self.clinic.about["id"], "channel": self.channel, **known}

    def does(self, **what: Any) -> None:
        """They write, press a button, send a file, stop."""
        url = f"{self.clinic.run['url']}/phone/{self.channel}"
        answer = httpx.post(url, json={**self.who, **what}, timeout=30)
        assert answer.status_code == 201, answer.text

    def screen(self) -> list[dict[str, Any]]:
        """What the app shows."""
        url = f"{self.clinic.run['url']}/phone/{self.channel}"
        items: list[dict[str, Any]] = httpx.get(url, params=self.who, timeout=30).json()["items"]
        return items

    def received(self) -> list[str]:
        """The clinic's words in it."""
        return [one["text"] for one in self.screen() if one["direction"] == "outbound"]

    def contact(self) -> dict[str, Any] | None:
        """Their contact at the desk: a text names nobody, so by the end of the number it may be."""
        listed = self.clinic.get("/contacts")["items"]
        mine = [one for one in listed if one["channel"] == self.channel]
        last = self.patient.number[-4:]
        return next(
            (one for one in mine if one["patient_name"] == self.patient.name or last in one["address_hint"]),
            None,
        )

    def timeline(self) -> list[dict[str, Any]]:
        """What the clinic has of them."""
        contact = self.contact()
        path = f"/patients/{contact['patient']}/timeline" if contact else ""
        items: list[dict[str, Any]] = self.clinic.get(path)["items"] if contact else []
        return items


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
