"""Who somebody is, beside the conversation: disputes, what is left to ask, whose a contact is, erasure."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.stub import ago
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def told(field: str, value: str, source: str, days: float, **values: Any) -> dict[str, Any]:
    """What somebody says of Sam."""
    said = {"field": field, "value": value, "source": source, "at": ago(days=days), "record": "p3"}
    return said | {"stale": False} | values


def record(ident: str, *, confirmed: bool) -> dict[str, Any]:
    return {"id": ident, "name": "Sam O'Neill", "confirmed": confirmed}


SAM: dict[str, Any] = {
    "kind": "patient",
    "care": {"team": "reception", "note": "Be gentle.", "by": "agent:ana", "at": ago(days=3)},
    "fields": [
        told("birth_date", "1984-03-25", "import:i1", 100),
        told("city", "Lisboa", "webform", 900, stale=True),
    ],
    "disputes": [told("birth_date", "1984-05-23", "whatsapp", 2)],
    "ask_to_book": [{"field": "name", "why": "missing"}],
    "ask_to_register": [{"field": "name", "why": "missing"}, {"field": "city", "why": "stale"}],
    "records": [record("p3", confirmed=True), record("p77", confirmed=False)],
}
WHY: list[dict[str, Any]] = [
    {"record": "p3", "name": "Sam O'Neill", "joined": None, "reached": []},
    {
        "record": "p77",
        "name": "S. O'Neill",
        "joined": {
            "by": "recado",
            "at": ago(days=1),
            "confirmed": False,
            "evidence": [{"field": "phone", "level": "same, of 1", "weight": 4.2}],
        },
        "reached": [{"system": "phone", "value": "+5511900000101", "since": ago(days=9), "by": "whatsapp"}],
    },
]


@pytest.fixture
def sam(desk: Desk) -> Page:
    """Sam's contact, with the patient beside it."""
    known = desk.world.identity
    known.people["p3"] = {**SAM}
    known.others["why"] = WHY
    known.near = [{"id": "p55", "name": "Ana O'Neill", "kind": "lead"}]
    return opened(desk)


def opened(desk: Desk) -> Page:
    page = desk.sign_in()
    page.goto(f"{desk.url}#/contact/p3.1")
    expect(page.locator(".contact-head")).to_be_visible()
    if page.locator(".panel-toggle").is_visible():
        page.locator(".panel-toggle").click()
    return page


def test_what_sources_dispute_is_settled_by_choosing_one(desk: Desk, sam: Page) -> None:
    dispute = sam.get_by_role("group", name="Birth date: which is right?")
    expect(dispute.get_by_role("button", name="25 March 1984")).to_contain_text("the import, 3 months ago")
    with sam.expect_response(re.compile("/disputes$")):
        dispute.get_by_role("button", name=re.compile("23 May 1984 WhatsApp, 2 days ago")).click()
    assert desk.world.identity.said == [
        ("disputes", {"field": "birth_date", "value": "1984-05-23", "version": 1})
    ]


def test_only_what_is_missing_or_stale_is_asked(desk: Desk, sam: Page) -> None:
    sam.get_by_text("To book, ask for").click()
    sam.get_by_role("button", name="All for the papers").click()
    sam.get_by_label("Name", exact=True).fill("Sam O'Neill Lima")
    expect(sam.get_by_label("Town")).to_have_value("Lisboa")
    expect(sam.get_by_label("Birth date")).to_have_count(0)
    with sam.expect_response(re.compile("/fields$")):
        sam.locator(".ask").get_by_role("button", name="Save").click()
    said = {"name": "Sam O'Neill Lima", "city": "Lisboa", "version": 1}
    assert desk.world.identity.said == [("fields", said)]


def test_a_team_that_looks_after_somebody_is_seen_at_once_and_can_change(desk: Desk, sam: Page) -> None:
    expect(sam.get_by_text("Looked after by: Reception.")).to_be_visible()
    sam.get_by_text("Known as, team").click()
    sam.locator(".folds").get_by_label("Known as").select_option("member")
    sam.locator(".folds").get_by_label("Looked after by").select_option("")
    with sam.expect_response(re.compile("/care$")):
        sam.locator(".folds").get_by_role("button", name="Save").click()
    assert desk.world.identity.said == [("kind", {"kind": "member"}), ("care", {"team": None, "note": ""})]


def test_the_records_say_why_they_are_one(sam: Page) -> None:
    sam.locator("summary", has_text="Records").click()
    expect(sam.get_by_text("Joined by Recado yesterday, not confirmed")).to_be_visible()
    sam.get_by_text("Why are these one?").click()
    expect(sam.locator(".evidence")).to_contain_text("The same phone")
    expect(sam.get_by_role("button", name=re.compile("Take apart.*S. O'Neill"))).to_be_enabled()
    assert violations(sam) == []


def test_who_shares_the_number_is_noted_as_family(desk: Desk, sam: Page) -> None:
    sam.get_by_text("Family, shared number").click()
    expect(sam.get_by_text("The same number is also used by: Ana O'Neill")).to_be_visible()
    sam.get_by_label("What they are to the patient").select_option("guardian")
    with sam.expect_response(re.compile("/related$")):
        sam.get_by_role("button", name="Add").click()
    assert desk.world.identity.said == [("related", {"patient": "p55", "relationship": "guardian"})]


def test_a_parent_of_somebody_whose_birth_date_nobody_knows_is_not_noted_yet(desk: Desk, sam: Page) -> None:
    refused = {"code": "invalid", "message": "Say until when.", "field": "until"}
    desk.world.refuse["related"] = (400, {"error": refused})
    sam.get_by_text("Family, shared number").click()
    sam.get_by_role("button", name="Add").click()
    expect(sam.get_by_role("alert")).to_contain_text("note the patient’s birth date first.")


def test_an_agent_says_for_whom_a_shared_contact_is(desk: Desk) -> None:
    known = desk.world.identity
    known.people["p3"] = {**SAM, "kind": "household", "name": None, "care": None, "disputes": []}
    known.household = [{"patient": "pa", "name": "Maria Souza", "kind": "patient"}]
    page = opened(desk)
    asked = page.get_by_role("region", name="For whom is this?")
    expect(
        page.get_by_role("region", name="Patient").get_by_role("button", name="Change preferences")
    ).to_be_visible()
    expect(page.get_by_text("To book, ask for")).to_have_count(0)
    expect(page.get_by_role("button", name="Book an appointment")).to_have_count(0)
    asked.get_by_role("button", name="Somebody new").click()
    assert violations(page) == []
    asked.get_by_role("button", name="Maria Souza").click()
    expect(page.locator(".contact-head").get_by_role("heading", name="Maria Souza")).to_be_visible()
    expect(asked).to_have_count(0)
    assert known.said == [("attribution", {"patient": "pa", "version": 1})]


def test_what_only_recado_believes_is_said_quietly(desk: Desk) -> None:
    desk.world.identity.people["p3"] = {
        "records": [record("p1", confirmed=True), record("p3", confirmed=False)]
    }
    expect(opened(desk).get_by_text("Probably Sam O'Neill, not confirmed")).to_be_visible()


def test_an_administrator_erases_somebody_for_a_reason(desk: Desk, sam: Page) -> None:
    sam.evaluate("sessionStorage.setItem('recado.token', 'token-admin-None')")
    sam.reload()
    sam.locator("summary", has_text="Erase").click()
    sam.get_by_role("button", name="Erase this person…").click()
    dialog = sam.get_by_role("dialog", name="Erase Sam O'Neill?")
    expect(dialog.get_by_text("There is no way back.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Erase for good")).to_be_disabled()
    dialog.get_by_label("They asked for it").check()
    with sam.expect_response(re.compile("/erasure$")):
        dialog.get_by_role("button", name="Erase for good").click()
    assert desk.world.identity.said == [("erasure", {"reason": "requested"})]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("visits", "A visit is still to come: cancel it first."),
        ("records", "Only Recado believes that one of these records is theirs"),
    ],
)
def test_why_nobody_may_be_erased_is_said(sam: Page, field: str, words: str) -> None:
    sam.evaluate("sessionStorage.setItem('recado.token', 'token-admin-None')")
    sam.reload()
    refusal = {"error": {"code": "conflict", "message": "No.", "field": field}}
    sam.route(re.compile("/erasure$"), lambda route: route.fulfill(status=409, json=refusal))
    sam.locator("summary", has_text="Erase").click()
    sam.get_by_role("button", name="Erase this person…").click()
    sam.get_by_role("dialog").get_by_label("They asked for it").check()
    sam.get_by_role("button", name="Erase for good").click()
    expect(sam.get_by_role("dialog").get_by_role("alert")).to_contain_text(words)


def test_axe_finds_nothing_wrong_beside_a_patient(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 1280, "height": 860})
    desk.world.identity.people["p3"] = {**SAM}
    page = opened(desk)
    for fold in ("To book, ask for", "What we know", "Known as, team", "Family, shared number"):
        page.get_by_text(fold).click()
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 860})
        assert violations(page) == []
