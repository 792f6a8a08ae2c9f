"""How a test of a page that the desk opens by its address gets there."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.console.conftest import Desk


def page_of(desk: Desk, view: str, who: str = "admin") -> Page:
    """The page at `#/<view>`, for somebody of this role."""
    desk.world.demo = False
    page = desk.page
    page.goto(desk.url)
    page.get_by_label("Access token").fill(f"token-{who}")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".tabs").wait_for()
    page.goto(f"{desk.url}#/{view}")
    return page
