"""Which mails of a conversation an answer names, and what it is about."""

from __future__ import annotations

from typing import Any

import pytest
from recado.model.communication import Communication
from recado.rules.threads import MAX_MAILS, joined

from tests.samples import NOW


def mail(moment: int, **settings: Any) -> Communication:
    known = {
        "id": f"c{moment}",
        "patient": "p1",
        "channel": "email",
        "account": "recepcao@boavista.example",
        "address": "maria@example.com",
        "direction": "inbound",
        "kind": "text",
        "author": "patient",
        "state": "received",
        "at": NOW,
        "moment": f"{moment:06d}",
    }
    return Communication.model_validate(known | settings)


def ours(moment: int, **settings: Any) -> Communication:
    return mail(moment, direction="outbound", author="agent:ana", state="queued", **settings)


THEIRS = mail(1, subject="Consulta", message_id="a@mail.example.com", provider_id="ses-in")


def test_an_answer_names_what_they_wrote_by_their_own_id() -> None:
    assert joined(ours(2), [THEIRS]) == ("Re: Consulta", ("a@mail.example.com",))


def test_mails_of_ours_are_named_as_the_provider_calls_them_in_their_order() -> None:
    first = ours(2, provider_id="0100-1")
    assert joined(ours(3), [THEIRS, first]).ids == ("a@mail.example.com", "0100-1")


def test_what_has_no_id_that_a_mail_program_knows_is_not_named() -> None:
    assert joined(ours(3), [mail(1, provider_id="ses-in"), ours(2)]).ids == ()


@pytest.mark.parametrize(
    "other",
    [
        {"address": "other@example.com"},
        {"channel": "whatsapp"},
        {"account": "b@x.example"},
        {"moment": "000009"},
    ],
)
def test_another_line_and_what_came_later_are_no_part_of_it(other: dict[str, str]) -> None:
    assert joined(ours(2), [THEIRS.model_copy(update=other)]) == ("", ())


@pytest.mark.parametrize("before", ["Re: ", "RE: RES: ", "R: ", "re[2]: ", "RV: Re: ", "Enc: "])
def test_a_subject_is_answered_once(before: str) -> None:
    assert (
        joined(ours(2), [THEIRS.model_copy(update={"subject": f"{before}Consulta"})]).subject
        == "Re: Consulta"
    )


def test_a_subject_of_its_own_stays() -> None:
    assert joined(ours(2, subject="Exame"), [THEIRS]).subject == "Exame"


def test_a_reminder_stands_alone() -> None:
    assert joined(ours(2, purpose="reminder"), [THEIRS]) == ("", ())


def test_of_a_long_conversation_the_latest_are_named() -> None:
    many = [mail(number, message_id=f"{number}@x") for number in range(50)]
    assert joined(ours(99), many).ids == tuple(f"{number}@x" for number in range(50 - MAX_MAILS, 50))
