"""One mail, read within bounds: bombs, broken headers, character sets, machines, quotes in five languages."""

from __future__ import annotations

import base64
import contextlib
import sys
import time
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import email_headers, email_html, email_quotes
from recado.channels.email_content import MAX_BYTES, MAX_DEPTH, MAX_PARTS, MAX_TEXT, Mail, filled, part, read
from recado.errors import UnreadableInput

CALLS = 3_500_000
"""Of functions, Python's and C's, to read a bomb. An ordinary one takes thousands."""
SECONDS = 5
"""Of CPU, some fifty times what the slowest takes: a pattern that takes the square of 66 KB is far beyond."""


def plain(body: bytes = b"Oi", head: bytes = b"Subject: s") -> bytes:
    return head + b"\r\n\r\n" + body


def nested(depth: int, inner: bytes = b"\nOi") -> bytes:
    """Parts within parts, each with a boundary of its own."""
    opened = (
        f'Content-Type: multipart/mixed; boundary="b{one}"\n\n--b{one}\n'.encode() for one in range(depth)
    )
    return b"".join(opened) + inner


def flat(parts: int) -> bytes:
    return b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * parts


BOMBS = {
    "nested multiparts": nested(1300),
    "nested mails": b"Content-Type: message/rfc822\n\n" * 2300,
    "one boundary for all": b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 1400,
    "many parts": flat(8000),
    "many headers": b"a: b\n" * 13_000 + b"\nOi",
    "one long header": plain(head=b"Subject: " + b"=?utf-8?q?=41?= " * 4000),
    "a folded header": plain(head=b"Subject: a" + b"\n b" * 20_000),
    "open quotes": plain(head=b"Content-Type: text/plain; " + b'a="' * 22_000),
    "parameters": plain(head=b"Content-Type: text/plain; " + b"a*1=b;" * 11_000),
    "parentheses": plain(head=b"From: " + b"(" * 66_000),
    "references": plain(head=b"References: " + b"<" * 66_000),
    "lines": plain(b"\n" * 66_000),
    "introductions": plain(b"On 1 \n" * 11_000),
    "one introduction": plain(b"On 1 " * 13_000),
    "headers within": plain(b"From: \n" * 9500),
    "quotes": plain(b"> " * 33_000),
    "punycode": plain(b"a-" + b"z" * 66_000, b"Content-Type: text/plain; charset=punycode"),
    "soft line breaks": plain(b"=\n" * 33_000, b"Content-Transfer-Encoding: quoted-printable"),
    "uuencode": plain(b"begin 644 x\n" + b"M" * 66_000, b"Content-Transfer-Encoding: x-uuencode"),
    "open tags": plain(b"<a\n" * 22_000, b"Content-Type: text/html"),
    "nested tags": plain(b"<div>" * 13_000, b"Content-Type: text/html"),
    "comments": plain(b"<!--" * 16_000, b"Content-Type: text/html"),
    "formatting": plain(b"<b><i><p>" * 7000, b"Content-Type: text/html"),
}


def laden(parameters: bytes) -> bytes:
    """As many parts as are read, each with the longest headers."""
    told = (parameters * 8000)[:7900]
    each = b"--b\nContent-Type: text/plain; " + told + b"\nContent-Disposition: inline; " + told + b"\n\nx\n"
    return b"Content-Type: multipart/mixed; boundary=b\n\n" + each * (MAX_PARTS - 1)


LARGE_BOMBS = {
    "parameters in each part": laden(b";"),
    "quotes in each part": laden(b'";'),
    "escapes in each part": laden(b'\\";'),
    "pieces in each part": laden(b"a*0*=u'u'%41;"),
    "short lines far within": nested(MAX_DEPTH - 1, b"\n" + b"a\n" * 440_000),
    "boundaries far within": nested(MAX_DEPTH - 1, b"\n" + b"--\n" * 440_000),
    "mails far within": b"Content-Type: message/rfc822\n\n" * (MAX_DEPTH - 1) + b"a\n" * 440_000,
    "short lines of text": plain(b"on \n" * 75_000),
}


def called(run: Callable[[], object]) -> int:
    """How many functions are called and left, the same on a busy machine as on an idle one."""
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("raw", [pytest.param(raw, id=name) for name, raw in (BOMBS | LARGE_BOMBS).items()])
def test_a_bomb_costs_no_more_than_a_large_mail(raw: bytes) -> None:
    before = time.process_time()
    calls = called(lambda: read(raw))
    assert calls < CALLS
    assert time.process_time() - before < SECONDS


@pytest.mark.parametrize("raw", [nested(MAX_DEPTH + 2), flat(MAX_PARTS + 1), BOMBS["nested mails"]])
def test_what_is_too_deep_or_in_too_many_parts_says_so_and_keeps_its_subject(raw: bytes) -> None:
    assert read(b"Subject: Exame\n" + raw) == Mail("Exame", "", "", (), automatic=False, error="too_complex")


@pytest.mark.parametrize("raw", [nested(MAX_DEPTH - 1), flat(MAX_PARTS - 2)])
def test_what_is_within_the_bounds_is_read(raw: bytes) -> None:
    assert read(raw).error is None


def test_many_lines_are_read_where_they_do_not_lie_deep() -> None:
    lines = b"\n" + b"a" * 75 + b"\n"
    assert read(nested(4, lines * 100_000)).error is None
    assert read(nested(MAX_DEPTH - 1, lines * 100_000)).error == "too_complex"


def test_a_header_that_says_too_much_is_read_as_far_as_it_may_be() -> None:
    told = b"Content-Type: text/plain; charset=iso-8859-1" + b"; a=b" * 2000
    assert read(plain(b"Ol\xe1", told)).text == "Olá"


def test_what_is_too_large_is_not_parsed_and_half_a_million_lines_are_too_many() -> None:
    assert read(b"Subject: s\n\n" + b"a" * MAX_BYTES)._replace(text="").error == "too_large"
    assert read(plain(b"\r" * 500_000)).error == "too_complex"
    assert read(b"a: b\n" * 500_000).error == "too_complex"


def test_a_mail_of_ordinary_size_with_its_picture_is_read() -> None:
    picture = base64.encodebytes(b"x" * 3_000_000)
    head = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nOi\n--x\n"
    kind = b"Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n"
    raw = head + kind + picture + b"--x--"
    mail = read(raw)
    ((place, told),) = mail.files
    assert (mail.text, told["kind"], told["name"]) == ("Oi", "image", "a.png")
    assert part(raw, place).content == b"x" * 3_000_000


@given(raw=st.binary(max_size=2000))
def test_no_bytes_raise(raw: bytes) -> None:
    assert len(read(raw).text) <= MAX_TEXT


HEADS = st.sampled_from(
    [
        "Content-Type: multipart/mixed; boundary=x",
        "Content-Type: multipart/alternative; boundary=x",
        "Content-Type: message/rfc822",
        "Content-Type: message/delivery-status",
        "Content-Type: text/html; charset=x-unknown",
        "Content-Type: text/plain; charset*0=utf; charset*1=-8",
        "Content-Type: ;;;",
        "Content-Disposition: attachment; filename*=utf-8''%ff%00/..%2f",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: quoted-printable",
        "Subject: =?utf-8?b?////?= =?x?y?z?=",
        "From: <<<>>>",
        "References: <a@b> , <<",
        "",
        "--x",
        "--x--",
        "Oi",
        "> Oi",
        "On Monday 1, Maria wrote:",
        "<p>Oi</p>",
        "=C3=A1=",
    ]
)


@given(lines=st.lists(HEADS | st.text(max_size=20), max_size=30), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_mail_raises_and_each_of_its_files_can_be_taken_out_or_says_that_it_cannot(
    lines: list[str], end: str
) -> None:
    raw = end.join(lines).encode("utf-8", "replace")
    mail = read(raw)
    filled({}, mail, "in/x")
    for place, _ in mail.files:
        with contextlib.suppress(UnreadableInput):
            assert isinstance(part(raw, place).content, bytes)


@given(text=st.text(max_size=300))
def test_what_is_shown_is_always_something_of_what_was_written(text: str) -> None:
    shown = email_quotes.visible(text)
    assert bool(shown) == bool(text.strip())


# Words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("=?utf-8?q?Ol=C3=A1?=", "Olá"),
        ("=?iso-8859-1?q?Ol=E1?= =?utf-8?b?8J+YgA==?=", "Olá😀"),
        ("=?x-none?q?a?=", "a"),
        ("a\r\n b", "a b"),
        ("a\r\nBcc: eve@evil.example", "a Bcc: eve@evil.example"),
        ("\u202eabc\0", "abc"),
        ("Ol\udcc3\udca1", "Olá"),
        ("Ol\udce1", "Olá"),
        ("\ud83d", "\ufffd"),
    ],
)
def test_a_subject_is_read_as_people_read_it_in_one_line(raw: str, words: str) -> None:
    assert email_headers.words(raw) == words


@pytest.mark.parametrize(
    ("charset", "encoded"),
    [
        ("utf-8", "Olá".encode()),
        ("iso-8859-1", b"Ol\xe1"),
        ("windows-1252", b"Ol\xe1"),
        ("utf-16", "Olá".encode("utf-16")),
        ("no-such", b"Ol\xe1"),
        ("no-such", "Olá".encode()),
        ("us-ascii", "Olá".encode()),
        ("", b"Ol\xe1"),
        ("zip", "Olá".encode()),
        ("idna", "Olá".encode()),
        ("../../x", "Olá".encode()),
    ],
)
def test_words_in_any_character_set_and_in_one_that_is_not_what_it_says(charset: str, encoded: bytes) -> None:
    head = f'Content-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: base64'.encode()
    assert read(plain(base64.b64encode(encoded), head)).text == "Olá"


def test_nul_and_lone_surrogates_do_not_reach_the_row() -> None:
    raw = plain(b"a+2D0-b\0c", b"Content-Type: text/plain; charset=utf-7")
    assert "\0" not in read(raw).text
    read(raw).text.encode()


def test_plain_text_wins_over_html_that_says_it_again() -> None:
    mail = EmailMessage()
    mail.set_content("Oi")
    mail.add_alternative("<p>Oi!</p>", subtype="html")
    assert (read(mail.as_bytes()).text, read(mail.as_bytes()).files) == ("Oi", ())


def test_html_alone_is_told_in_words_and_nothing_of_it_is_kept() -> None:
    page = (
        "<html><head><title>t</title><style>p{}</style></head><body><p>Olá &amp; bom&nbsp;dia</p>"
        "<script>alert(1)</script><ul><li>um</li><li>dois</li></ul><img src='http://evil.example/x'>"
        "<blockquote>antes</blockquote></body></html>"
    )
    mail = EmailMessage()
    mail.set_content(page, subtype="html")
    assert read(mail.as_bytes()).text == "Olá & bom dia\n\n- um\n\n- dois"
    assert email_html.text(page).endswith("> antes")


def test_a_picture_within_the_page_is_attached_and_an_attached_mail_is_one_file_that_is_not_opened() -> None:
    mail, forwarded = EmailMessage(), EmailMessage()
    mail.set_content("<img src='cid:a'>Oi", subtype="html")
    mail.add_related(b"png", "image", "png", cid="<a>")
    forwarded.set_content("segredo")
    forwarded.add_attachment(b"x", maintype="application", subtype="zip", filename="a.zip")
    mail.make_mixed()
    mail.add_attachment(forwarded)
    found = read(mail.as_bytes())
    assert found.text == "Oi"
    assert [told["mime"] for _, told in found.files] == ["image/png", "message/rfc822"]


def test_text_around_a_picture_is_all_of_it_text() -> None:
    mail = EmailMessage()
    mail.set_content("antes")
    mail.add_attachment(b"png", "image", "png")
    mail.add_attachment("depois", disposition="inline")
    found = read(mail.as_bytes())
    assert (found.text, len(found.files)) == ("antes\n\ndepois", 1)


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\passwd", "\u202epasswd"])
def test_a_file_s_name_is_a_name(name: str) -> None:
    mail = EmailMessage()
    mail.set_content("Oi")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="X")
    raw = mail.as_bytes().replace(b'filename="X"', f'filename="{name}"'.encode())
    ((_, told),) = read(raw).files
    assert told["name"] == "passwd"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: multipart/mixed; boundary=other",
        b"Content-Type: multipart/mixed",
        b"Content-Type: multipart/report; boundary=",
    ],
)
def test_parts_whose_boundary_is_broken_are_shown_as_they_are(head: bytes) -> None:
    assert "Bom dia" in read(plain(b"--x\n\nBom dia\n--x--", head)).text


# Machines


@pytest.mark.parametrize(
    "head",
    [
        b"Auto-Submitted: auto-replied",
        b"auto-submitted: Auto-Generated; owner-email=x@y",
        b"X-Autoreply: yes",
        b"X-Auto-Response-Suppress: All",
        b"Precedence: bulk",
        b"Precedence: List",
        b"Precedence: junk",
        b"List-Id: <x.example.com>",
        b"Return-Path: <>",
        b"Content-Type: multipart/report; report-type=delivery-status",
    ],
)
def test_a_machine_s_mail_is_told(head: bytes) -> None:
    assert read(plain(head=head)).automatic


@pytest.mark.parametrize(
    "head",
    [b"Auto-Submitted: no", b"Auto-Submitted: no; x=y", b"Precedence: first-class", b"Return-Path: <a@b.c>"],
)
def test_a_person_s_mail_is_no_machine_s(head: bytes) -> None:
    assert not read(plain(head=head)).automatic


# Quotes

INTRODUCED = {
    "pt-BR": "Em seg., 23 de nov. de 2026 às 10:22, Clínica <c@x.example> escreveu:",
    "es": "El lun, 23 nov 2026 a las 10:22, Clínica (<c@x.example>) escribió:",
    "it": "Il giorno lun 23 nov 2026 alle ore 10:22 Clinica <c@x.example> ha scritto:",
    "ca": "Missatge de Clínica <c@x.example> del dia dl., 23 de nov. 2026 a les 10:22:",
    "ca, by Apple": "El 23 nov 2026, a les 10:22, Clínica <c@x.example> va escriure:",
    "en": "On Mon, Nov 23, 2026 at 10:22 AM Clinic <c@x.example> wrote:",
    "en, broken over two lines": "On Mon, Nov 23, 2026 at 10:22 AM Clinic Boa Vista\n<c@x.example> wrote:",
}
OUTLOOK = {
    "pt-BR": "De: Clínica\nEnviada em: segunda-feira, 23\nPara: Maria\nAssunto: Consulta",
    "es": "De: Clínica\nEnviado: lunes, 23\nPara: María\nAsunto: Cita",
    "it": "Da: Clinica\nInviato: lunedì 23\nA: Maria\nOggetto: Visita",
    "ca": "De: Clínica\nEnviat: dilluns, 23\nPer a: Maria\nAssumpte: Visita",
    "en": "From: Clinic\nSent: Monday 23\nTo: Maria\nSubject: Visit",
    "en, bold": "*From:* Clinic\n*Sent:* Monday 23\n*To:* Maria\n*Subject:* Visit",
}


@pytest.mark.parametrize("introduction", INTRODUCED.values(), ids=INTRODUCED)
@pytest.mark.parametrize("quoted", ["> Pode vir?\n>\n> Clínica", "Pode vir?\n\nClínica"])
def test_what_they_answered_is_left_out(introduction: str, quoted: str) -> None:
    assert email_quotes.visible(f"Sim, às 9.\n\n{introduction}\n\n{quoted}\n") == "Sim, às 9."


@pytest.mark.parametrize("header", OUTLOOK.values(), ids=OUTLOOK)
@pytest.mark.parametrize("rule", ["", "________________________________\n", "-----Original Message-----\n"])
def test_what_outlook_quotes_is_left_out(header: str, rule: str) -> None:
    assert email_quotes.visible(f"Sim.\n\n{rule}{header}\n\nPode vir?") == "Sim."


def test_answers_between_and_below_quotes_are_theirs() -> None:
    text = f"{INTRODUCED['es']}\n\n> ¿Puede?\n\nSí.\n\n> ¿A las 9?\n\nMejor a las 10."
    assert email_quotes.visible(text) == "Sí.\n\nMejor a las 10."


@pytest.mark.parametrize(
    "signature", ["-- \nMaria\nTel. 1", "--\nMaria", "Enviado do meu iPhone", "Sent from my iPad"]
)
def test_signatures_are_left_out(signature: str) -> None:
    assert email_quotes.visible(f"Sim.\n\n{signature}") == "Sim."


@pytest.mark.parametrize(
    "text",
    [
        "A consulta é às 10:",
        "On Monday I wrote:\nyou did not answer",
        "De: São Paulo\nPara: Campinas",
        "El doctor escribió: 10 mg\nde noche",
        "- um\n- dois",
        "De manhã pode ser?\nA tarde não.",
    ],
)
def test_what_only_looks_like_a_quote_is_shown(text: str) -> None:
    assert email_quotes.visible(text) == text


def test_a_mail_that_is_nothing_but_a_quote_is_shown_whole() -> None:
    assert email_quotes.visible("> Pode vir?") == "> Pode vir?"
    forwarded = f"{OUTLOOK['en']}\n\nPode vir?"
    assert email_quotes.visible(forwarded) == forwarded
