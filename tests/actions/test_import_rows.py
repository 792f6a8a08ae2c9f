"""A clinic hands in its patients: each is taken in once, whoever they are."""

import json

import pytest
from recado.actions.import_patients import Handed, add_part, import_patients
from recado.actions.import_rows import import_rows
from recado.actions.queue_import import queue_import
from recado.actions.record import record
from recado.errors import Conflict, Invalid, NotFound, TooLarge
from recado.model.contact_point import ContactPoint
from recado.model.patient_import import ImportedRow
from recado.store import imports, patients, reviews

from tests.cloud import Cloud
from tests.counter import counted
from tests.imports import HURRIED, Context, handed, record_of, taken_in, worked_off
from tests.rules.imports.files import bundle, patient
from tests.samples import NOW, later, received
from tests.visits import POINT

HEADER = "id;nome;data de nascimento;celular;cpf\n"
MARIA = "1;Maria da Silva;03/04/1980;(11) 98765-4321;390.533.447-05\n"
RUI = "2;Rui Lima;01/02/1950;(11) 3000-1111;\n"


def decisions(rows: list[ImportedRow]) -> list[str]:
    return [one.decision for one in rows]


def test_each_row_becomes_a_record_with_what_it_says_and_who_says_so(clinic: Cloud) -> None:
    (one, _) = taken_in(clinic, HEADER + MARIA + RUI)
    assert (one.row, one.decision, one.issues) == (1, "new", ())
    maria = record_of(one)
    assert (maria.name, maria.kind, maria.phone) == ("Maria da Silva", "patient", "+5511987654321")
    assert {field: told.value for field, told in maria.told.items()} == {
        "name": "Maria da Silva",
        "birth_date": "1980-04-03",
        "br/cpf": "39053344705",
    }
    assert {told.source for told in maria.told.values()} == {"ehr:agenda"}
    assert ContactPoint(system="ehr", value="agenda:1") in maria.contact_points


def test_whoever_writes_from_an_imported_number_is_that_patient(clinic: Cloud) -> None:
    (one,) = taken_in(clinic, HEADER + MARIA)
    record("boavista", received("oi"), later(minutes=1))
    assert [link.patient for link in patients.view("boavista", POINT).links] == [one.patient]


def test_the_same_file_again_changes_nothing(clinic: Cloud) -> None:
    first = taken_in(clinic, HEADER + MARIA + RUI)
    rows = clinic.items("patients")
    again = taken_in(clinic, HEADER + MARIA + RUI, now=later(hours=1))
    assert decisions(again) == ["unchanged", "unchanged"]
    assert [one.patient for one in again] == [one.patient for one in first]
    imported = [one for one in clinic.items("patients") if not one["pk"]["S"].startswith("T#boavista#J")]
    assert imported == [one for one in rows if not one["pk"]["S"].startswith("T#boavista#J")]


def test_so_does_one_whose_rows_have_no_ids(clinic: Cloud) -> None:
    table = "nome;telefone\nMaria da Silva;11 98765-4321\nRui Lima;11 3000-1111\nRui Lima;11 3000-1111\n"
    assert decisions(taken_in(clinic, table)) == ["new", "new", "unchanged"]
    assert decisions(taken_in(clinic, table, now=later(hours=1))) == ["unchanged"] * 3


def test_what_holds_still_is_fresh(clinic: Cloud) -> None:
    taken_in(clinic, HEADER + MARIA)
    (one,) = taken_in(clinic, HEADER + MARIA, now=later(days=30))
    assert one.decision == "unchanged"
    assert record_of(one).told["birth_date"].at == later(days=30)


def test_a_system_corrects_what_it_has_said(clinic: Cloud) -> None:
    taken_in(clinic, HEADER + MARIA)
    (one,) = taken_in(clinic, HEADER + MARIA.replace("da Silva", "da Silva Souza"), now=later(hours=1))
    assert one.decision == "updated"
    assert record_of(one).name == "Maria da Silva Souza"
    assert [link.name for link in patients.view("boavista", POINT).links] == ["Maria da Silva Souza"]


def test_it_may_say_more_and_another_number(clinic: Cloud) -> None:
    taken_in(clinic, HEADER + RUI)
    table = "id;nome;celular;email;cidade\n2;Rui Lima;(11) 98765-4321;rui@x.com;Santos\n"
    (one,) = taken_in(clinic, table, now=later(hours=1))
    rui = record_of(one)
    assert (one.decision, rui.told["city"].value, rui.told["birth_date"].value) == (
        "updated",
        "Santos",
        "1950-02-01",
    )
    assert [link.patient for link in patients.view("boavista", POINT).links] == [rui.id]


def test_an_id_that_is_somebody_elses_by_now_overwrites_nobody(clinic: Cloud) -> None:
    taken_in(clinic, HEADER + MARIA)
    (one,) = taken_in(clinic, HEADER + RUI.replace("2;", "1;", 1), now=later(hours=1))
    assert (one.decision, [issue.field for issue in one.issues]) == ("failed", ["id"])
    assert [link.name for link in patients.view("boavista", POINT).links] == ["Maria da Silva"]


def test_ids_mean_something_in_their_own_system_only(clinic: Cloud) -> None:
    (one,) = taken_in(clinic, HEADER + MARIA)
    (other,) = taken_in(clinic, HEADER + RUI.replace("2;", "1;", 1), source="billing")
    assert other.decision == "new"
    assert other.patient != one.patient


def test_who_is_known_from_another_system_is_the_same_person(clinic: Cloud) -> None:
    (known,) = taken_in(clinic, HEADER + MARIA)
    table = "nome;data de nascimento;celular\nMaria Silva;03/04/1980;11 98765-4321\n"
    (one,) = taken_in(clinic, table, source="billing", now=later(hours=1))
    assert (one.decision, one.person) == ("same", known.patient)
    assert one.score is not None
    assert one.score > 0.9
    record = record_of(one)
    assert (record.person, record.name) == (known.patient, "Maria Silva")
    (join,) = record_of(known).joined
    assert (join.record, join.by, bool(join.evidence)) == (record.id, "recado", True)


def test_two_who_share_a_number_are_two(clinic: Cloud) -> None:
    family = "nome;data de nascimento;celular\nMaria da Silva;03/04/1980;{0}\nJoão da Silva;05/06/2015;{0}\n"
    rows = taken_in(clinic, family.format("11 98765-4321"))
    assert decisions(rows) == ["new", "new"]
    assert len(patients.view("boavista", POINT).links) == 2


def test_what_conflicts_is_a_persons_to_decide(clinic: Cloud) -> None:
    taken_in(clinic, HEADER + MARIA)
    table = "nome;data de nascimento;celular;cpf\nMaria da Silva;04/04/1980;11 98765-4321;390.533.447-05\n"
    (one,) = taken_in(clinic, table, source="billing", now=later(hours=1))
    assert one.decision == "review"
    assert [asked.state for asked in reviews.of_record("boavista", str(one.patient))] == ["open"]
    assert record_of(one).person is None


def test_somebody_who_has_written_before_is_known_again(clinic: Cloud) -> None:
    record("boavista", received("oi", name="Maria da Silva"), NOW)
    (link,) = patients.view("boavista", POINT).links
    (one,) = taken_in(clinic, HEADER + MARIA, now=later(hours=1))
    assert (one.decision, one.person) == ("same", link.patient)


def test_a_row_that_says_no_name_or_nothing_fails_alone(clinic: Cloud) -> None:
    table = HEADER + ";;03/04/1980;11 98765-4321;\n" + '"x;y\n' + MARIA
    rows = taken_in(clinic, table)
    assert decisions(rows) == ["failed", "failed", "new"]
    assert [[issue.field for issue in one.issues] for one in rows] == [["name"], ["row"], []]


def test_what_was_left_out_of_a_row_is_told_without_its_value(clinic: Cloud) -> None:
    (one,) = taken_in(clinic, HEADER + "1;Maria da Silva;31/02/1980;12345;111\n")
    assert one.decision == "new"
    assert [issue.field for issue in one.issues] == ["birth_date", "document", "phone"]
    assert not any(value in one.model_dump_json() for value in ("31/02", "12345", "Maria"))


def test_a_number_that_stands_for_none_is_nobodys(clinic: Cloud) -> None:
    people = "".join(f"P{n} Souza{n};{n + 1:02d}/01/1980;11 98765-4321\n" for n in range(15))
    rows = taken_in(clinic, f"nome;data de nascimento;celular\n{people}")
    assert len(patients.view("boavista", POINT).links) == 13
    assert [issue.field for issue in rows[-1].issues] == ["phone"]


def test_a_file_gives_no_consent_to_marketing(clinic: Cloud) -> None:
    (one,) = taken_in(clinic, HEADER + MARIA)
    assert record_of(one).opted_out == {"marketing"}
    assert patients.consents("boavista", str(one.patient)) == []


def test_unless_it_says_by_what_it_is_known(clinic: Cloud) -> None:
    table = "nome;marketing;evidence;consent date\nMaria da Silva;sim;formulário no site;01/02/2026\n"
    (one,) = taken_in(clinic, table)
    assert record_of(one).opted_out == frozenset()
    (said,) = patients.consents("boavista", str(one.patient))
    assert (said.action, said.purposes, said.evidence) == ("start", ("marketing",), "formulário no site")
    assert said.at.date().isoformat() == "2026-02-01"


def test_who_has_opted_out_there_has_opted_out_here(clinic: Cloud) -> None:
    (one,) = taken_in(clinic, "id;nome;não contatar\n1;Maria da Silva;sim\n")
    assert record_of(one).opted_out == {"care", "marketing"}
    (said,) = patients.consents("boavista", str(one.patient))
    assert (said.action, said.source.partition(":")[0]) == ("stop", "import")


def test_a_file_that_says_otherwise_later_starts_nothing_again(clinic: Cloud) -> None:
    taken_in(clinic, "id;nome;não contatar\n1;Maria da Silva;sim\n")
    table = "id;nome;não contatar;marketing;evidence\n1;Maria da Silva;não;sim;formulário\n"
    (one,) = taken_in(clinic, table, now=later(hours=1))
    assert one.decision == "unchanged"
    assert record_of(one).opted_out == {"care", "marketing"}


def test_a_wish_that_comes_later_is_heard_once(clinic: Cloud) -> None:
    taken_in(clinic, "id;nome\n1;Maria da Silva\n")
    table = "id;nome;não contatar\n1;Maria da Silva;sim\n"
    first = taken_in(clinic, table, now=later(hours=1))
    again = taken_in(clinic, table, now=later(hours=2))
    assert (decisions(first), decisions(again)) == (["updated"], ["unchanged"])
    assert record_of(first[0]).opted_out == {"care", "marketing"}


def test_who_comes_to_a_number_where_somebody_stopped_has_stopped(clinic: Cloud) -> None:
    taken_in(clinic, "nome;celular;não contatar\nMaria da Silva;11 98765-4321;sim\n")
    (one,) = taken_in(clinic, "nome;celular\nRui Lima;11 98765-4321\n", now=later(hours=1))
    assert record_of(one).opted_out == {"care", "marketing"}


def test_who_has_died_is_written_to_nowhere(clinic: Cloud) -> None:
    telecom = [{"system": "phone", "value": "11 98765-4321"}]
    person = patient(name=[{"given": ["Maria"], "family": "da Silva"}], telecom=telecom)
    (alive,) = taken_in(clinic, bundle(person), "bundle")
    assert record_of(alive).phone == "+5511987654321"
    (one,) = taken_in(clinic, bundle({**person, "deceasedBoolean": True}), "bundle", now=later(hours=1))
    assert one.decision == "updated"
    assert record_of(one).phone is None
    assert record_of(one).opted_out == {"care", "marketing"}
    assert patients.view("boavista", POINT).links == ()


def test_a_number_of_before_is_theirs_no_more(clinic: Cloud) -> None:
    number = {"system": "phone", "value": "11 98765-4321"}
    person = patient(name=[{"text": "Maria da Silva"}], telecom=[number])
    taken_in(clinic, bundle(person), "bundle")
    moved = [{**number, "use": "old"}, {"system": "phone", "value": "11 3000-1111"}]
    (one,) = taken_in(clinic, bundle({**person, "telecom": moved}), "bundle", now=later(hours=1))
    assert record_of(one).phone == "+551130001111"
    assert patients.view("boavista", POINT).links == ()


def test_who_was_erased_is_not_taken_in_again(clinic: Cloud) -> None:
    (one,) = taken_in(clinic, HEADER + MARIA)
    known = record_of(one)
    blank = known.model_copy(update={"told": {}, "name": None, "erased_at": later(minutes=1)})
    patients.put("boavista", blank)
    (again,) = taken_in(clinic, HEADER + MARIA, now=later(hours=1))
    assert (again.decision, [issue.field for issue in again.issues]) == ("failed", ["id"])


def test_the_rows_of_a_slice_are_as_many_as_there_is_time_for(clinic: Cloud) -> None:
    names = ("Ana Souza", "Rui Lima", "Eva Prado", "Max Weber", "Lia Torres")
    people = "".join(f"{number};{name};;;\n" for number, name in enumerate(names))
    made = handed(HEADER + people)
    slices = worked_off(clinic, Context(HURRIED))
    known = imports.get("boavista", made.id)
    assert slices == 6
    assert (known.state, known.row, known.counts, known.position) == ("done", 5, {"new": 5}, known.size)


def test_a_slice_ends_after_200_rows(clinic: Cloud) -> None:
    made = handed(HEADER + "".join(f"{n};;;;\n" for n in range(200)) + MARIA)
    assert worked_off(clinic) == 2
    known = imports.get("boavista", made.id)
    assert (known.state, known.row, known.counts) == ("done", 201, {"failed": 200, "new": 1})
    assert imports.rows("boavista", made.id, 199, 100)[0].row == 200


@pytest.mark.parametrize("cut", [1, 60, 70, 100, 130])
def test_a_file_may_come_in_parts_that_are_cut_anywhere(clinic: Cloud, cut: int) -> None:
    whole = (HEADER + MARIA + RUI).encode()
    first, rest = whole[:cut].ljust(cut), whole[cut:]
    if cut < len(HEADER):
        first, rest = whole[: len(HEADER)], whole[len(HEADER) :]
    made = handed(first, more=True)
    assert (made.state, worked_off(clinic)) == ("receiving", 0)
    for _ in range(2):
        add_part("boavista", made.id, 2, rest, more=False)
    worked_off(clinic)
    known = imports.get("boavista", made.id)
    assert (known.state, known.counts, known.size) == ("done", {"new": 2}, len(whole))


def test_parts_come_in_their_order(clinic: Cloud) -> None:
    made = handed(HEADER, more=True)
    with pytest.raises(Invalid, match="Part 2"):
        add_part("boavista", made.id, 3, b"x", more=True)
    with pytest.raises(Invalid):
        add_part("boavista", made.id, 1, b"another", more=True)
    add_part("boavista", made.id, 2, MARIA.encode(), more=False)
    with pytest.raises(Conflict):
        add_part("boavista", made.id, 3, b"x", more=False)
    with pytest.raises(NotFound):
        add_part("delsol", made.id, 2, b"x", more=False)


@pytest.mark.usefixtures("clinic")
def test_a_part_has_its_limit() -> None:
    with pytest.raises(TooLarge):
        import_patients("boavista", "agent:ana", Handed("", "agenda", "csv", b"x" * 4_000_001, False), NOW)


def test_a_bundle_that_is_cut_short_says_so_and_keeps_what_came_before(clinic: Cloud) -> None:
    content = bundle(patient(name=[{"text": "Maria da Silva"}]), patient(id="p2"))
    made = handed(content[:-40], "bundle")
    worked_off(clinic)
    known = imports.get("boavista", made.id)
    assert (known.state, known.counts) == ("failed", {"new": 1})
    assert "Maria" not in known.problem


def test_a_slice_that_comes_twice_or_late_changes_nothing(clinic: Cloud) -> None:
    made = handed(HEADER + MARIA + RUI)
    event = clinic.queued("inbound")
    told = json.loads(event["Records"][0]["body"])["import"]
    import_rows("boavista", told, later(minutes=1), lambda: False)
    import_rows("boavista", told, later(minutes=2), lambda: True)
    rows = clinic.items("patients")
    import_rows("boavista", told, later(days=9), lambda: True)
    assert clinic.items("patients") == rows
    assert imports.get("boavista", made.id).counts == {"new": 2}


def test_what_was_queued_before_it_was_stored_is_taken_in_all_the_same(clinic: Cloud) -> None:
    made = handed(HEADER + MARIA)
    clinic.queued("inbound")
    unknown = made.model_copy(update={"id": f"{made.id[:-1]}0", "version": 0})
    from recado.store import import_files  # noqa: PLC0415 - as the API does, and then it died

    import_files.put("boavista", unknown.id, 1, (HEADER + MARIA).encode())
    queue_import("boavista", unknown)
    worked_off(clinic)
    assert imports.get("boavista", unknown.id).counts == {"new": 1}


def test_what_a_row_costs(clinic: Cloud) -> None:
    """Of somebody whom nobody knew: the record (one read), their number, who was erased, a transaction; then
    matching (four), the record again, and what became of the row."""
    made = handed(HEADER + MARIA + RUI)
    event = clinic.queued("inbound")
    with counted() as calls:
        import_rows("boavista", json.loads(event["Records"][0]["body"])["import"], NOW, lambda: True)
    assert imports.get("boavista", made.id).counts == {"new": 2}
    assert len(calls) <= 2 * 11 + 4


def test_what_it_costs_to_say_the_same_again(clinic: Cloud) -> None:
    taken_in(clinic, HEADER + MARIA + RUI)
    handed(HEADER + MARIA + RUI, now=later(hours=1))
    event = clinic.queued("inbound")
    with counted() as calls:
        import_rows("boavista", json.loads(event["Records"][0]["body"])["import"], NOW, lambda: True)
    assert len(calls) <= 2 * 2 + 4


@pytest.mark.usefixtures("clinic")
def test_one_clinics_import_is_nobody_elses() -> None:
    made = handed(HEADER + MARIA)
    with pytest.raises(NotFound):
        imports.get("delsol", made.id)
    assert imports.listing("delsol") == ([], None)
