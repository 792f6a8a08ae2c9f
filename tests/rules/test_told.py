"""What sources say of a person: taken, refreshed, corrected, disputed, decided (R20)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.contact_point import ContactPoint
from recado.model.patient import Fact, Kind, Patient
from recado.rules.fields import same
from recado.rules.told import settle, suggest, tell

from tests.samples import NOW, later

PHONE = ContactPoint(system="phone", value="+5511987654321")
STREET, OTHER = "Rua das Flores, 12", "Av. Paulista, 900"


def record(called: str | None = None, kind: Kind = "lead", **known: str) -> Patient:
    """A record of which the import `1` has told this."""
    blank = Patient(id="p1", name=called, kind=kind, contact_points=(PHONE,), created_at=NOW)
    return tell(blank, known, "import:1", NOW) if known else blank


def said(patient: Patient) -> dict[Fact, str]:
    return {field: told.value for field, told in patient.told.items()}


def disputed(patient: Patient) -> list[tuple[str, str, str]]:
    return [(one.field, one.value, one.source) for one in patient.disputes]


def test_what_nobody_told_is_taken_with_its_source_and_time() -> None:
    after = tell(record(), {"birth_date": "1984-03-25"}, "ehr", later(days=1))
    told = after.told["birth_date"]
    assert (told.value, told.source, told.at) == ("1984-03-25", "ehr", later(days=1))
    assert after.disputes == ()


def test_the_same_again_refreshes_its_time_and_not_at_every_message() -> None:
    before = record(street=STREET)
    assert tell(before, {"street": STREET}, "import:1", later(hours=23)) is before
    after = tell(before, {"street": "rua das flores 12"}, "ehr", later(days=2))
    told = after.told["street"]
    assert (told.value, told.source, told.at) == (STREET, "import:1", later(days=2))
    assert tell(after, {"street": STREET}, "ehr", NOW) is after


def test_what_two_sources_have_said_stays_when_one_of_them_says_otherwise() -> None:
    both = tell(record(street=STREET), {"street": STREET}, "ehr", NOW)
    after = tell(both, {"street": OTHER}, "import:1", later(days=1))
    assert (said(after), after.told["street"].source) == ({"street": STREET}, "ehr")
    assert disputed(after) == [("street", OTHER, "import:1")]
    moved = tell(after, {"street": OTHER}, "ehr", later(days=2))
    assert (said(moved), disputed(moved)) == ({"street": OTHER}, [])


def test_a_source_corrects_itself_and_an_older_word_of_it_does_not() -> None:
    after = tell(record(street=STREET), {"street": OTHER}, "import:1", later(days=1))
    assert (said(after), disputed(after)) == ({"street": OTHER}, [])
    assert tell(after, {"street": STREET}, "import:1", NOW) is after


def test_the_people_of_the_desk_are_one_source() -> None:
    after = tell(record(), {"street": STREET}, "agent:ana", NOW)
    after = tell(after, {"street": OTHER}, "agent:bruno", later(days=1))
    assert (said(after), disputed(after)) == ({"street": OTHER}, [])
    assert after.told["street"].source == "agent:bruno"


def test_another_source_that_says_otherwise_raises_a_dispute_and_overwrites_nothing() -> None:
    before = record(birth_date="1984-03-25")
    after = tell(before, {"birth_date": "1984-03-26"}, "ehr", later(days=9))
    assert after.told == before.told
    assert disputed(after) == [("birth_date", "1984-03-26", "ehr")]


def test_a_source_is_in_dispute_once_by_what_it_said_last() -> None:
    after = tell(record(street=STREET), {"street": OTHER}, "ehr", later(days=1))
    assert tell(after, {"street": OTHER}, "ehr", later(days=1, hours=1)) is after
    again = tell(after, {"street": "Rua Augusta, 1"}, "ehr", later(days=2))
    assert disputed(again) == [("street", "Rua Augusta, 1", "ehr")]
    assert tell(again, {"street": OTHER}, "ehr", later(days=1)) is again


def test_a_dispute_is_over_when_either_side_says_what_the_other_does() -> None:
    open_ = tell(record(street=STREET), {"street": OTHER}, "ehr", later(days=1))
    agreed = tell(open_, {"street": STREET}, "ehr", later(days=2))
    assert (said(agreed), disputed(agreed)) == ({"street": STREET}, [])
    corrected = tell(open_, {"street": OTHER}, "import:1", later(days=2))
    assert (said(corrected), disputed(corrected)) == ({"street": OTHER}, [])


def test_a_channel_s_name_is_taken_for_want_of_a_better_one_and_disputes_none() -> None:
    lead = tell(record(), {"name": "mari 🌸"}, "whatsapp", NOW)
    assert lead.name == "mari 🌸"
    known = tell(lead, {"name": "Maria Silva"}, "agent:ana", later(days=1))
    assert (known.name, disputed(known)) == ("Maria Silva", [])
    assert tell(known, {"name": "Super Mari"}, "whatsapp", later(days=2)) is known
    assert tell(known, {"name": "Mari"}, "instagram", later(days=2)) is known


def test_two_systems_with_two_names_are_in_dispute_and_more_words_of_one_are_taken() -> None:
    known = record(name="Maria Silva")
    fuller = tell(known, {"name": "Maria Aparecida da Silva"}, "ehr", later(days=1))
    assert (fuller.name, disputed(fuller)) == ("Maria Aparecida da Silva", [])
    shorter = tell(fuller, {"name": "Maria Silva"}, "import:1", later(hours=1))
    assert (shorter.name, disputed(shorter)) == ("Maria Aparecida da Silva", [])
    other = tell(fuller, {"name": "Maria Souza"}, "import:1", later(days=2))
    assert (other.name, disputed(other)) == (
        "Maria Aparecida da Silva",
        [("name", "Maria Souza", "import:1")],
    )


def test_a_record_of_before_whose_name_has_no_source_reads_on() -> None:
    lead, patient = record("Mari"), record("Maria Silva", kind="patient")
    assert tell(lead, {"name": "Maria Silva"}, "ehr", NOW).name == "Maria Silva"
    assert tell(patient, {"name": "Mari"}, "whatsapp", NOW) is patient
    assert disputed(tell(patient, {"name": "Ana Lima"}, "ehr", NOW)) == [("name", "Ana Lima", "ehr")]


def test_they_are_called_by_their_given_and_family_name_unless_somebody_told_a_whole_one() -> None:
    lead = tell(record(), {"name": "mari 🌸"}, "whatsapp", NOW)
    known = tell(lead, {"given_name": "Maria", "family_name": "da Silva"}, "ehr", NOW)
    assert known.name == "Maria da Silva"
    assert tell(known, {"name": "Maria D. Silva"}, "agent:ana", NOW).name == "Maria D. Silva"


def test_a_document_leads_to_its_person_and_only_the_one_that_is_held() -> None:
    known = tell(record(), {"br/cpf": "39053344705"}, "agent:ana", NOW)
    document = ContactPoint(system="document", value="br/cpf:39053344705")
    assert known.contact_points == (PHONE, document)
    assert known.primary == PHONE
    other = tell(known, {"br/cpf": "11144477735"}, "ehr", NOW)
    assert (other.contact_points, disputed(other)) == (
        (PHONE, document),
        [("br/cpf", "11144477735", "ehr")],
    )
    settled = settle(other, "br/cpf", "11144477735", by="agent:ana", at=later(days=1))
    assert settled.contact_points == (
        PHONE,
        ContactPoint(system="document", value="br/cpf:11144477735"),
    )


def test_nobody_is_reached_at_a_document() -> None:
    nowhere = Patient(id="p1", created_at=NOW)
    assert tell(nowhere, {"br/cpf": "39053344705"}, "import:1", NOW).primary is None


def test_what_is_not_proven_fills_nothing_and_waits_for_a_person() -> None:
    after = suggest(record(street=STREET), {"street": OTHER, "birth_date": "1984-03-25"}, "webform", NOW)
    assert said(after) == {"street": STREET}
    assert disputed(after) == [("street", OTHER, "webform"), ("birth_date", "1984-03-25", "webform")]
    known = record(street=STREET)
    assert suggest(known, {"street": STREET, "name": "Mari"}, "webform", NOW) == suggest(
        known, {"name": "Mari"}, "webform", NOW
    )


def test_however_often_a_stranger_sends_a_form_a_field_has_one_suggestion() -> None:
    patient = record(street=STREET)
    for minute in range(30):
        patient = suggest(patient, {"street": f"Rua {minute}"}, "webform", later(minutes=minute))
    assert disputed(patient) == [("street", "Rua 29", "webform")]


def test_a_suggestion_that_a_person_takes_is_what_the_record_holds() -> None:
    open_ = suggest(record(), {"birth_date": "1984-03-25"}, "webform", NOW)
    after = settle(open_, "birth_date", "1984-03-25", by="agent:ana", at=later(days=1))
    assert (said(after), disputed(after)) == ({"birth_date": "1984-03-25"}, [])
    assert after.told["birth_date"].at == later(days=1)


def test_what_a_person_decided_against_is_not_asked_again() -> None:
    open_ = tell(record(birth_date="1984-03-25"), {"birth_date": "1984-03-26"}, "ehr", NOW)
    after = settle(open_, "birth_date", "1984-03-25", by="agent:ana", at=later(days=1))
    assert (after.told["birth_date"].source, disputed(after)) == ("import:1", [])
    assert [(one.value, one.source, one.by) for one in after.overruled] == [
        ("1984-03-26", "ehr", "agent:ana")
    ]
    assert tell(after, {"birth_date": "1984-03-26"}, "ehr", later(days=2)) is after
    news = tell(after, {"birth_date": "1984-03-27"}, "ehr", later(days=3))
    assert disputed(news) == [("birth_date", "1984-03-27", "ehr")]


def test_a_person_may_decide_for_what_nobody_said_and_later_for_what_they_had_overruled() -> None:
    open_ = tell(record(street=STREET), {"street": OTHER}, "ehr", NOW)
    own = settle(open_, "street", "Rua Augusta, 1", by="agent:ana", at=later(days=1))
    assert (said(own), own.told["street"].source) == ({"street": "Rua Augusta, 1"}, "agent:ana")
    assert [one.value for one in own.overruled] == [STREET, OTHER]
    back = settle(own, "street", OTHER, by="agent:ana", at=later(days=2))
    assert said(back) == {"street": OTHER}
    assert OTHER not in [one.value for one in back.overruled]


def test_of_what_was_overruled_the_latest_is_remembered() -> None:
    patient = record(street=STREET)
    for day in range(40):
        patient = settle(patient, "street", f"Rua {day}", by="agent:ana", at=later(days=day))
    assert len(patient.overruled) == 20
    assert patient.overruled[-1].value == "Rua 38"


WORDS = st.sampled_from(["Rua A, 1", "rua a 1", "Rua B, 2", "Rua C, 3"])
SOURCES = st.sampled_from(["ehr", "import:1", "agent:ana", "agent:bruno", "whatsapp"])
SAYINGS = st.lists(st.tuples(WORDS, SOURCES, st.integers(0, 400)), max_size=12)


@given(SAYINGS)
def test_whatever_is_said_a_value_that_is_held_gives_way_to_its_own_source_only(
    sayings: list[tuple[str, str, int]],
) -> None:
    patient = record()
    for value, source, day in sayings:
        before = patient.told.get("street")
        patient = tell(patient, {"street": value}, source, later(days=day))
        held = patient.told["street"]
        if before and not same("street", held.value, before.value):
            assert source == before.source or source.startswith("agent:") == before.source.startswith(
                "agent:"
            )
            assert held.at >= before.at
        assert before is None or held.at >= before.at


@given(SAYINGS)
def test_no_word_of_another_source_is_lost(sayings: list[tuple[str, str, int]]) -> None:
    """What a source said last is held, agrees with what is held, or is in dispute with it."""
    patient = record()
    last: dict[str, tuple[datetime, str]] = {}
    for number, (value, source, _) in enumerate(sayings):
        at = NOW + timedelta(days=number)
        patient = tell(patient, {"street": value}, source, at)
        last[source.partition(":")[0]] = (at, value)
    known = [one.value for one in (*patient.told.values(), *patient.disputes)]
    for _, value in last.values():
        assert any(same("street", value, one) for one in known)


@given(SAYINGS)
def test_the_same_words_again_change_nothing(sayings: list[tuple[str, str, int]]) -> None:
    patient = record()
    for value, source, day in sayings:
        patient = tell(patient, {"street": value}, source, later(days=day))
        assert tell(patient, {"street": value}, source, later(days=day)) == patient


@pytest.mark.parametrize("source", ["ehr", "webform", "agent:ana"])
def test_what_is_said_twice_is_one_write(source: str) -> None:
    once = tell(record(street=STREET), {"street": OTHER}, source, NOW)
    assert tell(once, {"street": OTHER}, source, NOW) is once
