"""Figures of some days: each with of how many it is, in words, and none where there is nobody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def opened(desk: Desk) -> Page:
    page = desk.sign_in()
    page.goto(f"{desk.url}#/numbers")
    expect(page.get_by_role("heading", name="How we are doing")).to_be_visible()
    return page


def test_a_figure_says_of_how_many_it_is_and_what_it_means(desk: Desk) -> None:
    page = opened(desk)
    visits = page.get_by_role("region", name="Visits")
    missed = visits.get_by_role("group", name="Did not come")
    expect(missed).to_contain_text("0.4%")
    expect(missed).to_contain_text("of 250 visits")
    expect(visits.get_by_role("group", name="Freed times filled again")).to_contain_text("nobody yet")
    missed.locator("summary").press("Enter")
    expect(missed.get_by_role("row", name="nobody noted how it ended")).to_contain_text("50% of 500")
    expect(missed).to_contain_text("Definition K21, version 1 (R1, K21)")
    page.get_by_role("group", name="Third free time").locator("summary").press("Enter")
    expect(page.get_by_role("row", name="Check-up")).to_contain_text("4.5 days of 2")
    expect(page.get_by_role("row", name="with no third free time")).to_contain_text("1 of 3")
    page.get_by_role("group", name="Left unfinished").locator("summary").press("Enter")
    expect(page.get_by_role("row", name="Book a visit: which slot")).to_be_visible()
    expect(page.get_by_role("group", name="name of K99")).to_contain_text("of 9 contacts")
    recommending = page.get_by_role("group", name="Would recommend us (NPS)")
    recommending.locator("summary").press("Enter")
    expect(recommending).to_contain_text("-12.5 points")
    expect(recommending).to_contain_text("too few answers")
    expect(recommending.get_by_role("row")).to_have_text(
        ["gave 9 or 1025% of 8", "95 % sure, at least-60 points of 8"]
    )
    reviewed = page.get_by_role("group", name="New reviews per person invited")
    expect(reviewed).to_contain_text("30%of 10 people")
    reviewed.locator("summary").press("Enter")
    expect(reviewed.get_by_role("row")).to_have_text("average of all reviews, 1 to 54.6 of 121")
    visits.get_by_text("By channel").press("Enter")
    expect(visits.get_by_role("row", name="WhatsApp")).to_contain_text("0.4% of 250")
    for width in (1640, 390):
        page.set_viewport_size({"width": width, "height": 860})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_asked_of_a_period_ends_after_its_last_day(desk: Desk) -> None:
    desk.world.refuse["bot"] = (503, {"error": {"code": "unavailable", "message": "", "field": None}})
    page = opened(desk)
    expect(page.get_by_role("region", name="Self-service").get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("group", name="Calls missed")).to_be_visible()
    desk.world.figures.asked.clear()
    page.get_by_label("From").fill("2026-10-01")
    expect(page.get_by_role("alert").filter(has_text="31 days at most.")).to_be_visible()
    page.get_by_label("until").fill("2026-10-31")
    expect(page.get_by_role("group", name="Calls missed")).to_be_visible()
    assert ("appointments", {"from": "2026-10-01", "to": "2026-11-01"}) in desk.world.figures.asked
