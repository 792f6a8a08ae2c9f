"""What SES is handed, and what its answers mean."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError
from recado.channels import Media, Outgoing, Wire, email_thread
from recado.channels import email as channel
from recado.channels.email_send import MAX_BYTES, compose
from recado.channels.http import Http
from recado.errors import SendFailed

ACCOUNT = "recepcao@boavista.example"
MARIA = "maria@example.com"
KEY = {"thread_key": "sample-thread-key"}
HELLO = Outgoing(
    "c0ffee", MARIA, "Olá, Maria.\n\nSua consulta é amanhã.", language="pt-BR", subject="Consulta"
)


class Ses:
    """The service, which takes everything, or answers as it is told to."""

    def __init__(self, *answers: dict[str, Any] | Exception) -> None:
        self.asked: list[dict[str, Any]] = []
        self._answers = list(answers)

    def _answer(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        answer = self._answers.pop(0) if self._answers else {"MessageId": "0100-000000"}
        if isinstance(answer, Exception):
            raise answer
        return answer

    send_email = get_email_identity = _answer


def through(ses: Ses) -> Wire:
    return Wire(Http(), lambda service: {"sesv2": ses}[service], lambda *_: None)


def refusal(code: str, status: int = 400) -> ClientError:
    told = {
        "Error": {"Code": code, "Message": f"{MARIA} is wrong"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(cast("Any", told), "SendEmail")


def sent(outgoing: Outgoing = HELLO, credentials: dict[str, Any] = KEY) -> EmailMessage:
    raw = compose(ACCOUNT, credentials, outgoing, "us-east-1")
    return email.message_from_bytes(raw, policy=default)


def body(mail: EmailMessage, kind: str = "plain") -> str:
    found = mail.get_body(preferencelist=(kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


def test_one_mail_goes_from_the_clinic_s_address_with_our_reference_as_its_tag(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAIL_CONFIGURATION_SET", "recado-test")
    ses = Ses()
    assert channel.send(ACCOUNT, KEY, HELLO, through(ses)).provider_id == "0100-000000"
    (asked,) = ses.asked
    assert (asked["FromEmailAddress"], asked["Destination"]) == (ACCOUNT, {"ToAddresses": [MARIA]})
    assert asked["EmailTags"] == [
        {"Name": "reference", "Value": "c0ffee"},
        {"Name": "account", "Value": ACCOUNT},
    ]
    assert asked["ConfigurationSetName"] == "recado-test"
    assert asked["Content"]["Raw"]["Data"].isascii()


def test_the_clinic_s_own_configuration_set_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_CONFIGURATION_SET", "recado-test")
    ses = Ses()
    channel.send(ACCOUNT, {"configuration_set": "own"}, HELLO, through(ses))
    assert ses.asked[0]["ConfigurationSetName"] == "own"


def test_text_and_html_say_the_same_in_the_patient_s_language() -> None:
    mail = sent()
    assert body(mail).strip() == HELLO.text
    page = body(mail, "html")
    assert '<html lang="pt-BR">' in page
    assert "<p>Olá, Maria.</p><p>Sua consulta é amanhã.</p>" in page


def test_html_is_written_out_and_asks_for_nothing_from_elsewhere() -> None:
    page = body(sent(HELLO._replace(text="<script>a & b</script>\nlinha", language='"><x')), "html")
    assert "&lt;script&gt;a &amp; b&lt;/script&gt;<br>linha" in page
    assert "<x" not in page
    assert "http" not in page


def test_options_are_lines_with_their_numbers() -> None:
    mail = sent(HELLO._replace(buttons=[("confirm:1", "Confirmo"), ("cancel:1", "Cancelo")]))
    assert "1 Confirmo\n2 Cancelo" in body(mail)
    assert "1 Confirmo<br>2 Cancelo" in body(mail, "html")


def test_an_answer_goes_to_an_address_that_proves_its_sender() -> None:
    account, tag = email_thread.split(str(sent()["Reply-To"]))
    assert account == ACCOUNT
    assert email_thread.proves(KEY, ACCOUNT, MARIA, tag)
    assert sent(credentials={})["Reply-To"] is None


def test_it_stands_in_its_conversation_whoever_wrote_the_mails_in_it() -> None:
    mail = sent(HELLO._replace(thread=["CAF-1@mail.example.com", "0100-1"]))
    assert mail["References"] == "<CAF-1@mail.example.com> <0100-1@email.amazonses.com>"
    assert mail["In-Reply-To"] == "<0100-1@email.amazonses.com>"
    assert email_thread.reference("0100-1", "eu-west-1") == "<0100-1@eu-west-1.amazonses.com>"


def test_what_a_machine_sends_says_so_and_can_be_stopped_by_a_mail() -> None:
    mail = sent()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == f"<mailto:{mail['Reply-To']}?subject=STOP>"
    person = sent(HELLO._replace(by_person=True))
    assert person["Auto-Submitted"] is None
    assert person["List-Unsubscribe"] is None


@pytest.mark.parametrize("subject", ["a\r\nBcc: eve@evil.example", "a\nBcc: eve@evil.example", "a\0\rb"])
def test_a_subject_begins_no_header(subject: str) -> None:
    mail = sent(HELLO._replace(subject=subject))
    assert mail["Bcc"] is None
    assert str(mail["Subject"]).startswith("a ")


def test_an_id_of_another_s_making_begins_no_header() -> None:
    mail = sent(HELLO._replace(thread=["a@b>\r\nBcc: eve@evil.example"]))
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("pt-BR", "Mensagem da clínica"),
        ("es", "Mensaje de la clínica"),
        ("it", "Messaggio dalla clinica"),
        ("ca", "Missatge de la clínica"),
        ("en", "Message from the clinic"),
        ("", "Message from the clinic"),
    ],
)
def test_without_a_subject_it_says_only_who_writes(language: str, subject: str) -> None:
    assert sent(HELLO._replace(subject="", language=language))["Subject"] == subject


def picture(content: bytes = b"png", mime: str = "image/png", name: str = "a.png") -> Media:
    return Media("", "image", mime, name, "O mapa", lambda: content)


def test_files_are_attached_with_what_they_show() -> None:
    (attached,) = sent(HELLO._replace(media=[picture()])).iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("image/png", "a.png")
    assert attached.get_content() == b"png"
    assert attached["Content-Description"] == "O mapa"


@pytest.mark.parametrize("mime", ["", "x", "image/png\r\nBcc: eve@evil.example", "../x/y", "multipart/mixed"])
def test_a_file_of_no_known_kind_is_bytes(mime: str) -> None:
    mail = sent(HELLO._replace(media=[picture(mime=mime, name="a\r\nb")]))
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "application/octet-stream"
    assert mail["Bcc"] is None


def test_files_that_are_too_large_do_not_leave() -> None:
    ses = Ses()
    with pytest.raises(SendFailed) as caught:
        channel.send(ACCOUNT, KEY, HELLO._replace(media=[picture(b"x" * MAX_BYTES), picture()]), through(ses))
    assert (caught.value.outcome, ses.asked) == ("fix_request", [])


@pytest.mark.parametrize(
    "address",
    [
        "",
        "maria",
        "maria@",
        "@example.com",
        "a@b@c",
        "maria@exa mple.com",
        "maría@example.com",
        "a@b\r\nBcc: x@y",
    ],
)
def test_what_is_no_address_is_not_written_to(address: str) -> None:
    ses = Ses()
    with pytest.raises(SendFailed) as caught:
        channel.send(ACCOUNT, KEY, HELLO._replace(to=address), through(ses))
    assert (caught.value.outcome, ses.asked) == ("bad_address", [])


def test_an_international_domain_is_written_in_ascii() -> None:
    ses = Ses()
    channel.send(ACCOUNT, KEY, HELLO._replace(to="maria@clínica.example"), through(ses))
    assert ses.asked[0]["Destination"] == {"ToAddresses": ["maria@xn--clnica-4va.example"]}


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (refusal("MessageRejected"), "fix_account"),
        (refusal("MailFromDomainNotVerifiedException"), "fix_account"),
        (refusal("AccountSuspendedException"), "fix_account"),
        (refusal("SendingPausedException"), "fix_account"),
        (refusal("NotFoundException", 404), "fix_account"),
        (refusal("AccessDeniedException", 403), "fix_account"),
        (refusal("TooManyRequestsException", 429), "retry"),
        (refusal("LimitExceededException"), "retry"),
        (refusal("ThrottlingException"), "retry"),
        (refusal("BadRequestException"), "fix_request"),
        (refusal("InternalFailure", 500), "unknown"),
        (ConnectTimeoutError(endpoint_url="x"), "retry"),
        (ReadTimeoutError(endpoint_url="x"), "unknown"),
    ],
)
def test_the_code_decides_the_outcome_and_the_text_names_nobody(error: Exception, outcome: str) -> None:
    with pytest.raises(SendFailed) as caught:
        channel.send(ACCOUNT, KEY, HELLO, through(Ses(error)))
    assert caught.value.outcome == outcome
    assert MARIA not in str(caught.value)


def test_accepted_without_an_id_is_unknown() -> None:
    with pytest.raises(SendFailed) as caught:
        channel.send(ACCOUNT, KEY, HELLO, through(Ses({})))
    assert caught.value.outcome == "unknown"


def test_an_address_may_send_when_it_or_its_domain_is_verified() -> None:
    channel.check(ACCOUNT, {}, through(Ses({"VerifiedForSendingStatus": True})))
    ses = Ses(refusal("NotFoundException", 404), {"VerifiedForSendingStatus": True})
    channel.check(ACCOUNT, {}, through(ses))
    assert ses.asked[1] == {"EmailIdentity": "boavista.example"}


@pytest.mark.parametrize("first", [{"VerifiedForSendingStatus": False}, refusal("NotFoundException", 404)])
def test_an_address_that_nobody_has_verified_may_not(first: dict[str, Any] | Exception) -> None:
    with pytest.raises(SendFailed) as caught:
        channel.check(ACCOUNT, {}, through(Ses(first, refusal("NotFoundException", 404))))
    assert caught.value.outcome == "fix_account"
    assert "DNS" in str(caught.value)


def test_a_check_that_is_refused_says_so() -> None:
    with pytest.raises(SendFailed) as caught:
        channel.check(ACCOUNT, {}, through(Ses(refusal("TooManyRequestsException", 429))))
    assert caught.value.outcome == "retry"
