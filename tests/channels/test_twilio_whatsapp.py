from __future__ import annotations

import pytest
from recado.channels import Received, Request, twilio_whatsapp
from recado.channels.twilio_sample import posted

from tests.channels.specimens import Specimen
from tests.channels.test_twilio_sms import ACCOUNT, PATIENT, SID, sign


def message(**fields: str) -> Request:
    given = {"MessageSid": SID, "From": f"whatsapp:{PATIENT}", "To": f"whatsapp:+{ACCOUNT}", "NumMedia": "0"}
    return posted("twilio_whatsapp", ACCOUNT, {**given, **fields})


def read(request: Request) -> Received:
    (event,) = twilio_whatsapp.parse(request)
    assert isinstance(event, Received), event
    return event


def status(state: str, **fields: str) -> Request:
    ends = {"From": f"whatsapp:+{ACCOUNT}", "To": f"whatsapp:{PATIENT}"}
    return message(MessageStatus=state, **ends, **fields)


SPECIMEN = Specimen(
    account=ACCOUNT,
    secrets=lambda *keys: {"auth_tokens": list(keys)},
    sign=sign,
    unknown=message(Body="", MessageType="telepathy"),
    statuses=[
        *(status(state) for state in ("sent", "delivered", "read")),
        status("failed", ErrorCode="63016"),
    ],
    credentials={"account_sid": "AC-of-the-clinic", "auth_token": "token-of-the-clinic"},
)


@pytest.mark.parametrize(
    ("fields", "sender", "identities"),
    [
        ({}, PATIENT, [("phone", PATIENT)]),
        ({"From": PATIENT, "WaId": PATIENT[1:]}, PATIENT, [("phone", PATIENT)]),
        ({"From": f"whatsapp: {PATIENT[1:]}"}, PATIENT, [("phone", PATIENT)]),
        ({"ExternalUserId": "BR.1"}, PATIENT, [("phone", PATIENT), ("bsuid", "BR.1")]),
        ({"From": "whatsapp:BR.1"}, "BR.1", [("bsuid", "BR.1")]),
        ({"From": "whatsapp:BR.1", "ExternalUserId": "BR.1"}, "BR.1", [("bsuid", "BR.1")]),
        ({"From": "whatsapp:", "WaId": PATIENT[1:]}, PATIENT, [("phone", PATIENT)]),
    ],
)
def test_a_person_is_a_number_or_hides_it(
    fields: dict[str, str], sender: str, identities: list[tuple[str, str]]
) -> None:
    event = read(message(**fields))
    assert (event.sender, event.identities, event.account) == (sender, identities, ACCOUNT)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"Body": "Sim", "ButtonText": "Sim", "ButtonPayload": "confirm:1"}, ("button", "Sim", "confirm:1")),
        ({"ListId": "row-1", "ListTitle": "Às 9"}, ("list", "Às 9", "row-1")),
        ({"Body": "Olá", "ProfileName": "Maria"}, ("text", "Olá", None)),
        ({"MessageType": "text", "Body": ""}, ("text", "", None)),
        (
            {"MessageType": "sticker", "NumMedia": "1", "MediaUrl0": "https://a.example/ME1"},
            ("sticker", "", None),
        ),
    ],
)
def test_what_was_pressed_or_said(fields: dict[str, str], expected: tuple[str, str, str | None]) -> None:
    event = read(message(**fields)).event
    assert (event["type"], event["text"], event["payload"]) == expected


def test_a_place_has_its_numbers_and_its_name() -> None:
    place = {"Latitude": "-23.5", "Longitude": "-46.6", "Label": "Clínica", "Address": "Rua 1"}
    event = read(message(**place)).event
    assert event["type"] == "location"
    assert event["attachments"] == [
        {"kind": "location", "name": "Clínica, Rua 1", "latitude": "-23.5", "longitude": "-46.6"}
    ]


def test_a_visiting_card_is_a_contact() -> None:
    card = {"NumMedia": "1", "MediaUrl0": "https://a.example/ME1", "MediaContentType0": "text/vcard"}
    event = read(message(**card)).event
    assert (event["type"], event["attachments"][0]["kind"]) == ("contacts", "contacts")


def test_an_answer_names_what_it_answers_and_an_advert_where_it_was_seen() -> None:
    advert = {"ReferralSourceType": "ad", "ReferralSourceId": "9", "ReferralSourceUrl": "https://fb.me/9"}
    event = read(message(OriginalRepliedMessageSid="SM9", Forwarded="true", **advert)).event
    assert event["reply_to"] == "SM9"
    assert event["forwarded"] is True
    assert event["origin"] == {"type": "ad", "id": "9", "url": "https://fb.me/9"}


def test_outside_the_window_a_template_is_wanted() -> None:
    error = read(status("failed", ErrorCode="63016")).event["error"]
    assert error["outcome"] == "template_only"
