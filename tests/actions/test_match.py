"""Whose record this is; and what two of them are not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from recado.actions.file_record import file_record, unfile
from recado.actions.match import match
from recado.actions.meet import meet
from recado.errors import Unavailable
from recado.model.block import Key
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient, Told
from recado.rules import contacts as contact_rules
from recado.rules.blocks import LEAST, keys_of
from recado.rules.matching import MOST_READS
from recado.rules.patients import LONGEST, link_to
from recado.store import blocks, patients, reviews
from recado.store.rows import transaction

from tests.cloud import Cloud
from tests.counter import counted
from tests.garbled import garble
from tests.samples import NOW
from tests.store.conftest import Faulty, faulty
from tests.visits import overtaken

pytestmark = pytest.mark.usefixtures("clinic")
__all__ = ["faulty"]

NAME, BORN = "Zuleide Aparecida Souza", "1990-05-17"


def known(
    patient: str, name: str = NAME, born: str = "", *, system: str = "telegram", **more: Any
) -> Patient:
    """A record that came by a point of its own; the later in the alphabet, the younger."""
    point = ContactPoint(
        system=system, value=f"+55119{ord(patient[-1]):08d}" if system == "phone" else patient
    )
    told = {"birth_date": Told(value=born, source="webform", at=NOW)} if born else {}
    came = NOW + timedelta(seconds=ord(patient[-1]))
    record = Patient.model_validate(
        {"id": patient, "name": name, "told": told, "contact_points": (point,), "created_at": came, **more}
    )
    with transaction() as work:
        patients.put("boavista", record, work)
        for one in record.contact_points:
            introduced = patients.whole_view("boavista", one).introduced
            patients.link("boavista", one, link_to(record), introduced + 1, work)
    return record


def matched(*ids: str) -> list[str]:
    found = [match("boavista", one, NOW) for one in ids]
    return [one.decision if one else "nothing" for one in found]


def of(patient: str) -> Patient:
    return patients.get("boavista", patient)


def asked() -> list[tuple[str, str]]:
    return [(one.id, one.reason) for one in reviews.open_ones("boavista")[0]]


def called_different(*pair: str) -> None:
    review = reviews.get("boavista", ".".join(pair))
    with transaction() as work:
        reviews.decide("boavista", review.model_copy(update={"state": "different"}), work)


def filed(at: Key) -> list[tuple[str, str]]:
    (block,) = blocks.read("boavista", [at])
    return [(one.record, one.person) for one in block.filed]


def changed(record: Patient, **changes: Any) -> None:
    with transaction() as work:
        after = file_record("boavista", record.model_copy(update=changes), work)
        patients.put("boavista", after, work)


def test_whom_nobody_is_like_is_new_and_found_from_then_on() -> None:
    known("pa", born=BORN)
    assert matched("pa") == ["new"]
    assert of("pa").person is None
    for key in keys_of(of("pa")):
        assert filed(key) == [("pa", "pa")]


def test_who_comes_by_another_way_is_joined_to_the_person_known_before() -> None:
    for one in ("pa", "pb"):
        known(one, born=BORN)
    assert matched("pa", "pb") == ["new", "same"]
    (join,) = of("pa").joined
    assert (of("pb").person, of("pb").confirmed) == ("pa", False)
    assert (join.record, join.into, join.by, join.confirmed) == ("pb", "pa", "recado", False)
    assert join.score > 0.9
    assert join.rule
    assert {"name", "birth_date"} <= {one.field for one in join.evidence}
    link = patients.view("boavista", ContactPoint(system="telegram", value="pb")).links[0]
    assert (link.person, link.confirmed) == ("pa", False)
    for key in keys_of(of("pb")):
        assert set(filed(key)) == {("pa", "pa"), ("pb", "pa")}


def test_a_third_record_is_joined_to_the_same_person() -> None:
    for one in ("pa", "pb", "pc"):
        known(one, born=BORN)
    assert matched("pa", "pb", "pc") == ["new", "same", "same"]
    assert {join.record for join in of("pa").joined} == {"pb", "pc"}
    assert of("pc").person == "pa"


def test_the_same_again_changes_nothing_however_often(clinic: Cloud) -> None:
    known("pa", born=BORN)
    known("pb", born=BORN)
    known("pc", name="Maria Souza", born="1961-01-02")
    matched("pa", "pb", "pc")
    before = clinic.items("patients")
    for _ in range(3):
        assert matched("pa", "pb", "pc") == ["nothing"] * 3
    assert clinic.items("patients") == before


def test_it_costs_four_calls_for_a_new_person_and_one_when_it_has_been_done() -> None:
    known("pa", system="phone", born=BORN)
    with counted() as calls:
        matched("pa")
    assert calls == ["GetItem", "BatchGetItem", "Query", "TransactWriteItems"]
    with counted() as calls:
        matched("pa")
    assert calls == ["GetItem"]


def test_six_keys_decide_and_what_else_is_read_is_to_be_written() -> None:
    ways = ("telegram", "instagram", "messenger", "webchat", "sms", "viber", "line", "signal")
    first = ("", "Ana", "Rui", "Zuleide", "Bruno", "Carla", "Otto", "Iara", "Edgar")
    for many in range(1, len(ways) + 1):
        who, points = f"p{many}a", [ContactPoint(system=one, value=f"{one}{many}") for one in ways[:many]]
        known(who, f"{first[many]} Prado Lima", contact_points=tuple(points))
        verdict = match("boavista", who, NOW)
        assert verdict is not None
        assert verdict.reads == len(verdict.blocks) <= MOST_READS
        decided = {f"{key.system}#{key.value}" for key, _ in verdict.blocks}
        assert len(set(of(who).filed) - decided) <= LEAST


def test_two_birth_dates_are_never_one_persons_by_a_machine() -> None:
    known("pa", born=BORN)
    known("pc", born="1990-05-18")
    assert matched("pa", "pc") == ["new", "review"]
    assert of("pa").person is of("pc").person is None
    assert asked() == [("pa.pc", "birth_date")]
    review = reviews.get("boavista", "pa.pc")
    assert (review.one, review.other, review.rule != "") == ("pa", "pc", True)
    assert "birth_date" in {one.field for one in review.evidence}


def test_who_is_asked_about_is_found_all_the_same() -> None:
    known("pa", born=BORN)
    known("pb", born="1990-05-18")
    matched("pa", "pb")
    assert ("pb", "pb") in filed(next(key for key in keys_of(of("pb")) if key.system == "name"))


def test_a_machine_joins_nobody_who_conflicts_with_another_record_of_the_person() -> None:
    known("pa", born=BORN)
    known("pb", born=BORN)
    matched("pa", "pb")
    odd = of("pb")
    changed(odd, told={"birth_date": Told(value="1971-03-09", source="agent:ana", at=NOW)})
    known("pc", born=BORN)
    assert matched("pc") == ["review"]
    assert (of("pc").person, [reason for _, reason in asked()]) == (None, ["birth_date"])


def test_a_person_with_as_many_records_as_a_machine_may_join_is_for_people() -> None:
    for n in range(16):
        known(f"p{n:02d}a", born=BORN, created_at=NOW + timedelta(seconds=n))
    decisions = matched(*(f"p{n:02d}a" for n in range(16)))
    assert decisions == ["new"] + ["same"] * 14 + ["review"]
    assert len(of("p00a").joined) == 14


def test_a_name_that_goes_on_for_pages_is_filed_by_its_beginning() -> None:
    known("pa", NAME + " 中" * 10_000)
    matched("pa")
    filed = [one for block in blocks.read("boavista", keys_of(of("pa"))) for one in block.filed]
    assert {len(one.profile.name) for one in filed} == {LONGEST}


def test_a_pair_that_people_have_told_apart_is_not_asked_about_again_nor_joined() -> None:
    known("pa", born=BORN)
    known("pb", born="1990-05-18")
    matched("pa", "pb")
    called_different("pa", "pb")
    changed(of("pb"), told={"birth_date": Told(value=BORN, source="agent:ana", at=NOW)})
    assert matched("pb") == ["new"]
    assert (asked(), of("pb").person) == ([], None)


def test_told_apart_from_one_record_is_told_apart_from_the_person() -> None:
    known("pa", born=BORN)
    known("pc", born="1990-05-18")
    matched("pa", "pc")
    called_different("pa", "pc")
    known("pb", born=BORN)
    matched("pb")
    changed(of("pc"), told={"birth_date": Told(value=BORN, source="agent:ana", at=NOW)})
    assert matched("pc") == ["new"]
    assert (of("pb").person, of("pc").person, asked()) == ("pa", None, [])


def test_what_people_are_being_asked_is_left_to_them() -> None:
    known("pa", born=BORN)
    known("pb", born="1990-05-18")
    matched("pa", "pb")
    changed(of("pb"), told={"birth_date": Told(value=BORN, source="agent:ana", at=NOW)})
    assert matched("pb") == ["review"]
    assert (asked(), of("pb").person) == ([("pa.pb", "birth_date")], None)


def test_a_record_whose_fields_have_changed_is_matched_again() -> None:
    known("pa", born=BORN)
    known("pb", name="Maria")
    assert matched("pa", "pb") == ["new", "nothing"]
    changed(of("pb"), name=NAME, told={"birth_date": Told(value=BORN, source="agent:ana", at=NOW)})
    assert matched("pb") == ["same"]


def test_a_root_that_is_matched_again_takes_a_later_lone_record_in() -> None:
    known("pa", name="Maria")
    known("pb", born=BORN)
    matched("pa", "pb")
    changed(of("pa"), name=NAME, told={"birth_date": Told(value=BORN, source="agent:ana", at=NOW)})
    assert matched("pa") == ["same"]
    assert (of("pb").person, [join.into for join in of("pa").joined]) == ("pa", ["pa"])


@pytest.mark.parametrize(
    "more", [{"kind": "household"}, {"name": ""}, {"name": "Maria"}, {"name": "📱"}], ids=str
)
def test_who_says_nothing_to_be_known_by_is_not_matched(more: dict[str, Any], clinic: Cloud) -> None:
    known("pa", **more)
    before = clinic.items("patients")
    assert matched("pa") == ["nothing"]
    assert clinic.items("patients") == before
    assert matched("pgone") == ["nothing"]


def test_a_household_is_nobody_to_be_joined_to() -> None:
    home = known("ph", system="phone", kind="household")
    known("pa", born=BORN, system="phone", contact_points=home.contact_points)
    assert matched("pa") == ["new"]
    assert of("ph").joined == ()


def test_a_record_is_taken_out_where_it_is_no_more_found() -> None:
    known("pa", born=BORN)
    matched("pa")
    before = set(keys_of(of("pa")))
    changed(of("pa"), name="Joana Prado Lima")
    after = set(keys_of(of("pa")))
    assert all(filed(key) == [("pa", "pa")] for key in after)
    assert all(filed(key) == [] for key in before - after)
    assert before - after
    assert set(of("pa").filed) == {f"{key.system}#{key.value}" for key in after}


def test_nothing_is_left_of_a_record_that_is_filed_no_more(clinic: Cloud) -> None:
    known("pa", born=BORN)
    matched("pa")
    with transaction() as work:
        unfile("boavista", of("pa"), work)
    assert not [one for one in clinic.items("patients") if one["sk"] == {"S": "B"}]


def test_of_two_at_once_the_second_sees_the_first() -> None:
    known("pa", born=BORN)
    known("pb", born=BORN)
    with overtaken(lambda: match("boavista", "pa", NOW)):
        assert matched("pb") == ["same"]
    assert of("pb").person == "pa"


def first_contact(patient: str, number: int = 1) -> Any:
    return contact_rules.opened(
        patient, number, now=NOW, channel="telegram", account="1", address="1", language="es"
    )


def test_who_was_here_before_is_not_matched_again() -> None:
    known("pa", born=BORN)
    with counted() as calls:
        meet("boavista", first_contact("pa", 2), NOW)
    assert calls == []


def test_a_record_that_cannot_be_matched_holds_up_nobody(caplog: pytest.LogCaptureFixture) -> None:
    known("pa", born=BORN)
    matched("pa")
    key = next(iter(keys_of(of("pa"))))
    garble("PATIENTS_TABLE", f"T#boavista#B#{key.system}#{key.value}", "B", '{"filed": 5}')
    known("pb", born=BORN)
    meet("boavista", first_contact("pb"), NOW)
    assert of("pb").matched == ""
    assert [one.getMessage() for one in caplog.records if one.name == "recado.actions.meet"] == [
        "a record that could not be matched: Misconfigured"
    ]


def test_a_table_that_does_not_answer_is_asked_again(faulty: Faulty) -> None:
    known("pa", born=BORN)
    with faulty.at("lost_request"), pytest.raises(Unavailable):
        meet("boavista", first_contact("pa"), NOW)
    meet("boavista", first_contact("pa"), NOW)
    assert of("pa").matched
