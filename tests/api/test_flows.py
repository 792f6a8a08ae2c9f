"""A clinic's own flows, answers and results, by the API."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from recado.actions.erase import erase
from recado.actions.forget import forget
from recado.store import erasures, patients, results

from tests.api.client import person
from tests.samples import NOW
from tests.talks import ALWAYS, TENANT, Talk, article, bot_on

pytestmark = pytest.mark.usefixtures("clinic")


def own_menu() -> dict[str, Any]:
    """The menu that ships, with one word changed."""
    flow: dict[str, Any] = deepcopy(person("agent").get("/flows/menu").body)
    for language in flow["nodes"]["start"]["text"]:
        flow["nodes"]["start"]["text"][language] = "Oi! {clinic} aqui."
    return {"start": flow["start"], "nodes": flow["nodes"], "base": flow["number"], "note": "shorter"}


def test_every_flow_that_ships_is_there_to_be_read_and_saved_again() -> None:
    admin = person("admin")
    for one in admin.get("/flows").body["items"]:
        flow = admin.get(f"/flows/{one['id']}").body
        body = {"start": flow["start"], "nodes": flow["nodes"], "base": 0}
        assert admin.post(f"/flows/{one['id']}/versions", body).status == 201


def test_a_clinic_s_own_flow_holds_from_then_on_and_who_is_in_the_middle_goes_on_by_the_old_one() -> None:
    bot_on(hours=ALWAYS)
    before = Talk()
    assert before.says("Oi").startswith("Olá! Sou o assistente automático")
    saved = person("admin").post("/flows/menu/versions", own_menu())
    assert (saved.status, saved.body["number"], saved.body["by"]) == (201, 1, "agent:ana")
    assert "Olá! Sou o assistente automático" in before.says("xyzzy plugh")
    after = Talk(sender="5511900000002", name="João Souza")
    assert after.says("Oi").startswith("Oi! Clínica Boa Vista aqui.")
    assert after.latest.flow == "menu.1"


def test_it_goes_back_to_what_ships() -> None:
    admin = person("admin")
    admin.post("/flows/menu/versions", own_menu())
    assert admin.call("PUT", "/flows/menu/current", {"number": 0}).body["number"] == 0
    assert [one["number"] for one in admin.get("/flows/menu/versions").body["items"]] == [1, 0]
    assert admin.call("PUT", "/flows/menu/current", {"number": 7}).status == 404


def test_a_flow_with_a_fault_is_refused_by_its_place() -> None:
    broken = own_menu()
    broken["nodes"]["start"]["choices"][0]["next"] = "nowhere"
    assert person("admin").post("/flows/menu/versions", broken).error == ("invalid", "nodes.start")
    odd = own_menu()
    odd["nodes"]["start"]["kind"] = "spell"
    assert person("admin").post("/flows/menu/versions", odd).error == ("invalid", "nodes.start")


def test_of_two_who_change_the_same_version_the_second_is_told() -> None:
    admin = person("admin")
    assert admin.post("/flows/menu/versions", own_menu()).status == 201
    late = {**own_menu(), "base": 0, "note": "another"}
    assert admin.post("/flows/menu/versions", late).error == ("conflict", "base")


def test_self_service_is_switched_on_and_says_what_the_clinic_wants() -> None:
    wanted = {"bot": "on", "address": "Rua das Flores, 12", "emergency": {"es": "Llame al 061."}}
    link = {"review_link": "https://g.page/r/boavista/review", "survey_minutes": 60, "hosted_intents": "on"}
    link |= {"result_hosts": ["resultados.boavista.example"]}
    assert person("admin").call("PUT", "/self-service", {**wanted, **link}).status == 200
    answer = person("admin").call("PUT", "/self-service", wanted)
    assert answer.body == {**wanted, **link, "emergency_number": "192"}
    assert person("agent").get("/self-service").body == answer.body
    assert Talk().says("Oi") != ""


@pytest.mark.parametrize("link", ["http://g.page/r", "https://", "javascript:alert(1)", "https://a b"])
def test_a_link_that_patients_are_sent_is_one(link: str) -> None:
    answer = person("admin").call("PUT", "/self-service", {"bot": "off", "review_link": link})
    assert answer.error == ("invalid", "review_link")


@pytest.mark.parametrize(
    "host", ["https://a.example", "a.example/x", "a", "A.example", "a.example:8", "a b.example"]
)
def test_where_results_may_be_seen_is_a_host(host: str) -> None:
    answer = person("admin").call("PUT", "/self-service", {"bot": "off", "result_hosts": [host]})
    assert answer.error == ("invalid", "result_hosts.0")


def test_an_answer_is_written_changed_found_and_taken_away() -> None:
    lead, body = person("supervisor"), {
        "language": "pt-BR",
        "questions": ["Onde posso estacionar?"],
        "answer": "Na rua ao lado.",
        "source": "Recepção",
        "review_by": "2099-01-01",
    }  # fmt: skip
    made = lead.post("/articles", body).body
    (found,) = lead.get("/articles", q="posso estacionar ai?", language="pt-BR").body["items"]
    assert (found["id"], found["answers"], found["stale"]) == (made["id"], True, False)
    changed = lead.post("/articles", {**body, "id": made["id"], "answer": "No pátio.", "version": 1})
    assert (changed.status, changed.body["answer"], changed.body["version"]) == (201, "No pátio.", 2)
    assert lead.post("/articles", {**body, "id": made["id"], "version": 1}).error == ("stale", None)
    assert lead.post("/articles", {**body, "review_by": "2099-02-30"}).error == ("invalid", "review_by")
    assert lead.call("DELETE", f"/articles/{made['id']}/pt-BR").body["items"] == []
    assert lead.get("/articles").body["items"] == []


def test_what_was_asked_and_not_found_is_counted_and_says_of_nobody_who_asked() -> None:
    bot_on(hours=ALWAYS)
    article("Na rua ao lado.", "Onde posso estacionar?")
    asked = ("O cachorro comeu a receita, 11 98765-4321", "a receita o cachorro comeu!")
    for number, text in enumerate(asked):
        Talk(sender=f"551190000000{number}", name=f"Rui {number}").later(hours=number).says(text)
    (one,) = person("supervisor").get("/articles/unanswered").body["items"]
    assert (one["text"], one["times"]) == ("a receita o cachorro comeu", 2)
    assert person("agent").get("/articles/unanswered").status == 403


def test_of_whom_all_is_erased_the_results_are_too() -> None:
    talk = Talk()
    talk.says("oi")
    assert (
        person("admin").post(f"/patients/{talk.patient}/results", {"id": "r1", "ready": True}).status == 201
    )
    who = talk.patient
    erase(TENANT, who, NOW, by="role:admin", reason="requested")
    erasure = erasures.find(TENANT, who)
    assert erasure is not None
    forget(TENANT, erasure, NOW)
    assert results.find(TENANT, who) is None
    assert patients.find(TENANT, who) is not None


@pytest.mark.parametrize("link", ["http://a.example/x", "https://a b", "https://x", "https://evil.example/x"])
def test_a_link_leads_to_where_the_admin_has_said(link: str) -> None:
    talk = Talk()
    talk.says("oi")
    hosts = {"bot": "off", "result_hosts": ["a.example"]}
    assert person("admin").call("PUT", "/self-service", hosts).status == 200
    body = {"id": "r1", "ready": True, "link": "https://a.example/x"}
    assert person("agent").post(f"/patients/{talk.patient}/results", body).status == 201
    body = {"id": "r1", "ready": True, "link": link}
    assert person("admin").post(f"/patients/{talk.patient}/results", body).error == ("invalid", "link")
