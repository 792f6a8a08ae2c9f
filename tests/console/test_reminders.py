"""Policies of reminders, tried before they are saved; and whom to call after an outage."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.console.agenda import visit
from tests.console.conftest import Desk
from tests.console.reminders import Json
from tests.console.signed_in import page_of
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OUTAGE: Json = {"began_at": "2026-11-23T08:00:00Z", "found_at": "2026-11-23T11:00:00Z"}
OUTAGE |= {"seen_by": None, "seen_at": None}
PLANNED: list[Json] = [
    {"step": "24h", "due_at": "2099-11-23T12:30:00Z", "local": "2099-11-23T09:30", "by": "message"}
    | {"only": None, "state": "planned", "reason": None, "text": "Your visit is tomorrow at 09:30."}
    | {"spoken": "Your appointment is tomorrow, at half past nine."},
    {"step": "3h", "due_at": "2099-11-24T09:30:00Z", "local": "2099-11-24T06:30", "by": "message"}
    | {"only": "unconfirmed", "state": "skipped", "reason": "quiet_hours", "text": "", "spoken": ""},
]


def opened(desk: Desk, *, name: str = "Carla Rocha") -> Page:
    page = desk.page
    page.goto(desk.url)
    page.locator(".roles button", has_text=name).click()
    page.get_by_role("link", name="Agenda").click()
    page.get_by_role("link", name="Reminders").click()
    expect(page.get_by_role("heading", name="Reminders", exact=True)).to_be_visible()
    return page


def missed(desk: Desk) -> None:
    desk.world.reminders.outage = dict(OUTAGE)
    late = {"step": "24h", "due_at": "2026-11-23T09:00:00Z", "found_at": "2026-11-23T11:00:00Z"}
    late |= {"reason": "late", "phone": "+5511900000102"}
    visits = [visit("b", "2099-11-25T10:00", "Rosa Dias"), visit("a", "2099-11-24T09:30", "João Reis")]
    off = visit("c", "2099-11-24T08:00", "Ana Prata", status="cancelled")
    desk.world.reminders.missed = [late | {"appointment": one} for one in (*visits, off, visits[0])]


def test_after_an_outage_each_visit_is_called_once_the_next_first(desk: Desk) -> None:
    missed(desk)
    page = opened(desk, name="Ana Souza")
    people = page.locator(".missed li")
    expect(people).to_contain_text(["João Reis", "Rosa Dias"])
    expect(people.first.get_by_role("link")).to_have_attribute("href", "tel:+5511900000102")
    expect(people.first).to_contain_text("it would have come too late")
    page.get_by_role("button", name="I’ll see to it").press("Enter")
    expect(page.get_by_text("Someone has been seeing to it since Mon 23 Nov, 09:00.")).to_be_visible()
    assert desk.world.reminders.asked == [("seen", {"found_at": OUTAGE["found_at"]})]
    expect(page.get_by_role("heading", name="When we remind")).to_have_count(0)


def test_a_policy_is_tried_on_a_visit_before_it_is_saved(desk: Desk) -> None:
    desk.world.reminders.planned = PLANNED
    page = opened(desk)
    page.get_by_role("button", name="Edit : The whole clinic").press("Enter")
    page.get_by_role("group", name="24h").get_by_label("How long").fill("2")
    page.get_by_label("A visit booked now for").fill("2099-11-24T09:30")
    page.get_by_role("button", name="Show what would go out").press("Enter")
    planned = page.get_by_role("list", name="Show what would go out").get_by_role("listitem")
    expect(planned.first).to_contain_text("Mon 23 Nov, 09:30")
    expect(planned.first).to_contain_text("The call says:Your appointment is tomorrow, at half past nine.")
    expect(planned.first).to_contain_text("Your visit is tomorrow at 09:30.")
    expect(planned.last).to_contain_text("Skipped")
    expect(planned.last).to_contain_text("it would have come at night")
    assert violations(page) == []
    [(where, asked)] = desk.world.reminders.asked
    assert (where, asked["start"]) == ("preview", "2099-11-24T09:30")
    assert asked["policy"]["steps"][0]["minutes"] == -2880
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("2 d before")).to_be_visible()
    assert desk.world.reminders.asked[-1][1]["version"] == 1


def test_a_kind_of_visit_gets_rules_of_its_own_and_loses_them_again(desk: Desk) -> None:
    page = opened(desk)
    page.get_by_label("Own rules for").select_option("Check-up")
    own = page.get_by_role("article", name="Check-up")
    own.get_by_role("button", name="Another step").press("Enter")
    own.get_by_role("group", name="Another step").get_by_label("Name of the step").fill("survey")
    added = own.get_by_role("group", name="survey")
    added.get_by_label("Before or after").select_option("after")
    added.get_by_label("What for").select_option("survey")
    added.get_by_text("By which channels").press("Enter")
    added.get_by_label("First by").select_option("email")
    added.get_by_label("Choice 2").select_option("sms")
    own.get_by_label("Language").select_option("ca")
    own.get_by_label("Own words for").select_option("Survey from 0 to 10, Catalan")
    own.get_by_label("Survey from 0 to 10, Catalan").fill("Com va anar?")
    own.get_by_role("button", name="Save").press("Enter")
    expect(own.get_by_text("1 d after")).to_be_visible()
    own.get_by_role("button", name="Back to the clinic’s").press("Enter")
    expect(own).to_have_count(0)
    saved = desk.world.reminders.asked[0][1]
    assert saved["steps"][-1]["channels"] == ["email", "sms"]
    assert (saved["language"], saved["words"]) == ("ca", {"survey_nps": {"ca": "Com va anar?"}})
    where = [one for one, _ in desk.world.reminders.asked]
    assert where == ["t1", "drop t1"]


def test_a_step_that_the_server_refuses_is_marked_and_the_reason_is_read_out(desk: Desk) -> None:
    said = "A reminder says nothing of what the visit is about."
    refusal = {"error": {"code": "invalid", "message": said, "field": "steps.1.text"}}
    page = opened(desk)
    page.get_by_role("button", name="Edit : The whole clinic").click()
    desk.world.refuse["reminder-policies"] = (400, refusal)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text(said)
    text = page.get_by_role("group", name="3h").get_by_label("Text")
    expect(text).to_have_attribute("aria-invalid", "true")


def test_an_administrator_lets_a_voice_call_and_the_page_fits_each_width(desk: Desk) -> None:
    missed(desk)
    page = page_of(desk, "reminders")
    page.get_by_role("button", name="Edit : The whole clinic").click()
    page.get_by_label("Own words for").select_option("News, English")
    for width in (1640, 1280, 390):
        page.set_viewport_size({"width": width, "height": 860})
        assert violations(page) == []
        assert page.evaluate("document.querySelector('main').scrollWidth") <= width
    calls = page.get_by_role("region", name="Reminder calls")
    expect(calls).to_contain_text("none between 21:00 and 08:00")
    expect(calls).to_contain_text("Hello. This is Clínica Boa Vista.")
    calls.get_by_label("Call from").select_option("+551140001111")
    calls.get_by_role("button", name="Save").press("Enter")
    expect(calls.get_by_text("On: patients are called from +551140001111.")).to_be_visible()
    assert desk.world.reminders.calls["number"] == "+551140001111"
