"""WCAG 2.2 AA, as far as a machine can tell (axe-core): every view, light and dark, wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.stub import ago, message

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Of these rules, those whose answer depends on the colours: nothing else is another in the dark."""
WIDTHS = (390, 1280, 1640)


def at_each_width(page: Page, *widths: int) -> None:
    """Nothing is wrong with what is shown, and nothing needs sideways scrolling, at any of these widths."""
    for width in widths or WIDTHS:
        page.set_viewport_size({"width": width, "height": 860})
        assert violations(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def violations(page: Page) -> list[str]:
    """What axe finds wrong in light and in dark, one line each."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = []
    for scheme, rules in zip(SCHEMES, (TAGS, COLOURS), strict=True):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {one}" for one in _violations(page, rules)]
    return found


def _violations(page: Page, rules: dict[str, Any]) -> list[str]:
    found: dict[str, Any] = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", rules)
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def at_the_door(desk: Desk) -> None:
    desk.page.goto(desk.url)
    expect(desk.page.get_by_role("heading", name="Demo clinics")).to_be_visible()


def at_a_contact(desk: Desk) -> None:
    outbound = {"direction": "outbound", "author": "agent:ana", "at": ago()}
    buttons = [{"payload": "y", "title": "Confirm"}, {"payload": "n", "title": "Cancel"}]
    desk.world.timelines["p3"] += [
        message(
            "a1", "Your visit is tomorrow.", **outbound, purpose="reminder", state="read", buttons=buttons
        ),
        message("a2", "Hello?", **outbound, state="failed", error="bad_address"),
        message("a3", "", kind="image", at=ago()),
    ]
    page = desk.sign_in()
    page.get_by_role("link", name=re.compile("Sam O'Neill")).click()
    expect(page.get_by_text("Your visit is tomorrow.")).to_be_visible()


def at_the_booking_form(desk: Desk) -> None:
    at_a_contact(desk)
    opener = desk.page.locator(".panel-toggle")
    if opener.is_visible():
        opener.click()
    desk.page.get_by_role("button", name="Book an appointment").click()


def at_a_missed_call(desk: Desk) -> None:
    page = desk.sign_in()
    page.get_by_role("link", name=re.compile("Núria")).click()
    expect(page.locator(".callback-card")).to_be_visible()


def at_the_transfer_dialog(desk: Desk) -> None:
    at_a_contact(desk)
    desk.page.get_by_role("button", name="Transfer").click()
    expect(desk.page.get_by_role("dialog")).to_be_visible()


def at_a_failed_reply(desk: Desk) -> None:
    desk.world.refuse["replies"] = (403, {"error": {"code": "forbidden", "message": "No.", "field": None}})
    at_a_contact(desk)
    desk.page.get_by_role("textbox", name=re.compile("^Reply to")).fill("Hm")
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("alert")).to_be_visible()


def at_the_numbers(desk: Desk) -> None:
    page = desk.sign_in()
    page.get_by_role("link", name="Numbers").click()
    expect(page.locator(".chart canvas")).to_be_visible()
    page.get_by_text("As a table").click()


def in_a_call(desk: Desk) -> None:
    page = desk.sign_in()
    page.get_by_role("button", name="Call the clinic").click()
    expect(page.get_by_role("button", name="Hang up in the queue")).to_be_focused()


def in_an_app(desk: Desk) -> None:
    told = {"app": "email", "subject": "Your visit", "at": ago()}
    buttons = [{"payload": "y", "title": "Confirm"}]
    desk.world.phone += [
        message("p1", "", attachments=[{"kind": "image", "name": "photo.png"}], state="read", **told),
        message("p2", "", attachments=[{"kind": "audio", "name": "voice.ogg"}], state="sent", **told),
        message("p3", "Tomorrow at ten.", direction="outbound", buttons=buttons, **told),
        message("p4", "", consent="stop", **told),
    ]
    page = desk.sign_in()
    page.get_by_role("tab", name="E-mail").click()
    expect(page.get_by_role("button", name="Confirm")).to_be_visible()


VIEWS = [
    at_the_door,
    at_a_contact,
    at_the_booking_form,
    at_a_missed_call,
    at_the_transfer_dialog,
    at_a_failed_reply,
    at_the_numbers,
    in_a_call,
    in_an_app,
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_axe_finds_nothing_wrong(desk: Desk, view: Callable[[Desk], None]) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 860})
    view(desk)
    at_each_width(desk.page)


def test_nothing_needs_sideways_scrolling_at_320_pixels(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 320, "height": 640})
    at_a_contact(desk)
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 320
