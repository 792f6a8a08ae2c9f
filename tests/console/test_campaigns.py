"""Campaigns: a group is said and counted, an invitation drafted, launched and weighed; by keyboard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.outreach import Json, campaign, segment
from tests.console.signed_in import page_of
from tests.console.stub import ago
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EFFECT: Json = {"treated": 400, "controls": 50, "booked": 90, "booked_controls": 5}
WHOM = ("People who get messages32", "By SMS29", "By WhatsApp3", "Left out10")
LEFT_OUT = ("chosen at random4", "Do not want such messages3", "not know their name1", "reach them2")
EFFECT |= {"effect": {"of": 0.125, "low": 0.01, "high": 0.2}}


def opened(desk: Desk, who: str = "admin") -> Page:
    desk.world.outreach.segments["s1"] = segment("s1", "Not seen for half a year")
    desk.world.outreach.campaigns["k1"] = campaign("k1", "Spring recall")
    return page_of(desk, "campaigns", who)


def test_a_group_is_said_counted_and_invited_by_keyboard(desk: Desk) -> None:
    page = page_of(desk, "campaigns")
    expect(page.get_by_role("button", name="Draft a campaign")).to_be_disabled()
    page.get_by_role("button", name="New group").press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Over forty")
    page.get_by_label("Age, from").fill("40")
    page.get_by_role("button", name="How many people now?").press("Enter")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("42 people of 140 records")
    assert violations(page) == []
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Patient or Member of a health plan · 40 years old or more")).to_be_visible()
    page.get_by_role("button", name="Draft a campaign").press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Spring recall")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Spring recall")).to_be_visible()
    drafted = desk.world.outreach.asked[-1][1]
    assert (drafted["segment"], drafted["control"], drafted["per_hour"]) == ("new", 0.1, 120)
    steps = [(one["text"], one["minutes"]) for one in drafted["steps"]]
    assert steps == [("recall", 0), ("recall_again", 7200)]


def test_a_draft_is_changed_previewed_launched_and_stopped(desk: Desk) -> None:
    page = opened(desk)
    page.get_by_role("button", name="Edit : Spring recall").press("Enter")
    page.get_by_label("People an hour, at most").fill("60")
    page.keyboard.press("Enter")
    expect(page.get_by_text("up to 60 people an hour")).to_be_visible()
    page.get_by_role("button", name="Preview and launch : Spring recall").press("Enter")
    launch = page.get_by_role("button", name="Write to 32 people")
    rows = page.get_by_role("dialog").locator(".counted > div")
    expect(rows).to_contain_text(
        [*WHOM, *LEFT_OUT, "Messages, at most64", "Invitation at once32", "5 days32"]
    )
    expect(page.get_by_text("Last message: Sat 28 Nov, 09:16 at the latest.")).to_be_visible()
    assert violations(page) == []
    launch.press("Enter")
    page.get_by_role("button", name="Pause : Spring recall").press("Enter")
    page.get_by_role("button", name="Resume : Spring recall").press("Enter")
    expect(page.get_by_role("button", name="Pause : Spring recall")).to_be_visible()
    page.get_by_role("button", name="End : Spring recall").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="End").press("Enter")
    expect(page.get_by_text("ended", exact=True)).to_be_visible()
    asked = [(where, body["version"]) for where, body in desk.world.outreach.asked]
    assert asked == [("k1", 1), ("k1/launch", 2), ("k1/pause", 3), ("k1/resume", 4), ("k1/end", 5)]
    changed = desk.world.outreach.asked[0][1]
    assert (changed["per_hour"], changed["control"], len(changed["steps"])) == (60, 0.1, 2)


def test_a_supervisor_previews_and_deletes_a_draft_and_does_not_launch(desk: Desk) -> None:
    page = opened(desk, "supervisor")
    expect(page.get_by_role("button", name="Draft a campaign")).to_be_enabled()
    page.get_by_role("button", name="Preview : Spring recall").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("An administrator launches it.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Write to")).to_have_count(0)
    dialog.get_by_role("button", name="Close").press("Enter")
    page.get_by_role("button", name="Delete : Spring recall").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Delete").press("Enter")
    expect(page.get_by_role("heading", name="Spring recall")).to_have_count(0)


@pytest.mark.parametrize(("days", "says"), [(10, "Too early to tell."), (40, "+12.5 percentage points")])
def test_what_came_of_it_is_said_once_that_is_known(desk: Desk, days: int, says: str) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 860})
    walked = {"launched_at": ago(days=days), "walked_at": ago(days=days)}
    page = opened(desk)
    desk.world.outreach.campaigns["k1"] |= {"state": "running", **walked}
    desk.world.outreach.results = EFFECT
    page.reload()
    page.get_by_role("button", name="Results : Spring recall").press("Enter")
    expect(page.get_by_text(says)).to_be_visible()
    expect(page.get_by_role("row", name="Booked within 30 days")).to_contain_text("90 (23%)")
    expect(page.get_by_text("95 % interval: +1 to +20")).to_have_count(int(days > timedelta(days=30).days))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
