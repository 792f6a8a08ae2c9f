"""Who sees patients, when, and what for: entered by a supervisor, read by everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.agenda import LIMA
from tests.console.conftest import Desk
from tests.console.test_accessibility import at_each_width, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def opened(desk: Desk, *, name: str = "Carla Rocha") -> Page:
    page = desk.page
    page.goto(desk.url)
    page.locator(".roles button", has_text=name).click()
    page.get_by_role("link", name="Agenda").click()
    expect(page.get_by_role("group", name="What the agenda shows")).to_be_visible()
    page.goto(f"{desk.url}#/schedules")
    expect(page.get_by_role("heading", name="Who sees patients, and when")).to_be_visible()
    return page


def hours_of(page: Page, name: str) -> Locator:
    page.get_by_role("button", name=f"Hours : {name}").click()
    form = page.locator(".schedule")
    expect(form.get_by_text("No hours yet: can be booked at any time.")).to_be_visible()
    return form


def test_a_practitioners_hours_are_entered_by_keyboard(desk: Desk) -> None:
    page = opened(desk)
    form = hours_of(page, "Dr Prado")
    monday = form.get_by_role("group", name="Monday")
    monday.get_by_role("button", name="Hours").focus()
    page.keyboard.press("Enter")
    monday.get_by_label("From").fill("08:00")
    monday.get_by_role("button", name="Hours").press("Enter")
    expect(monday.get_by_label("Until").last).to_have_value("18:00")
    form.get_by_role("button", name="Another special day").press("Enter")
    form.get_by_label("Day", exact=True).fill("2099-12-08")
    expect(form.get_by_text("Closed")).to_be_visible()
    form.get_by_label("Minutes between starts").fill("20")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_attached()
    [(where, said)] = desk.world.agenda.asked
    assert where == "d1/schedule"
    assert said["weekly"] == [
        {"weekday": 0, "begins": "08:00", "ends": "13:00", "types": []},
        {"weekday": 0, "begins": "14:00", "ends": "18:00", "types": []},
    ]
    assert (said["special"], said["grid"], said["version"]) == ([{"day": "2099-12-08", "spans": []}], 20, 0)


def test_hours_that_the_server_refuses_are_marked_where_they_are(desk: Desk) -> None:
    refusal = {"error": {"code": "invalid", "message": "No.", "field": "weekly.0.ends"}}
    page = opened(desk)
    form = hours_of(page, "Dr Prado")
    tuesday = form.get_by_role("group", name="Tuesday")
    tuesday.get_by_role("button", name="Hours").click()
    desk.world.refuse["schedule"] = (400, refusal)
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("Hours end after they begin")
    expect(tuesday.get_by_label("Until")).to_have_attribute("aria-invalid", "true")


def test_a_practitioner_and_a_kind_of_visit_are_added_and_changed(desk: Desk) -> None:
    page = opened(desk)
    page.get_by_role("button", name="Add a practitioner").click()
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Dra Sol")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dra Sol")).to_be_visible()
    page.get_by_role("button", name="Add a kind of visit").click()
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("First visit")
    page.get_by_role("checkbox", name="Patients may book it themselves").check()
    page.get_by_role("checkbox", name="Dra Lima").check()
    page.get_by_role("button", name="Save").click()
    card = page.locator(".card", has=page.get_by_role("heading", name="First visit"))
    expect(card).to_contain_text("30 min · booked by patients, too · Dra Lima")
    page.get_by_role("button", name="Edit : Dra Lima").click()
    page.get_by_role("checkbox", name="In use").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="Dra Lima")).to_contain_text("Not in use")
    wanted = {"name": LIMA["name"], "languages": [], "active": False, "version": 1}
    assert desk.world.agenda.asked == [("d2", wanted)]


def test_the_front_desk_reads_hours_and_changes_none(desk: Desk) -> None:
    page = opened(desk, name="Ana Souza")
    form = hours_of(page, "Dr Prado")
    expect(form.get_by_label("Minutes between starts")).to_be_disabled()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    expect(page.get_by_role("button", name="Add a practitioner")).to_have_count(0)


def test_axe_finds_nothing_wrong_with_hours_and_kinds(desk: Desk) -> None:
    page = opened(desk)
    form = hours_of(page, "Dr Prado")
    form.get_by_role("group", name="Monday").get_by_role("button", name="Hours").click()
    form.get_by_role("button", name="Another special day").click()
    at_each_width(page)
    page.get_by_role("button", name="Add a kind of visit").click()
    page.get_by_text("Before the visit: what we say").click()
    at_each_width(page)


def test_a_calendars_address_is_shown_once_and_ended(desk: Desk) -> None:
    page = desk.sign_in()
    page.evaluate("sessionStorage.setItem('recado.token', 'token-admin-ana')")
    page.goto(f"{desk.url}#/schedules")
    page.reload()
    page.get_by_role("button", name="Calendar : Dr Prado").press("Enter")
    page.get_by_role("button", name="New address").press("Enter")
    address = page.get_by_label("Address of the calendar")
    expect(address).to_have_value("https://clinic.example/calendar/c1.ics")
    assert violations(page) == []
    page.get_by_role("button", name="Switch the address off").press("Enter")
    expect(address).to_have_count(0)
    assert [asked for asked, _ in desk.world.agenda.asked] == ["d1/calendar", "end d1/calendar"]
