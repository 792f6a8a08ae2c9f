"""The agenda by keyboard: what is free is booked, what is booked is opened, moved and settled."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.agenda import LIMA, slot, today, utc, visit
from tests.console.conftest import Desk
from tests.console.test_accessibility import at_each_width, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DAY = "2099-11-24"
SAM = {"id": "p3", "name": "Sam O'Neill", "kind": "lead"}


def shown(desk: Desk, day: str = DAY) -> Page:
    """The agenda of a day: Dr Prado has Maria at nine and two free times, Dra Lima has one free time."""
    desk.world.agenda.slots += [slot(f"{DAY}T09:30"), slot(f"{DAY}T10:00"), slot(f"{DAY}T10:00", LIMA)]
    desk.world.appointments.append(visit("m1", f"{DAY}T09:00", "Maria Souza", confirmation="confirmed"))
    page = desk.sign_in()
    page.get_by_role("link", name="Agenda").click()
    page.get_by_label("Date", exact=True).fill(day)
    return page


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=re.compile(name))


def at(page: Page, where: str, what: str) -> Locator:
    return column(page, where).get_by_role("button", name=re.compile(what))


def test_a_day_shows_each_practitioners_visits_and_free_times_in_words(desk: Desk) -> None:
    page = shown(desk)
    expect(at(page, "Dr Prado", "09:00 Maria Souza Confirmed Check-up")).to_be_visible()
    expect(at(page, "Dr Prado", "free")).to_have_count(2)
    expect(at(page, "Dra Lima", "10:00 free")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Tuesday,? 24 November 2099"))).to_be_visible()


def test_arrow_keys_walk_from_time_to_time_and_enter_books_one(desk: Desk) -> None:
    desk.world.identity.near = [SAM]
    page = shown(desk)
    at(page, "Dr Prado", "09:00").focus()
    page.keyboard.press("ArrowDown")
    expect(at(page, "Dr Prado", "09:30 free")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(at(page, "Dra Lima", "10:00 free")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(at(page, "Dr Prado", "10:00 free")).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Book an appointment")
    expect(dialog.get_by_label("The patient’s phone number")).to_be_focused()
    page.keyboard.type("+55 11 90000-0101")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("radio", name="Sam O'Neill")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Booked for Tue 24 Nov, 10:00")).to_be_attached()
    expect(at(page, "Dr Prado", "10:00 .*Not confirmed")).to_be_visible()
    wanted = {"start": utc(f"{DAY}T10:00"), "practitioner_id": "d1", "patient": "p3", "type_id": "t1"}
    assert desk.world.agenda.asked == [("", wanted)]


def test_one_tab_leads_past_all_times_of_a_day(desk: Desk) -> None:
    page = shown(desk)
    expect(at(page, "Dr Prado", "09:00")).to_be_visible()
    assert page.locator(".agenda-board [data-key][tabindex='0']").count() == 1


def test_somebody_new_is_booked_by_name_and_number(desk: Desk) -> None:
    page = shown(desk)
    at(page, "Dra Lima", "10:00 free").click()
    dialog = page.get_by_role("dialog")
    page.keyboard.type("+5511900000777")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("No patient has this number yet")).to_be_visible()
    dialog.get_by_label("Name").fill("Rosa Dias")
    page.keyboard.press("Enter")
    expect(at(page, "Dra Lima", "10:00 Rosa Dias")).to_be_visible()
    assert desk.world.agenda.asked[0][1]["name"] == "Rosa Dias"


def taken(desk: Desk) -> Page:
    """A booking that comes too late: the time is another's by now."""
    desk.world.identity.near = [SAM]
    other = {"practitioner_id": "d2", "start": utc(f"{DAY}T10:00"), "local_start": f"{DAY}T10:00"}
    desk.world.agenda.taken[utc(f"{DAY}T09:30")] = [other | {"timezone": "America/Sao_Paulo"}]
    page = shown(desk)
    at(page, "Dr Prado", "09:30 free").click()
    page.keyboard.type("+5511900000101")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Sam O'Neill")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This time is taken.")
    return page


def test_a_time_that_is_taken_is_answered_with_others(desk: Desk) -> None:
    page = taken(desk)
    assert violations(page) == []
    page.get_by_role("button", name="Tue 24 Nov, 10:00 · Dra Lima").click()
    expect(at(page, "Dra Lima", "10:00 .*Not confirmed")).to_be_visible()


def test_a_time_that_is_taken_is_booked_all_the_same(desk: Desk) -> None:
    page = taken(desk)
    page.get_by_role("button", name="Book it anyway").click()
    expect(at(page, "Dr Prado", "09:30 .*Not confirmed")).to_be_visible()
    assert desk.world.agenda.asked[-1][1]["overbook"] is True


def test_who_came_and_who_did_not_is_noted_on_the_visits_card_and_taken_back(desk: Desk) -> None:
    desk.world.appointments.append(visit("n1", today("00:00"), "João Reis"))
    page = shown(desk, today("")[:10])
    at(page, "Dr Prado", "João Reis").focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="João Reis")
    expect(card.get_by_role("button", name="Has arrived")).to_be_focused()
    card.get_by_role("button", name="Did not come").click()
    expect(at(page, "Dr Prado", "João Reis Did not come")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.get_by_role("button", name="Undo that")).to_be_focused()
    page.keyboard.press("Enter")
    expect(at(page, "Dr Prado", "João Reis Not confirmed")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.get_by_role("button", name="Has arrived")).to_be_focused()
    page.keyboard.press("Enter")
    expect(at(page, "Dr Prado", "João Reis Arrived")).to_be_visible()
    assert [step for step, _ in desk.world.agenda.asked] == ["n1/noshow", "n1/reopen", "n1/arrive"]


def test_a_visit_of_another_day_cannot_have_been_kept(desk: Desk) -> None:
    page = shown(desk)
    at(page, "Dr Prado", "09:00").click()
    expect(page.get_by_role("button", name="Move", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Has arrived")).to_have_count(0)


def test_a_visit_is_called_off_after_a_question_and_still_found(desk: Desk) -> None:
    page = shown(desk)
    at(page, "Dr Prado", "09:00").click()
    page.get_by_role("button", name="Cancel appointment").click()
    page.get_by_role("button", name="Yes, cancel").click()
    expect(at(page, "Dr Prado", "Maria Souza")).to_have_count(0)
    page.get_by_text("1 cancelled").click()
    expect(page.get_by_role("button", name=re.compile("Maria Souza"))).to_be_visible()


def test_a_refusal_is_shown_on_the_card(desk: Desk) -> None:
    refusal = {"error": {"code": "stale", "message": "Changed.", "field": None}}
    desk.world.refuse["cancel"] = (409, refusal)
    page = shown(desk)
    at(page, "Dr Prado", "09:00").click()
    page.get_by_role("button", name="Cancel appointment").click()
    page.get_by_role("button", name="Yes, cancel").click()
    expect(page.get_by_role("alert")).to_contain_text("Someone else changed this")


def test_a_visit_is_moved_to_another_time_and_escape_lets_it_be(desk: Desk) -> None:
    page = shown(desk)
    at(page, "Dr Prado", "09:00").click()
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("Choose a new time for Maria Souza")).to_be_visible()
    at(page, "Dr Prado", "10:00 free").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Choose a new time for Maria Souza")).to_have_count(0)
    at(page, "Dr Prado", "09:00").click()
    page.get_by_role("button", name="Move", exact=True).click()
    at(page, "Dra Lima", "10:00 free").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Move the appointment")).to_contain_text("For Maria Souza")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Moved to Tue 24 Nov, 10:00")).to_be_attached()
    where = {"start": utc(f"{DAY}T10:00"), "practitioner_id": "d2", "version": 1}
    assert desk.world.agenda.asked == [("m1/move", where)]


def test_a_week_of_one_practitioner_is_paged_through_by_key(desk: Desk) -> None:
    desk.world.agenda.slots.append(slot("2099-12-02T08:00"))
    page = shown(desk)
    column(page, "Dr Prado").get_by_role("heading").get_by_role("button").click()
    expect(at(page, "Tue.* 24", "09:00 Maria Souza")).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("Sun"))).to_contain_text("Nothing booked")
    at(page, "Tue.* 24", "09:00").focus()
    page.keyboard.press("PageDown")
    expect(at(page, "Wed.* 2", "08:00 free")).to_be_focused()


def test_whoever_is_at_the_desk_is_booked_in_the_agenda(desk: Desk) -> None:
    page = shown(desk)
    page.get_by_role("link", name="Contacts").click()
    page.get_by_role("link", name=re.compile("Sam O'Neill")).click()
    page.get_by_role("button", name="Book an appointment").click()
    page.get_by_role("link", name="See free times in the agenda").click()
    expect(page.get_by_text("Choose a time for Sam O'Neill.")).to_be_visible()
    at(page, "Dra Lima", "10:00 free").click()
    expect(page.get_by_role("dialog")).to_contain_text("For Sam O'Neill")
    page.keyboard.press("Enter")
    expect(at(page, "Dra Lima", "10:00 Sam O'Neill")).to_be_visible()
    assert desk.world.agenda.asked[0][1]["patient"] == "p3"


def test_what_overlaps_stands_side_by_side(desk: Desk) -> None:
    desk.world.appointments.append(visit("o1", f"{DAY}T09:15", "Ana Prata", minutes=60))
    page = shown(desk)
    boxes = [at(page, "Dr Prado", name).bounding_box() for name in ("Maria Souza", "Ana Prata")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


@pytest.mark.parametrize("view", ["Day", "Week"])
def test_axe_finds_nothing_wrong_with_the_agenda(desk: Desk, view: str) -> None:
    states = ["arrived", "fulfilled", "noshow", "booked", "cancelled"]
    for hour, status in enumerate(states, 11):
        desk.world.appointments.append(visit(status, f"{DAY}T{hour}:00", "Núria Puig", status=status))
    declined = visit("declined", f"{DAY}T16:00", "Núria Puig", confirmation="declined")
    desk.world.appointments.append(declined)
    desk.page.set_viewport_size({"width": 320, "height": 860})
    page = shown(desk)
    page.get_by_role("button", name=view, exact=True).click()
    expect(page.get_by_role("button", name=re.compile("Maria Souza"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    at_each_width(page)
    page.get_by_role("button", name=re.compile("Maria Souza")).click()
    at_each_width(page)
