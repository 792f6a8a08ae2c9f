"""What an agent may answer with now, and answering with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from recado.actions.keep_file import keep_file
from recado.actions.reply import reply
from recado.actions.take import take
from recado.errors import Invalid
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.model.template import Template
from recado.rules.contacts import closed, opened
from recado.store import contacts, patients, templates, tenants

from tests.actions.test_fetch_media import OGG, PNG
from tests.api.client import person
from tests.samples import NOW, PHONE, WHATSAPP

pytestmark = pytest.mark.usefixtures("clinic")
HERE = WHATSAPP["boavista"]
FILES = {"image": PNG, "audio": OGG, "document": b"%PDF-1.7\n"}


def contact(ago: timedelta = timedelta(0), channel: str = "whatsapp", account: str = HERE) -> Contact:
    """Somebody who last wrote so long ago."""
    at = datetime.now(UTC) - ago
    one = opened(
        "p1", 1, now=at, channel=channel, account=account, address=PHONE, language="pt-BR"
    ).model_copy(update={"heard_at": {f"{channel}/{account}/{PHONE}": at}})
    contacts.save_contact("boavista", one)
    return contacts.get_contact("boavista", one.id)


def options(one: Contact) -> dict[str, Any]:
    answer = person("agent").call("GET", f"/contacts/{one.id}/options")
    assert answer.status == 200
    return dict(answer.body)


def test_inside_the_window_free_text_may_go_until_it_shuts() -> None:
    told = options(contact(timedelta(hours=1)))
    until = datetime.fromisoformat(told["free_text_until"])
    assert (told["free_text"], told["why_not"], told["max_text"]) == (True, None, 4096)
    assert timedelta(hours=22, minutes=59) < until - datetime.now(UTC) <= timedelta(hours=23)


def test_outside_the_window_a_template_may_go_and_is_shown_as_it_will_be_read() -> None:
    told = options(contact(timedelta(hours=25)))
    assert (told["free_text"], told["why_not"]) == (False, "window")
    follow_up = told["templates"][0]
    assert follow_up["name"] == "follow_up"
    assert follow_up["variables"] == {"clinic": "Clínica Boa Vista"}
    assert "Clínica Boa Vista" in follow_up["text"]
    assert (follow_up["usable"], follow_up["state"], follow_up["language"]) == (True, None, "pt-BR")


def test_a_template_that_the_provider_has_rejected_is_shown_and_not_to_be_used() -> None:
    rejected = Template(name="follow_up", language="pt-BR", state="rejected")
    templates.put("boavista", "whatsapp", HERE, rejected)
    follow_up = options(contact(timedelta(hours=25)))["templates"][0]
    assert (follow_up["usable"], follow_up["state"]) == (False, "rejected")


def test_a_channel_without_a_window_takes_text_at_any_time_and_has_no_templates() -> None:
    told = options(contact(timedelta(days=30), "twilio_sms", "551130000001"))
    assert (told["free_text"], told["free_text_until"], told["templates"]) == (True, None, [])


def test_a_person_has_the_longer_window_where_the_provider_gives_one() -> None:
    told = options(contact(timedelta(hours=25), "messenger", "1"))
    until = datetime.fromisoformat(told["free_text_until"])
    assert told["free_text"]
    assert until - datetime.now(UTC) > timedelta(days=5)


@pytest.mark.parametrize(
    ("channel", "kinds"),
    [
        ("whatsapp", ["audio", "document", "image", "video"]),
        ("instagram", ["audio", "image", "video"]),
        ("twilio_sms", []),
    ],
)
def test_what_files_may_go_is_told(channel: str, kinds: list[str]) -> None:
    account = HERE if channel == "whatsapp" else "1"
    assert options(contact(timedelta(hours=1), channel, account))["media"] == kinds


@pytest.mark.parametrize(
    ("channel", "kind", "words", "goes"),
    [
        ("messenger", "image", "Olá", False),
        ("messenger", "image", "", True),
        ("instagram", "image", "Olá", False),
        ("whatsapp", "image", "Olá", True),
        ("whatsapp", "audio", "Olá", False),
        ("aws_social", "audio", "Olá", False),
        ("email", "document", "Olá", True),
    ],
)
def test_words_that_cannot_go_with_a_file_are_refused_at_once(
    channel: str, kind: str, words: str, goes: bool
) -> None:
    one = take("boavista", "ana", contact(timedelta(hours=1), channel, "1").id, NOW)
    file = keep_file("boavista", one.id, "file", "A file", FILES[kind])
    if goes:
        assert reply("boavista", "ana", one.id, words, NOW, files=[file.id]).attachments
        return
    with pytest.raises(Invalid) as refused:
        reply("boavista", "ana", one.id, words, NOW, files=[file.id])
    assert refused.value.field == "media"


@pytest.mark.parametrize("why", ["closed", "spoken", "paused"])
def test_what_carries_no_text_says_why(why: str) -> None:
    one = contact(channel="voice" if why == "spoken" else "whatsapp")
    patients.put("boavista", Patient(id="p1", created_at=NOW))  # who withheld their number
    if why == "closed":
        contacts.save_contact("boavista", closed(one, "resolved", NOW))
    if why == "paused":
        whatsapp = tenants.account("boavista", "whatsapp", HERE)
        tenants.save_account("boavista", whatsapp.model_copy(update={"state": "paused"}))
    told = options(one)
    assert (told["free_text"], told["why_not"], told["templates"]) == (False, why, [])


def test_an_answer_by_template_is_sent_as_one_and_shown_as_its_text() -> None:
    one = take("boavista", "ana", contact(timedelta(hours=25)).id, NOW)
    answer = person("agent").post(f"/contacts/{one.id}/replies", {"template": "follow_up"})
    assert (answer.status, answer.body["kind"]) == (201, "template")
    assert "Clínica Boa Vista" in answer.body["text"]
    stored = contacts.find_communication("boavista", answer.body["id"])
    assert stored
    assert stored.template
    assert (stored.template.name, stored.author, stored.purpose) == ("follow_up", "agent:ana", "conversation")
    assert contacts.get_contact("boavista", one.id).last_text == stored.text[:120]


@pytest.mark.parametrize("body", [{}, {"text": "Olá", "template": "follow_up"}, {"template": ""}])
def test_an_answer_is_a_text_or_a_template(body: dict[str, str]) -> None:
    answer = person("agent").post(f"/contacts/{contact().id}/replies", body)
    assert (answer.status, answer.body["error"]["code"]) == (400, "invalid")


@pytest.mark.parametrize("name", ["reminder_24h", "booked", "voice_known", "nothing"])
def test_only_what_is_offered_may_be_sent(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        reply("boavista", "ana", contact().id, "", NOW, template=name)
    assert refused.value.field == "template"
