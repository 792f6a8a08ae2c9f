from __future__ import annotations

import json

from recado.channels import Received, Request, Unreadable, instagram

from tests.channels.bodies import EVENTS
from tests.channels.messaging import AT, file, item, sign, together
from tests.channels.specimens import MARIA, Specimen

ACCOUNT = "17841400000000001"
PERSON = "8000000000000001"


def posted(*items: object) -> Request:
    entry = {"id": ACCOUNT, "time": AT, "messaging": list(items)}
    raw = json.dumps({"object": "instagram", "entry": [entry]}).encode()
    return Request("POST", "/webhooks/instagram", {}, {}, raw)


SPECIMEN = Specimen(
    account=ACCOUNT,
    secrets=lambda *keys: {"app_secrets": list(keys), "verify_token": "token"},
    sign=sign,
    unknown=posted(item(telepathy={"thought": "Olá"})),
    batch=together,
    statuses=[posted(item(read={"mid": "m_9"}))],
    credentials={"access_token": "token-of-the-page"},
    to=PERSON,
    person=MARIA._replace(handle=PERSON),
)


def sample(name: str) -> list[Received]:
    raw = (EVENTS / f"instagram_{name}.json").read_bytes()
    found = instagram.parse(Request("POST", "/webhooks/instagram", {}, {}, raw))
    assert all(isinstance(event, Received) for event in found), found
    return [event for event in found if isinstance(event, Received)]


def test_a_text_is_of_a_person_on_instagram() -> None:
    (event,) = sample("text")
    assert (event.channel, event.account, event.kind) == ("instagram", ACCOUNT, "message")
    assert (event.sender, event.identities) == (PERSON, [("instagram", PERSON)])
    assert event.event["text"] == "Ciao! Siete aperti sabato?"


def test_an_answer_to_a_story_says_to_which_and_quotes_no_message() -> None:
    (event,) = sample("story_reply")
    assert event.event["reply_to"] is None
    url = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1"
    assert event.event["origin"] == {"type": "story", "id": "18000000000000001", "url": url}


def test_what_only_instagram_has_is_read() -> None:
    share, heart, gone, odd = (event.event for event in sample("share"))
    shared = file("share", "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=2")
    assert (share["type"], share["attachments"]) == ("share", [shared])
    assert (heart["type"], heart["text"]) == ("sticker", "❤️")
    assert (gone["type"], gone["reply_to"]) == ("revoke", "aWdf_sample.gone")
    assert odd["type"] == "unsupported"


def test_that_one_message_was_seen_is_told_by_its_id() -> None:
    (event,) = sample("seen")
    assert (event.kind, event.event["provider_id"], event.event["status"]) == (
        "receipt",
        "aWdf_sample.out",
        "read",
    )
    assert "until" not in event.event


def test_echoes_come_among_the_messages() -> None:
    (event,) = sample("echo")
    assert (event.kind, event.sender, event.event["reference"]) == ("echo", PERSON, None)


def test_a_page_s_document_is_none_of_instagram_s() -> None:
    (event,) = instagram.parse(Request("POST", "/", {}, {}, b'{"object":"page","entry":[]}'))
    assert isinstance(event, Unreadable)
