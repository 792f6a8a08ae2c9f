"""In which language somebody is answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from recado.model.communication import Communication
from recado.model.patient import Link, Patient, Told
from recado.rules.languages import heard_in, noted, speaking
from recado.rules.patients import link_to
from recado.rules.senders import Sender

from tests.samples import NOW

ITALIAN = "buongiorno, vorrei prenotare una visita"


def said(text: str = ITALIAN, **known: Any) -> Communication:
    given = {"id": "c1", "patient": "p1", "channel": "whatsapp", "account": "1", "address": "55", "at": NOW}
    given |= {"direction": "inbound", "kind": "text", "author": "patient", "state": "received", "moment": ""}
    return Communication.model_validate({**given, "text": text, **known})


def sender(**known: Any) -> Sender:
    return Sender(link=Link(patient="p1", **known), at=NOW)


def heard(language: str, ago: timedelta = timedelta()) -> dict[str, Any]:
    return {"language": language, "language_heard": NOW - ago}


def speaks(who: Sender, text: str = ITALIAN, *, proven: bool = True) -> Sender:
    return speaking(who, said(text), "pt-BR", proven=proven)


def test_whose_language_nobody_knows_is_answered_in_the_one_they_write_in() -> None:
    after = speaks(sender())
    assert after.speaks == "it"
    assert after.heard == Told(value="it", source="whatsapp", at=NOW)


def test_who_has_chosen_a_language_keeps_it() -> None:
    after = speaks(sender(language="es"))
    assert (after.speaks, after.heard) == (None, None)


def test_who_goes_on_in_another_language_is_followed() -> None:
    after = speaks(sender(**heard("es")))
    assert after.speaks == after.heard.value == "it"  # type: ignore[union-attr]


def test_what_is_known_already_is_noted_again_once_a_month() -> None:
    assert speaks(sender(**heard("it", timedelta(days=29)))).heard is None
    assert speaks(sender(**heard("it", timedelta(days=30)))).heard is not None


def test_the_clinics_own_language_is_not_noted_of_whom_it_is_used_for_anyway() -> None:
    after = speaks(sender(), "bom dia, queria marcar uma consulta")
    assert (after.speaks, after.heard) == ("pt-BR", None)


def test_what_anybody_may_have_typed_is_answered_and_not_noted() -> None:
    after = speaks(sender(), proven=False)
    assert (after.speaks, after.heard) == ("it", None)


def test_somebody_new_is_known_with_it() -> None:
    new = Patient(id="p1", created_at=NOW)
    after = speaks(Sender(link=link_to(new), at=NOW, new=new))
    assert after.new is not None
    assert (after.new.language, after.link.language, after.link.language_heard) == ("it", "it", NOW)


def test_a_household_is_answered_and_has_no_language() -> None:
    after = speaks(sender(kind="household"))
    assert (after.speaks, after.heard) == ("it", None)


def test_it_is_the_language_of_who_writes_not_of_whom_it_is_about() -> None:
    child, mother = Link(patient="p1", language="pt-BR"), Link(patient="p2")
    after = speaks(Sender(link=child, writer=mother, at=NOW))
    assert after.speaks == "it"


@pytest.mark.parametrize(
    "known",
    [
        {"payload": "do:1:1"},
        {"automatic": True},
        {"kind": "form"},
        {"kind": "interaction"},
        {"kind": "location"},
    ],
)
def test_what_is_not_in_their_own_words_tells_no_language(known: dict[str, Any]) -> None:
    assert heard_in(said(**known)) is None


@pytest.mark.parametrize("text", ["sim", "ok", "1", "vale", "no!", "👋"])
def test_a_word_that_all_say_tells_no_language(text: str) -> None:
    assert heard_in(said(text)) is None


def test_what_was_read_never_overwrites_what_was_chosen() -> None:
    chosen = Patient(id="p1", created_at=NOW, language="es")
    assert noted(chosen, Told(value="it", source="whatsapp", at=NOW)) == chosen
