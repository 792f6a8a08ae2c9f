"""WCAG 2.2 AA, as far as a machine can tell (axe-core), and by keyboard: light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.chat.conftest import Visit
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def closed(visit: Visit) -> None:
    visit.go()


def opened(visit: Visit) -> None:
    visit.open()
    expect(visit.page.get_by_text("Open now")).to_be_visible()


def talking(visit: Visit) -> None:
    opened(visit)
    visit.say("Hello")
    expect(visit.page.locator(".mine .meta")).to_contain_text("Sent")
    visit.answer("Hello!")
    expect(visit.page.locator(".theirs")).to_have_count(1)
    visit.site.refuse = 400
    visit.say("Hm")
    expect(visit.page.get_by_role("button", name="Try again")).to_be_visible()


def deleting(visit: Visit) -> None:
    talking(visit)
    visit.page.get_by_role("button", name="Delete from this device").click()


def waiting(visit: Visit) -> None:
    opened(visit)
    visit.site.refuse = 503
    visit.say("Hello?")
    expect(visit.page.get_by_text("No connection. We keep trying.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("view", [closed, opened, talking, deleting, waiting], ids=lambda view: view.__name__)
def test_axe_finds_nothing_wrong(visit: Visit, view: Callable[[Visit], None], width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 740})
    view(visit)
    assert violations(visit.page) == []


def test_the_keyboard_opens_writes_and_closes_and_is_where_it_was(visit: Visit) -> None:
    page = visit.go()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(visit.launcher).to_be_focused()
    page.keyboard.press("Enter")
    expect(visit.text).to_be_focused()
    page.keyboard.type("Hello")
    page.keyboard.press("Enter")
    expect(visit.text).to_be_focused()
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    page.keyboard.press("Escape")
    expect(visit.launcher).to_be_focused()


def test_on_a_small_screen_the_page_behind_cannot_be_reached(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 740})
    page = visit.open()
    places = []
    for _ in range(12):
        page.keyboard.press("Tab")
        places.append(page.evaluate("() => document.activeElement?.tagName"))
    assert "A" not in places
    page.set_viewport_size({"width": 1280, "height": 740})
    expect(visit.dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(visit.dialog).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 320])
def test_everything_that_is_pressed_is_at_least_44_pixels(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 740})
    deleting(visit)
    pressed = visit.dialog.locator("button:visible, a:visible, textarea, input:visible")
    for place in range(pressed.count()):
        box = pressed.nth(place).bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 44, pressed.nth(place).inner_text()


def test_nothing_needs_sideways_scrolling_at_320_pixels(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 640})
    opened(visit)
    visit.say("W" * 200)
    expect(visit.page.locator(".mine .meta")).to_contain_text("Sent")
    wide = "(e) => e.scrollWidth <= e.clientWidth"
    assert visit.page.locator("recado-chat .log").evaluate(wide)
    assert visit.dialog.evaluate(wide)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_moves_for_who_does_not_want_it(visit: Visit) -> None:
    visit.open()
    assert visit.dialog.evaluate("(e) => getComputedStyle(e).animationName") == "none"
    visit.page.keyboard.press("Escape")
    visit.page.emulate_media(reduced_motion="no-preference")
    visit.launcher.click()
    assert visit.dialog.evaluate("(e) => getComputedStyle(e).animationName") == "rise"
