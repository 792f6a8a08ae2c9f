"""Mails that SES tells of, and what it tells of ours: forged, shared, broken, automatic ones."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from recado.channels import Received, Request, Unreadable, email, email_thread

from tests.channels.bodies import sample
from tests.channels.specimens import MARIA, Specimen

ACCOUNT = "recepcao@boavista.example"
TOPICS = tuple(f"arn:aws:sns:us-east-1:123456789012:mail-{number}" for number in range(3))


def notification(name: str) -> Request:
    return Request("SNS", TOPICS[0], {}, {}, json.dumps(sample(f"email_{name}")).encode())


SPECIMEN = Specimen(
    account=ACCOUNT,
    secrets=lambda *topics: {"topics": list(topics)},
    sign=lambda request, topic: request._replace(path=topic),
    unknown=notification("subscription"),
    keys=(TOPICS[0], TOPICS[1], TOPICS[2]),
    body_signed=False,
    statuses=[notification(name) for name in ("send", "delivery", "bounce", "reject", "rendering_failure")],
    to=MARIA.email,
)


def read(document: Any) -> list[Received | Unreadable]:
    return email.parse(Request("SNS", TOPICS[0], {}, {}, json.dumps(document).encode()))


def one(document: Any) -> Received:
    (event,) = read(document)
    assert isinstance(event, Received), event
    return event


def mail(name: str = "notification", **changes: Any) -> dict[str, Any]:
    """A notification, with other values in its mail, its receipt or its common headers."""
    document: dict[str, Any] = sample(f"email_{name}")
    for key, value in changes.items():
        place = document["mail"]["commonHeaders"] if key == "from_" else document["receipt"]
        place[key.rstrip("_")] = value
    if "from_" in changes:
        headers = document["mail"]["headers"]
        kept = [told for told in headers if told["name"] != "From"]
        document["mail"]["headers"] = kept + [{"name": "From", "value": told} for told in changes["from_"]]
    return document


def test_a_mail_in_our_bucket_is_told_of_by_its_object_and_read_later() -> None:
    event = one(sample("email_notification"))
    assert (event.kind, event.account, event.sender) == ("message", ACCOUNT, "maria.silva@example.com")
    assert event.identities == [("email", "maria.silva@example.com")]
    assert event.at == "2026-11-23T14:00:00Z"
    assert event.event["content"] == {"object": f"in/{event.event['provider_id']}"}
    assert event.event["subject"] == "Consulta de amanhã"
    assert event.event["name"] == "Maria Silva"
    assert event.event["message_id"] == "CAF-1@mail.example.com"
    assert not event.event["automatic"]


def test_an_answer_names_our_mail_as_ses_calls_it() -> None:
    told = one(sample("email_notification")).event["reply_to"]
    assert told == "010001999a2b3c4d-00000000-1111-2222-3333-444444444444-000000"


def test_the_key_is_ses_s_id_and_not_the_sender_s() -> None:
    first, second = sample("email_notification"), sample("email_notification")
    second["mail"]["messageId"] = "another"
    assert one(first).key != one(second).key
    second = sample("email_notification")
    second["mail"]["commonHeaders"]["messageId"] = "<other@example.com>"
    assert one(first).key == one(second).key


def test_the_clinic_is_whom_the_envelope_names_and_never_the_to_header() -> None:
    document = sample("email_notification")
    document["mail"]["commonHeaders"]["to"] = ["other@delsol.example"]
    document["mail"]["destination"] = ["other@delsol.example"]
    assert one(document).account == ACCOUNT


def test_a_mail_to_two_clinics_is_one_event_for_each_without_the_tag_behind_the_plus() -> None:
    found = read(sample("email_two_recipients"))
    assert [(event.account, event.event["tag"]) for event in found if isinstance(event, Received)] == [
        (ACCOUNT, "abc"),
        ("secretaria@delsol.example", ""),
    ]
    assert len({event.key for event in found if isinstance(event, Received)}) == 2


def test_the_same_address_twice_is_one_event() -> None:
    document = mail(recipients=[ACCOUNT, "RECEPCAO+x@boavista.example", 7, None, "nobody"])
    assert one(document).event["tag"] == "x"


@pytest.mark.parametrize("verdict", ["FAIL", "GRAY", "PROCESSING_FAILED", "", None, "pass"])
def test_from_proves_nothing_where_dmarc_did_not_pass(verdict: object) -> None:
    event = one(mail(dmarcVerdict={"status": verdict}))
    assert event.identities == [("unverified_email", "maria.silva@example.com")]


def test_from_proves_nothing_where_there_is_no_verdict() -> None:
    document = sample("email_notification")
    del document["receipt"]["dmarcVerdict"]
    assert one(document).identities[0][0] == "unverified_email"


@pytest.mark.parametrize(
    "written",
    [
        ["Maria <maria@example.com>", "Eve <eve@evil.example>"],
        ["maria@example.com, eve@evil.example"],
        ['"maria@example.com" <eve@evil.example>'],
        ["maria@example.com <eve@evil.example>"],
        ["<eve@evil.example> maria@example.com"],
        ["maria@example.com(eve@evil.example)"],
        ["eve@evil.example:maria@example.com;"],
        ["maria@example.com@evil.example"],
    ],
)
def test_a_from_that_two_readers_could_read_differently_proves_nobody(written: list[str]) -> None:
    event = one(mail(from_=written))
    assert not [system for system, _ in event.identities if system == "email"]


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("MARIA@Example.com", "", "maria@example.com"),
        ('"Silva, Maria" <maria@example.com>', "Silva, Maria", "maria@example.com"),
        ("=?utf-8?q?Mar=C3=ADa?= <maria@example.com>", "María", "maria@example.com"),
        ("=?utf-8?b?8J+YgA==?= <m@example.com>", "😀", "m@example.com"),
        ("=?no-such-charset?q?x?= <m@example.com>", None, "m@example.com"),
        ("maria@example.com <maria@example.com>", None, "maria@example.com"),
        ("Silva, Maria <maria@example.com>", None, "maria@example.com"),
        ("Dra. Silva; <maria@example.com>", None, "maria@example.com"),
    ],
)
def test_names_and_addresses_are_read_as_people_read_them(
    written: str, name: str | None, address: str
) -> None:
    event = one(mail(from_=[written]))
    assert event.identities == [("email", address)]
    if name is not None:
        assert event.event["name"] == name


@pytest.mark.parametrize(
    "written", ["", "Maria", "(" * 900, "<>", "undisclosed:;", "a" * 400 + "@example.com"]
)
def test_a_mail_without_a_sender_is_kept_and_shown_to_nobody(written: str) -> None:
    document = mail(from_=[written])
    document["mail"]["source"] = ""
    event = one(document)
    assert (event.kind, event.event["type"], event.identities) == ("notice", "no_sender", [])


def test_without_headers_the_envelope_says_who_writes_and_proves_nothing() -> None:
    document = sample("email_notification")
    del document["mail"]["headers"], document["mail"]["commonHeaders"]
    event = one(document)
    assert event.sender == "maria.silva@example.com"
    assert event.identities[0][0] == "unverified_email"


def test_what_holds_a_virus_is_never_opened() -> None:
    event = one(sample("email_virus"))
    assert (event.kind, event.event["type"]) == ("notice", "virus")
    assert "content" not in event.event


def test_what_may_be_spam_is_a_message_that_nothing_answers_by_itself() -> None:
    event = one(mail(spamVerdict={"status": "FAIL"}))
    assert event.kind == "message"
    assert event.event["automatic"]


def test_a_mail_of_our_own_is_no_patient_s() -> None:
    event = one(mail(from_=[f"Clínica <{ACCOUNT.upper()}>"]))
    assert (event.kind, event.event["type"]) == ("notice", "own")


def test_an_auto_reply_is_marked() -> None:
    assert one(sample("email_auto_reply")).event["automatic"]


@pytest.mark.parametrize("encoding", ["UTF8", "BASE64"])
def test_a_mail_that_comes_with_its_notification_is_read_at_once(encoding: str) -> None:
    document = sample("email_content")
    if encoding == "BASE64":
        document["content"] = base64.b64encode(document["content"].encode()).decode()
    document["receipt"]["action"]["encoding"] = encoding
    event = one(document)
    assert event.event["text"] == "Bom dia, posso chegar às dez?"
    assert event.raw == document
    assert "content" not in event.event


def test_a_mail_that_is_not_the_base64_that_it_says_is_kept() -> None:
    document = sample("email_content")
    document["receipt"]["action"]["encoding"], document["content"] = "BASE64", "=á="
    (kept,) = read(document)
    assert isinstance(kept, Unreadable)
    assert kept.account == ACCOUNT


def test_headers_alone_are_a_message_with_its_subject_as_the_function_s_own_action_tells_it() -> None:
    document = sample("email_notification")
    document["receipt"]["action"] = {"type": "Lambda"}
    event = one({"Records": [{"eventSource": "aws:ses", "ses": document}]})
    assert event.event["text"] == "Consulta de amanhã"
    assert event.event["error"] == {"code": "no_content"}


@pytest.mark.parametrize(
    ("name", "status", "code", "outcome"),
    [
        ("send", "sent", None, None),
        ("delay", "sent", None, None),
        ("delivery", "delivered", None, None),
        ("bounce", "failed", "Permanent/General", "bad_address"),
        ("bounce_transient", "failed", "Transient/MailboxFull", "retry"),
        ("bounce_old_form", "failed", "Permanent/OnAccountSuppressionList", "bad_address"),
        ("reject", "failed", "Reject", "fix_request"),
        ("rendering_failure", "failed", "RenderingFailure", "fix_request"),
    ],
)
def test_what_became_of_a_mail(name: str, status: str, code: str | None, outcome: str | None) -> None:
    event = one(sample(f"email_{name}"))
    assert (event.kind, event.account, event.sender) == ("receipt", ACCOUNT, "maria.silva@example.com")
    assert event.event["status"] == status
    assert event.event["provider_id"].endswith("-444444444444-000000")
    error = event.event["error"]
    assert ((error["code"], error["outcome"]) if error else (None, None)) == (code, outcome)


def test_our_reference_comes_back_as_a_tag() -> None:
    assert one(sample("email_delivery")).event["reference"] == "c0ffee0123456789abcdef0123"
    assert one(sample("email_bounce_old_form")).event["reference"] is None


def test_times_of_other_zones_are_utc() -> None:
    assert one(sample("email_bounce_old_form")).at == "2026-11-23T13:00:03Z"
    assert one(sample("email_delivery")).at == "2026-11-23T13:00:02.345Z"


def test_a_complaint_is_an_opt_out_from_all_that_nobody_asked_for_and_proves_that_the_mail_came() -> None:
    consent, receipt = read(sample("email_complaint"))
    assert isinstance(consent, Received)
    assert isinstance(receipt, Received)
    assert consent.event == {
        "action": "stop",
        "purposes": ["care", "marketing"],
        "evidence": "SES complaint: abuse",
    }
    assert consent.identities == [("email", "maria.silva@example.com")]
    assert receipt.event["status"] == "delivered"
    assert consent.key != receipt.key


def test_who_says_that_a_mail_is_no_spam_stops_nothing() -> None:
    document = sample("email_complaint")
    document["complaint"]["complaintFeedbackType"] = "not-spam"
    assert one(document).kind == "receipt"


def test_each_bounced_recipient_is_an_event_of_its_own() -> None:
    document = sample("email_bounce")
    document["bounce"]["bouncedRecipients"] += [{"emailAddress": "b@example.com"}, {"emailAddress": 7}]
    assert [event.sender for event in read(document) if isinstance(event, Received)] == [
        "maria.silva@example.com",
        "b@example.com",
    ]


def test_an_event_that_names_no_account_is_nobody_s() -> None:
    document = sample("email_delivery")
    del document["mail"]["tags"], document["mail"]["source"]
    assert one(document).account == "-"


@pytest.mark.parametrize("document", [{}, [], {"mail": {}}, {"eventType": "Delivery"}, {"receipt": {"a": 1}}])
def test_what_is_no_notification_is_kept(document: Any) -> None:
    (kept,) = read(document)
    assert isinstance(kept, Unreadable)


def test_a_signed_address_proves_its_person_and_nobody_else() -> None:
    key = {"thread_key": "k" * 43}
    address = email_thread.reply_address(key, ACCOUNT, "maria@example.com")
    account, tag = email_thread.split(address)
    assert account == ACCOUNT
    assert email_thread.is_token(tag)
    assert email_thread.proves(key, ACCOUNT, "MARIA@example.com", tag)
    assert not email_thread.proves(key, ACCOUNT, "eve@example.com", tag)
    assert not email_thread.proves(key, "other@boavista.example", "maria@example.com", tag)
    assert not email_thread.proves({"thread_key": "another"}, ACCOUNT, "maria@example.com", tag)
    assert not email_thread.proves(key, ACCOUNT, "maria@example.com", tag[:-1])


@pytest.mark.parametrize("credentials", [{}, {"thread_key": ""}, {"thread_key": " "}, {"thread_key": 7}])
def test_without_a_key_nothing_is_signed_and_nothing_proven(credentials: dict[str, Any]) -> None:
    assert email_thread.reply_address(credentials, ACCOUNT, "maria@example.com") == ""
    assert not email_thread.proves(credentials, ACCOUNT, "maria@example.com", "a" * 26)


def test_while_the_key_changes_the_one_before_is_good() -> None:
    _, tag = email_thread.split(email_thread.reply_address({"thread_key": "old"}, ACCOUNT, "m@example.com"))
    rotating = {"thread_key": "new", "previous": {"thread_key": "old"}}
    assert email_thread.proves(rotating, ACCOUNT, "m@example.com", tag)


def test_a_local_part_that_would_grow_too_long_gets_no_tag() -> None:
    assert email_thread.reply_address({"thread_key": "k"}, f"{'a' * 40}@example.com", "m@example.com") == ""


@pytest.mark.parametrize(
    ("header", "ids"),
    [
        ("<a@x> <b@x>", ["a@x", "b@x"]),
        ("<a@x>, <b@x>,<a@x>", ["a@x", "b@x"]),
        ("a@x", []),
        ("<a@x", []),
        ("<a@x>\r\n\t<b@x>", ["a@x", "b@x"]),
        ("<" * 9000, []),
    ],
)
def test_ids_are_found_however_they_are_written(header: str, ids: list[str]) -> None:
    assert email_thread.message_ids(header) == ids


def test_only_what_ses_sent_is_ours_and_the_nearest_counts() -> None:
    ids = ["1-000000@email.amazonses.com", "2-000000@eu-west-1.amazonses.com", "x@mail.example.com"]
    assert email_thread.ours(ids) == "2-000000"
    assert email_thread.ours(["x@amazonses.com.evil.example", "y@evil-amazonses.com"]) is None
