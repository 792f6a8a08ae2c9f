"""The waiting list: who is asked first, what they are offered, and how the clinic offers; by keyboard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.console.agenda import LIMA, slot, visit
from tests.console.conftest import Desk
from tests.console.signed_in import page_of
from tests.console.stub import ago
from tests.console.test_accessibility import violations
from tests.console.waiting import entry, offer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

IN_47_MINUTES = timedelta(minutes=47, seconds=30)


def opened(desk: Desk, who: str = "admin") -> Page:
    soon = ago(seconds=-IN_47_MINUTES.total_seconds())
    held = {"state": "offered", "offers": 1, "offer": offer("w2", "2099-11-24T12:30:00Z", soon)}
    desk.world.waiting.items |= {
        "w1": entry("w1", "Maria Souza", weekdays=[1], practitioners=["d2"]),
        "w2": entry("w2", "João Reis", **held),
    }
    return page_of(desk, "waiting", who)


def test_somebody_is_put_on_the_list_before_others_and_off_it_by_keyboard(desk: Desk) -> None:
    desk.world.identity.near = [{"id": "p3", "name": "Sam O'Neill", "kind": "patient"}]
    desk.world.appointments.append(visit("a1", "2099-11-24T09:00", "Sam O'Neill", patient="p3"))
    page = opened(desk, "agent")
    expect(page.get_by_text("SMS: no answer yet · held for 47 min more")).to_be_visible()
    page.get_by_role("button", name="Add somebody").press("Enter")
    expect(page.get_by_label("Phone number of the patient")).to_be_focused()
    page.keyboard.type("+5511900000101")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Sam O'Neill")).to_be_checked()
    page.get_by_label("Earlier than a visit they have?").select_option("a1")
    page.get_by_role("checkbox", name="in the morning").press("Space")
    page.get_by_role("button", name="Put on the list").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Sam O'Neill is on the waiting list.")).to_be_attached()
    page.get_by_role("button", name="Give priority : Sam O'Neill").press("Enter")
    page.get_by_label("Reason").fill("in pain")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").first).to_contain_text("Priority: 1")
    page.get_by_role("button", name="Take off the list : Maria Souza").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Take off the list").press("Enter")
    expect(page.get_by_role("heading", name="Maria Souza")).to_have_count(0)
    (_, joined), (_, first) = desk.world.waiting.asked
    assert (joined["patient"], joined["type_id"], joined["parts"]) == ("p3", "t1", ["morning"])
    assert joined["instead_of"] == "a1"
    assert first == {"priority": 1, "reason": "in pain", "version": 1}


def test_a_free_time_is_offered_by_hand_first_those_that_they_asked_for(desk: Desk) -> None:
    soon = {"start": ago(days=-2)}
    tuesday = slot("2099-11-24T09:00", LIMA) | soon
    desk.world.agenda.slots += [slot("2099-11-25T09:00") | soon, tuesday]
    page = opened(desk)
    page.get_by_role("button", name="Offer a time : Maria Souza").press("Enter")
    offered = page.get_by_role("radio", name="Dra Lima")
    expect(offered).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(1)
    page.get_by_role("checkbox", name="Also show").press("Space")
    expect(page.get_by_role("radio")).to_have_count(2)
    offered.press("Space")
    assert violations(page) == []
    refusal = {"code": "conflict", "message": "This time is not free.", "field": None}
    desk.world.refuse["offer"] = (409, {"error": refusal})
    page.get_by_role("button", name="Hold and ask").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("It cannot be offered now")
    del desk.world.refuse["offer"]
    page.get_by_role("button", name="Hold and ask").press("Enter")
    expect(page.get_by_text("offered a time")).to_have_count(2)
    assert desk.world.waiting.asked[-1][1] == {"practitioner_id": "d2", "start": tuesday["start"]}


def test_only_an_administrator_says_how_times_are_offered(desk: Desk) -> None:
    page = opened(desk)
    page.get_by_label("People at a time").fill("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 people are asked at a time")).to_be_visible()
    assert desk.world.waiting.offering == {"hold_minutes": 60, "at_once": 2}


def test_the_desk_reads_how_times_are_offered_and_axe_finds_nothing_wrong(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 860})
    page = opened(desk, "agent")
    expect(page.get_by_text("A time that is freed is held for 60 minutes of open hours.")).to_be_visible()
    expect(page.get_by_label("People at a time")).to_have_count(0)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
