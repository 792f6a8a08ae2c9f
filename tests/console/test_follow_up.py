"""What the desk owes, in the order in which it is owed; and a call, noted by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.conftest import Desk
from tests.console.stub import Json, ago, contact
from tests.console.test_accessibility import at_each_width, violations
from tests.console.test_desk import tab_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NURIA = "p14.1"
WHY: Json = {"kind": "learnt", "weekday": 1, "part": "morning", "rate": 0.6, "tried": 10, "reached": 6}


def named(page: Page, name: str) -> Locator:
    return page.locator(".contacts").get_by_role("link", name=re.compile(name))


def names(page: Page) -> list[str]:
    return page.locator(".row-name").all_inner_texts()


def owed(desk: Desk) -> Page:
    """Beatriz wrote late, Rosa later still and longer overdue, João cannot wait, Lia has time."""
    add = desk.world.add
    add(contact(1, "Beatriz Lima", "Oi", deadline_at=ago(minutes=12, seconds=5)))
    add(contact(2, "Rosa Dias", "Oi", deadline_at=ago(hours=2, seconds=5)))
    add(contact(5, "Lia Prata", "Oi", deadline_at=ago(minutes=-5, seconds=-30)))
    add(contact(8, "João Reis", "Dói muito", urgent_at=ago(minutes=1), deadline_at=ago(minutes=-9)))
    page = desk.sign_in()
    expect(named(page, "João Reis")).to_be_visible()
    return page


def test_what_is_urgent_comes_first_then_what_is_late_the_longest_first(desk: Desk) -> None:
    page = owed(desk)
    assert names(page)[:3] == ["João Reis", "Rosa Dias", "Beatriz Lima"]
    expect(named(page, "João Reis")).to_contain_text("Urgent")
    expect(named(page, "Beatriz Lima")).to_contain_text("late 12 min")
    expect(named(page, "Rosa Dias")).to_contain_text("late 2 h 00")
    expect(named(page, "Lia Prata")).to_contain_text("5 min left")


def test_what_is_urgent_stays_marked_for_whoever_has_it(desk: Desk) -> None:
    page = owed(desk)
    theirs = {"version": 2, "state": "assigned", "agent": "rui", "agent_name": "Rui Prado"}
    desk.world.contacts["p8.1"].update(theirs)
    named(page, "João Reis").click()
    expect(page.locator(".contact-head")).to_contain_text("Urgent With Rui Prado")
    assert violations(page) == []


def test_what_the_assistant_has_is_apart_and_nobody_waits_there(desk: Desk) -> None:
    served = {"state": "open", "flow": "book", "number": 0, "node": "day", "reason": None}
    desk.world.add(contact(6, "Ana Prata", "Quero marcar", state="new", dialogue=served))
    page = desk.sign_in()
    expect(page.get_by_role("heading", name="With the assistant")).to_be_visible()
    assert names(page)[-1] == "Ana Prata"
    expect(page.get_by_role("tab", name="Waiting 2")).to_be_visible()


def test_a_call_in_vain_is_noted_by_keyboard_and_planned_for_another_time(desk: Desk) -> None:
    desk.world.contacts[NURIA]["callback"] |= {"why": WHY}
    page = desk.sign_in()
    named(page, "Núria").click()
    card = page.get_by_role("region", name="Calls")
    expect(card).to_contain_text("Tuesday, in the morning; 6 of 10 calls reached somebody")
    tab_until(page, card.get_by_role("radio", name="Reached"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(card.get_by_role("radio", name="No answer")).to_be_checked()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Calls planned")).to_be_visible()
    expect(named(page, "Núria")).to_contain_text("Call Fri 2 Jan")
    expect(card).to_contain_text("Next call: Fri 2 Jan")
    card.get_by_text("1 attempt").click()
    expect(card.get_by_role("listitem")).to_contain_text("No answer")
    expect(page.get_by_role("status").filter(has_text="Attempt noted.")).to_be_attached()


def test_whoever_is_reached_is_ours_and_is_called_no_more(desk: Desk) -> None:
    page = desk.sign_in()
    named(page, "Núria").click()
    card = page.get_by_role("region", name="Calls")
    card.get_by_role("radio", name="Reached").check()
    card.get_by_label("Note (optional)").fill("Will call again")
    page.keyboard.press("Enter")
    expect(page.locator(".contact-head")).to_contain_text("With you")
    expect(card.get_by_role("link", name=re.compile("Call"))).to_have_count(0)
    assert desk.world.contacts[NURIA]["follow_up"]["attempts"][0]["note"] == "Will call again"


def test_a_refused_attempt_says_so_and_keeps_what_was_chosen(desk: Desk) -> None:
    refusal = {"error": {"code": "stale", "message": "Changed.", "field": None}}
    desk.world.refuse["attempts"] = (409, refusal)
    page = desk.sign_in()
    named(page, "Núria").click()
    card = page.get_by_role("region", name="Calls")
    card.get_by_role("radio", name="Busy").check()
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("alert")).to_contain_text("Someone else changed this")
    expect(card.get_by_role("radio", name="Busy")).to_be_checked()


def test_axe_finds_nothing_wrong_with_what_is_owed(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 860})
    page = owed(desk)
    assert violations(page) == []
    named(page, "Núria").click()
    expect(page.get_by_role("region", name="Calls")).to_be_visible()
    at_each_width(page)


def test_whoever_leads_is_told_of_contacts_that_nobody_sees_to(desk: Desk) -> None:
    lost = desk.world.contacts["p3.1"]
    desk.world.breaches = [{"contact": lost, "problem": "no_owner"}, {"contact": lost, "problem": None}]
    page = desk.page
    page.goto(desk.url)
    page.locator(".roles button", has_text="Carla Rocha").click()
    page.get_by_text("1 contact nobody is looking after").press("Enter")
    expect(page.get_by_text("Sam O'Neill: nobody is looking after it")).to_be_visible()
    assert violations(page) == []
