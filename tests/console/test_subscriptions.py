"""Webhooks: added, their secret shown once, tried, paused, and sent again what was held."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.subscriptions import notice, subscription
from tests.console.test_accessibility import at_each_width, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LAB = "https://lab.example/hooks"


def opened(desk: Desk, who: str = "admin") -> Page:
    failing = {"state": "failing", "retry_at": "2099-01-01T12:00:00Z", "fields": ["start"]}
    desk.world.subscriptions.items["s1"] = subscription("s1", LAB, name="Laboratory", **failing)
    desk.world.subscriptions.notices = [
        notice("n1", state="held", sent_at=None, attempts=0, status=None),
        notice("n2", state="failed", status=500, event="appointment.moved"),
    ]
    desk.world.demo = False
    page = desk.page
    page.goto(desk.url)
    page.get_by_label("Access token").fill(f"token-{who}")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".tabs").wait_for()
    page.goto(f"{desk.url}#/subscriptions")
    expect(page.get_by_role("heading", name="Laboratory")).to_be_visible()
    return page


def test_a_webhook_is_added_and_its_secret_is_shown_once(desk: Desk) -> None:
    page = opened(desk)
    page.get_by_role("button", name="Add a webhook").press("Enter")
    address = page.get_by_label("Address (https)")
    expect(address).to_be_focused()
    page.keyboard.type("https://crm.example/in")
    page.get_by_role("checkbox", name="cancelled").press("Space")
    page.get_by_role("checkbox", name="start").press("Space")
    assert violations(page) == []
    address.press("Enter")
    secret = page.get_by_role("textbox", name="The secret that signs its notices")
    expect(secret).to_have_value("whsec_first")
    page.get_by_role("button", name="I have kept it").press("Enter")
    expect(secret).to_have_count(0)
    expect(page.get_by_role("heading", name="crm.example")).to_be_visible()
    wanted = {"url": "https://crm.example/in", "name": "", "events": ["appointment.cancelled"]}
    assert desk.world.subscriptions.asked == [("", wanted | {"fields": ["start"]})]


def test_a_secret_is_changed_in_two_steps(desk: Desk) -> None:
    page = opened(desk)
    page.get_by_role("button", name="New secret").press("Enter")
    expect(page.get_by_role("textbox", name="The secret")).to_have_value("whsec_second")
    page.get_by_role("button", name="I have kept it").press("Enter")
    expect(page.get_by_text("Two secrets sign until the change is finished.")).to_be_visible()
    page.get_by_role("button", name="Finish the change of secret").press("Enter")
    expect(page.get_by_role("button", name="New secret")).to_be_visible()


def test_what_was_held_is_sent_again_call_after_call(desk: Desk) -> None:
    page = opened(desk)
    page.get_by_role("button", name="Notices").press("Enter")
    expect(page.get_by_role("row").nth(2)).to_contain_text("not delivered · HTTP 500")
    at_each_width(page)
    page.get_by_role("button", name="Send those that were held").press("Enter")
    expect(page.get_by_role("status").filter(has_text="4 notices go out again.")).to_be_attached()
    page.get_by_label("Everything since").fill("2026-11-20T09:00")
    page.get_by_role("button", name="Send again since then").press("Enter")
    asked = [body for where, body in desk.world.subscriptions.asked if where == "s1/replay"]
    assert asked[:2] == [{"states": ["held"]}, {"states": ["held"], "next": "on"}]
    assert asked[2:3] == [{"since": "2026-11-20T12:00:00.000Z"}]


def test_a_webhook_is_paused_and_removed_after_a_question(desk: Desk) -> None:
    page = opened(desk)
    expect(page.get_by_text("It does not answer; it is tried again Thu 1 Jan")).to_be_visible()
    page.get_by_role("button", name="Pause").press("Enter")
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    page.get_by_role("button", name="Remove").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Remove").press("Enter")
    expect(page.get_by_text("No other system is connected yet.")).to_be_visible()


def test_a_supervisor_reads_and_changes_nothing(desk: Desk) -> None:
    page = opened(desk, "supervisor")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    expect(page.get_by_role("button", name="Notices")).to_be_visible()
