"""What is known of a person by all of their records."""

from __future__ import annotations

from recado.model.patient import Patient
from recado.rules.known import current, doubts
from recado.rules.told import settle, tell

from tests.rules.test_told import OTHER, STREET, record
from tests.samples import later


def member(patient: Patient, own_id: str = "p2") -> Patient:
    return patient.model_copy(update={"id": own_id, "person": "p1"})


def test_of_a_person_s_records_the_one_that_was_told_a_field_last_says_it() -> None:
    root = record(name="Maria Silva", street=STREET)
    other = member(tell(record(), {"street": OTHER, "city": "São Paulo"}, "ehr", later(days=5)))
    known = {one.field: (one.told.value, one.record) for one in current([root, other], later(days=6))}
    assert known == {"name": ("Maria Silva", "p1"), "street": (OTHER, "p2"), "city": ("São Paulo", "p2")}


def test_a_channel_s_name_in_one_record_is_behind_a_told_one_in_another() -> None:
    root = tell(record(), {"name": "mari 🌸"}, "whatsapp", later(days=5))
    other = member(record(name="Maria Silva"))
    (name,) = current([root, other], later(days=6))
    assert (name.told.value, name.record) == ("Maria Silva", "p2")
    assert doubts([root, other], later(days=6)) == ()


def test_an_address_is_stale_after_two_years_and_a_birth_date_never() -> None:
    known = record(street=STREET, birth_date="1984-03-25")
    assert {one.field: one.stale for one in current([known], later(days=730))} == {
        "street": False,
        "birth_date": False,
    }
    assert {one.field: one.stale for one in current([known], later(days=731))} == {
        "street": True,
        "birth_date": False,
    }


def test_records_of_a_person_that_contradict_each_other_are_in_dispute_until_a_person_decides() -> None:
    root = record(birth_date="1984-03-25")
    other = member(tell(record(), {"birth_date": "1984-03-26"}, "ehr", later(days=1)))
    (doubt,) = doubts([root, other], later(days=2))
    assert (doubt.said.value, doubt.record) == ("1984-03-25", "p1")
    settled = settle(
        root,
        "birth_date",
        "1984-03-25",
        by="agent:ana",
        at=later(days=2),
        others=[other.told["birth_date"]],
    )
    assert doubts([settled, other], later(days=3)) == ()
    again = member(tell(other, {"birth_date": "1984-03-26"}, "ehr", later(days=9)))
    assert doubts([settled, again], later(days=9)) == ()
    (known,) = current([settled, again], later(days=9))
    assert known.told.value == "1984-03-25"


def test_records_that_say_the_same_in_other_words_are_in_no_dispute() -> None:
    root, other = record(name="Maria Silva", street=STREET), member(record(name="Maria A. Silva"))
    also = member(tell(record(), {"street": "RUA DAS FLORES 12"}, "ehr", later(days=9)), "p3")
    assert doubts([root, other, also], later(days=9)) == ()
