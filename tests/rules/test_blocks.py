"""What a block holds, and how many people it knows of."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from recado.model.block import Block, Filed
from recado.model.contact_point import ContactPoint
from recado.model.patient import ANONYMOUS, Patient, Told
from recado.model.profile import Profile
from recado.rules import matching
from recado.rules.blocks import LONGEST, MOST_KEPT, at_point, keys_of, put_in, taken_out, without

from tests.samples import NOW


def entry(record: str, person: str = "", minutes: int = 0) -> Filed:
    seen = NOW + timedelta(minutes=minutes)
    return Filed(record=record, person=person or record, profile=Profile(name="Maria Silva", seen_at=seen))


def block(*entries: Filed) -> Block:
    held = Block()
    for one in entries:
        held = put_in(held, one, again=False)
    return held


def test_the_latest_seen_comes_first() -> None:
    held = block(entry("p1", minutes=5), entry("p2", minutes=9), entry("p3"))
    assert [one.record for one in held.filed] == ["p2", "p1", "p3"]


def test_a_record_that_is_filed_again_takes_its_own_place() -> None:
    held = block(entry("p1"), entry("p2"))
    again = put_in(held, entry("p1", minutes=1), again=True)
    assert ([one.record for one in again.filed], again.people) == (["p1", "p2"], 2)
    assert put_in(again, entry("p1", minutes=1), again=True) == again


def test_of_many_the_latest_are_kept_and_all_are_counted() -> None:
    held = block(*(entry(f"p{n}", minutes=n) for n in range(40)))
    assert (len(held.filed), held.people) == (MOST_KEPT, 40)
    assert held.filed[0].record == "p39"


def test_two_records_of_one_person_count_once() -> None:
    held = block(entry("p1"), entry("p2", person="p1"))
    assert held.people == 1
    assert put_in(held, entry("p2"), again=True).people == 2


def test_without_somebody_it_is_as_if_they_were_not_there() -> None:
    held = block(*(entry(f"p{n}") for n in range(30)), entry("p99", person="p29", minutes=1))
    apart = without(held, ["p29"])
    assert apart.people == 29
    assert "p99" not in {one.record for one in apart.filed}


def test_an_empty_block_is_left_by_the_last_to_leave() -> None:
    held = block(entry("p1"), entry("p2"))
    assert taken_out(taken_out(held, "p2"), "p1") == Block()


COMINGS = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 3)), max_size=60)


@given(COMINGS)
def test_however_they_come_and_go_again_nobody_is_counted_for_ever(comings: list[tuple[int, int]]) -> None:
    held, there = Block(), set[str]()
    for number, minutes in comings:
        record = f"p{number}"
        if record in there and not minutes:
            held, there = taken_out(held, record), there - {record}
        else:
            held = put_in(held, entry(record, minutes=minutes), again=record in there)
            there.add(record)
        assert held.people == len(there)
    for record in there:
        held = taken_out(held, record)
    assert held == Block()


def patient(name: str = "Maria Silva", points: int = 1, **more: object) -> Patient:
    known = tuple(ContactPoint(system=f"channel{n}", value="1") for n in range(points))
    return Patient.model_validate(
        {"id": "p1", "name": name, "created_at": NOW, "contact_points": known, **more}
    )


def test_a_record_is_filed_under_what_is_read_and_never_under_a_contact_point() -> None:
    born = Told(value="1990-05-17", source="agent:ana", at=NOW)
    for points in range(9):
        one = patient("Maria Aparecida da Silva Souza", points, told={"birth_date": born})
        found = keys_of(one)
        assert found
        assert not any(at_point(key) for key in found)
        assert len(found) + min(points, 4) <= matching.MOST_READS


def test_nobody_is_filed_who_is_nobody_in_person() -> None:
    assert keys_of(patient(kind="household")) == keys_of(patient(id=ANONYMOUS)) == ()


def test_no_key_is_longer_than_a_row_can_have() -> None:
    assert all(len(key.value) <= LONGEST for key in keys_of(patient("silva" * 500 + " maria")))


def test_an_address_that_is_written_in_several_ways_is_filed_under_one() -> None:
    spelt = [
        ContactPoint(system="email", value=f"{name}@gmail.com") for name in ("maria.silva", "mariasilva")
    ]
    one, other = (keys_of(patient(contact_points=(point,))) for point in spelt)
    assert one == other
    assert [key.value for key in one if key.exact] == ["mariasilva@gmail.com"]
