"""One person of several records, as the desk sees, joins, parts and judges them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from recado.actions.decide_review import decide_review
from recado.actions.note_consent import note_consent
from recado.model.patient import Told
from recado.model.profile import Evidence
from recado.model.review import Review
from recado.rules.reviews import pair_id
from recado.store import patients, reviews
from recado.store.rows import transaction

from tests.api.client import person
from tests.people import TENANT, believed, heard, known_as, latest, phone
from tests.samples import NOW, later

pytestmark = pytest.mark.usefixtures("clinic")
ana = person("agent")
lucia = person("agent", tenant="delsol", agent="lucia")
PAIR = pair_id("p1", "p2")
BORN = Told(value="1984-03-25", source="webform", at=NOW)
OTHER_DAY = BORN.model_copy(update={"value": "1984-03-26"})


@pytest.fixture(autouse=True)
def two(clinic: object) -> None:
    known_as("p1", "Maria Silva", timedelta(days=1), told={"birth_date": BORN})
    known_as("p2", "Maria Souza", told={"birth_date": OTHER_DAY})


def asked() -> None:
    """Recado does not know whether they are one person."""
    review = Review(
        id=PAIR,
        one="p1",
        other="p2",
        reason="birth_date",
        score=0.6,
        evidence=(Evidence(field="birth_date", level="conflict", weight=-4.0),),
        rule="1",
        raised_at=NOW,
    )
    with transaction() as work:
        reviews.raise_(TENANT, review, work)


def shown(path: str, **query: str) -> Any:
    answer = ana.get(path, **query)
    assert answer.status == 200, answer
    return answer.body


def decided(decision: str, expected: int = 200) -> Any:
    answer = ana.post(f"/reviews/{PAIR}/decision", {"decision": decision})
    assert answer.status == expected, answer
    return answer.body


def test_a_person_is_shown_by_any_of_their_records() -> None:
    heard("p1", "Bom dia")
    heard("p2", "Sou eu de novo", later(minutes=1))
    assert ana.post("/patients/p1/joins", {"record": "p2"}).status == 201
    shown_by = [shown(f"/patients/{record}") for record in ("p1", "p2")]
    assert shown_by[0] == shown_by[1]
    assert shown_by[0]["id"] == "p1"
    assert [(one["id"], one["confirmed"]) for one in shown_by[0]["records"]] == [("p1", True), ("p2", True)]
    numbers = [one["value"] for one in shown_by[0]["contact_points"]]
    assert numbers == [f"+{phone('p1')}", f"+{phone('p2')}"]
    for record in ("p1", "p2"):
        said = shown(f"/patients/{record}/timeline")["items"]
        assert [one["text"] for one in said] == ["Bom dia", "Sou eu de novo"]


def test_what_each_record_takes_is_told_once() -> None:
    note_consent(TENANT, "ana", "p2", NOW, action="stop", purposes=["care"], note="basta")
    ana.post("/patients/p1/joins", {"record": "p2"})
    body = shown("/patients/p1")
    assert body["opted_out"] == ["care"]
    assert [(one["source"], one["evidence"]) for one in body["consents"]] == [("agent:ana", "basta")]


def test_a_record_is_parted_and_each_is_shown_alone() -> None:
    ana.post("/patients/p1/joins", {"record": "p2"})
    parted = ana.call("DELETE", "/patients/p1/joins/p2")
    assert (parted.status, [one["id"] for one in parted.body["records"]]) == (200, ["p1"])
    assert shown("/patients/p2")["id"] == "p2"
    assert ana.call("DELETE", "/patients/p1/joins/p2").body == parted.body


def test_nobody_parts_what_was_never_joined() -> None:
    assert ana.call("DELETE", "/patients/p1/joins/p2").status == 404
    assert ana.call("DELETE", "/patients/p1/joins/p9").status == 404


def test_a_contact_says_whose_person_it_is_and_where_it_goes_on() -> None:
    heard("p2")
    ana.post("/patients/p1/joins", {"record": "p2"})
    aside = shown("/contacts/p2.1")
    assert (aside["person"], aside["merged_into"], aside["state"]) == ("p1", "p1.1", "closed")
    assert shown("/contacts/p1.1")["person"] == "p1"


def test_why_says_who_joined_them_by_what_and_where_they_are_reached() -> None:
    evidence = (Evidence(field="name", level="exact", weight=6.5),)
    believed("p2", "p1", evidence=evidence)
    heard("p2")
    why = shown("/patients/p2/why")
    assert why["patient"] == "p1"
    first, second = why["records"]
    assert (first["record"], first["joined"]) == ("p1", None)
    assert second["joined"] == {
        "into": "p1",
        "by": "recado",
        "at": "2026-11-23T14:00:00.000Z",
        "score": 0.99,
        "rule": "1",
        "evidence": [{"field": "name", "level": "exact", "weight": 6.5}],
        "confirmed": False,
        "confirmed_by": "",
    }
    assert [(one["value"], one["by"]) for one in second["reached"]] == [(f"+{phone('p2')}", "whatsapp")]
    assert [one["by"] for one in first["reached"]] == [None]


def test_what_recado_does_not_know_is_shown_side_by_side() -> None:
    asked()
    heard("p2", now=later(minutes=3))
    (found,) = shown("/reviews")["items"]
    assert found == shown(f"/reviews/{PAIR}")
    assert (found["id"], found["state"], found["joined"]) == (PAIR, "open", False)
    assert (found["reason"], found["score"]) == ("birth_date", 0.6)
    assert {"name", "birth_date"} == set(found["differs"])
    one, other = found["records"]
    assert (one["record"], one["fields"]["birth_date"], one["latest_at"]) == ("p1", "1984-03-25", None)
    assert (other["record"], other["latest_at"]) == ("p2", "2026-11-23T14:03:00.000Z")


def test_the_same_person_is_joined_to_the_record_that_was_known_before() -> None:
    asked()
    heard("p2")
    body = decided("same")
    assert (body["state"], body["decided_by"], body["joined"]) == ("same", "agent:ana", True)
    assert patients.get(TENANT, "p2").person == "p1"
    assert patients.get(TENANT, "p1").joined[0].evidence[0].field == "birth_date"
    assert latest("p1").recipient == "p2"
    assert shown("/reviews")["items"] == []


def test_different_people_stay_so_and_are_asked_about_no_more() -> None:
    asked()
    assert decided("different")["state"] == "different"
    assert patients.get(TENANT, "p2").person is None
    assert shown("/reviews")["items"] == []
    assert decided("different")["state"] == "different"
    decided("same", 409)


def test_what_recado_joined_by_itself_is_listed_until_somebody_says_that_it_is_right() -> None:
    believed("p2", "p1")
    (found,) = shown("/reviews", state="joined")["items"]
    assert (found["id"], found["joined"], found["state"]) == (PAIR, True, "open")
    assert shown("/reviews")["items"] == []
    assert decided("same")["state"] == "same"
    assert shown("/reviews", state="joined")["items"] == []
    assert patients.get(TENANT, "p2").confirmed
    decided("different", 409)


def test_what_recado_joined_wrongly_is_taken_apart() -> None:
    believed("p2", "p1")
    assert decided("different")["state"] == "different"
    assert patients.get(TENANT, "p2").person is None
    assert shown("/reviews", state="joined")["items"] == []


def test_nobody_decides_what_nobody_asked() -> None:
    decided("same", 404)
    assert ana.get(f"/reviews/{PAIR}").status == 404


def test_another_clinic_sees_and_decides_none_of_it() -> None:
    asked()
    believed_pair = lucia.post(f"/reviews/{PAIR}/decision", {"decision": "same"})
    answers = [
        believed_pair,
        lucia.get(f"/reviews/{PAIR}"),
        lucia.get("/patients/p1/why"),
        lucia.post("/patients/p1/joins", {"record": "p2"}),
        lucia.call("DELETE", "/patients/p1/joins/p2"),
    ]
    assert [one.status for one in answers] == [404] * 5
    assert lucia.get("/reviews").body["items"] == []


def test_a_decision_counts_once_whoever_else_decides() -> None:
    asked()
    decide_review(TENANT, PAIR, "different", "agent:bruno", NOW)
    decided("same", 409)
    assert reviews.get(TENANT, PAIR).decided_by == "agent:bruno"
