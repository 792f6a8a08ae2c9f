"""A story told from outside: a patient at a provider's end, a clinic at the API's. Knows only run.json."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import httpx

T = TypeVar("T")
_numbers = itertools.count(int(time.time()) % 10_000_000 * 10)


def eventually(look: Callable[[], T | None], within: float = 60) -> T:
    """The first thing other than nothing that `look` sees: the system runs beside us."""
    end = time.monotonic() + within
    while True:
        seen = look()
        if seen:
            return seen
        assert time.monotonic() < end, f"not seen within {within} s"
        time.sleep(0.05)


class Clinic:
    """One demo clinic, as its staff's scripts reach it."""

    def __init__(self, run: dict[str, Any], name: str) -> None:
        self.run = run
        self.about = next(one for one in run["clinics"] if one["id"] == name)
        self.account = next(one for one in self.about["accounts"] if one["channel"] == "whatsapp")
        self._http = httpx.Client(timeout=30)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def call(self, method: str, path: str, role: str | None = "agent", **request: Any) -> httpx.Response:
        """One request to the API, as somebody of this clinic, or as nobody."""
        headers = dict(request.pop("headers", {}))
        if role:
            headers["authorization"] = f"Bearer {self.about['tokens'][role]}"
        return self._http.request(method, f"{self.run['api']}{path}", headers=headers, **request)

    def get(self, path: str, role: str = "agent", **params: Any) -> Any:
        """What a GET answers, which must be 200."""
        answer = self.call("GET", path, role, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: dict[str, Any], role: str = "agent", status: int | None = None) -> Any:
        """What a POST answers, which must have this status (else any 2xx)."""
        answer = self.call("POST", path, role, json=body)
        assert answer.status_code == status if status else answer.is_success, answer.text
        return answer.json()

    def change(self, value: dict[str, Any]) -> dict[str, Any]:
        """One change of a webhook, about this clinic's number."""
        metadata = {"display_phone_number": "0", "phone_number_id": self.account["account"]}
        return {
            "field": "messages",
            "value": {"messaging_product": "whatsapp", "metadata": metadata, **value},
        }

    def webhook(self, *changes: dict[str, Any], secret: str | None = None) -> httpx.Response:
        """Post changes to WhatsApp's webhook, signed as Meta signs."""
        body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}
        return self.post_signed(json.dumps(body).replace("/", "\\/").encode(), secret)

    def post_signed(self, raw: bytes, secret: str | None = None) -> httpx.Response:
        """Post these bytes to WhatsApp's webhook, signed."""
        key = (secret or self.account["secret"]).encode()
        signature = "sha256=" + hmac.new(key, raw, hashlib.sha256).hexdigest()
        headers = {"content-type": "application/json", "x-hub-signature-256": signature}
        return self._http.post(self.account["webhook"], content=raw, headers=headers)

    def receipt(self, message_id: str, status: str, patient: Patient) -> None:
        """Tell that one of our messages was delivered, read, …."""
        told = {
            "id": message_id,
            "status": status,
            "timestamp": str(int(time.time())),
            "recipient_id": patient.number,
        }
        assert self.webhook(self.change({"statuses": [told]})).status_code == 200

    def contact_of(self, patient: Patient, **params: Any) -> dict[str, Any] | None:
        """The listed contact of a patient, if there is one."""
        listed = self.get("/contacts", **params)["items"]
        return next((one for one in listed if one["patient_name"] == patient.name), None)

    def timeline(self, patient: Patient) -> list[dict[str, Any]]:
        """The patient's timeline; empty while the clinic does not know them."""
        found = self.get("/patients", phone=f"+{patient.number}")["items"]
        return self.get(f"/patients/{found[0]['id']}/timeline")["items"] if found else []

    def reminders_to(self, patient: Patient) -> list[dict[str, Any]]:
        """Every reminder on the timeline, by whichever line and whatever became of it."""
        return [one for one in self.timeline(patient) if one["purpose"] == "reminder"]

    def outbox(self, patient: Patient) -> list[dict[str, Any]]:
        """What the fake provider has received for a patient, newest last."""
        items = self._http.get(self.run["outbox"]).json()["items"]
        return [one for one in items if one["to"].lstrip("+") == patient.number]


class Patient:
    """Somebody with a number that nobody else has in this run."""

    def __init__(self, name: str = "Maria", prefix: str = "55119") -> None:
        self.number = f"{prefix}{next(_numbers):08d}"
        self.name = f"{name} {self.number[-6:]}"

    def message(self, text: str, message_id: str | None = None) -> dict[str, Any]:
        """A text of theirs as WhatsApp tells of it."""
        return {
            "from": self.number,
            "id": message_id or f"wamid.{self.number}.{time.time_ns()}",
            "timestamp": str(int(time.time())),
            "type": "text",
            "text": {"body": text},
        }

    def says(self, *messages: dict[str, Any]) -> dict[str, Any]:
        """What a change holds when they wrote these messages."""
        contact = {"profile": {"name": self.name}, "wa_id": self.number}
        return {"contacts": [contact], "messages": list(messages)}

    def writes(self, clinic: Clinic, *texts: str, **message: Any) -> None:
        """They write to a clinic."""
        said = self.says(*({**self.message(text), **message} for text in texts))
        assert clinic.webhook(clinic.change(said)).status_code == 200


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

    def says(self, text: str) -> str:
        """They write, and read what they are told: its words, and its buttons."""
        return self._answer(lambda: self.does(text=text))

    def presses(self, number: int) -> str:
        """The same with a button of the last message that has any."""
        shown = next(one["buttons"] for one in reversed(self.screen()) if one["buttons"])
        return self._answer(lambda: self.does(button=shown[number - 1]))

    def _answer(self, act: Callable[[], None]) -> str:
        before = len(self.received())
        act()
        eventually(lambda: len(self.received()) > before)
        last = next(one for one in reversed(self.screen()) if one["direction"] == "outbound")
        return " | ".join([last["text"], *(one["title"] for one in last["buttons"] or ())])
