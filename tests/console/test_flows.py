"""Self-service: read as an outline, put back to an older version, switched on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def opened(desk: Desk, role: str) -> Page:
    page = desk.sign_in()
    page.evaluate(f"sessionStorage.setItem('recado.token', 'token-{role}-ana')")
    page.goto(f"{desk.url}#/flows")
    page.reload()
    expect(page.get_by_role("heading", name="Book a visit")).to_be_visible()
    return page


def test_an_administrator_reads_an_older_version_and_uses_it(desk: Desk) -> None:
    page = opened(desk, "admin")
    page.get_by_role("button", name="Read : Book a visit").press("Enter")
    steps = page.locator(".flow-node")
    expect(steps).to_contain_text(
        ["Looks for free times", "These times are free.", "Appointment booked", "person"]
    )
    expect(steps.nth(1)).to_contain_text("One of the free times")
    steps.nth(1).get_by_role("button", name="goes to 1").press("Enter")
    expect(steps.first).to_be_focused()
    expect(page.get_by_role("radio", name="version 1")).to_be_checked()
    page.get_by_role("radio", name="as delivered").press("Space")
    for width in (1640, 390):
        page.set_viewport_size({"width": width, "height": 860})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Use this version").press("Enter")
    expect(page.get_by_role("button", name="Use this version")).to_have_count(0)
    assert desk.world.flows.current == 0


def test_self_service_is_switched_on_and_keeps_its_words(desk: Desk) -> None:
    page = opened(desk, "admin")
    page.get_by_role("checkbox", name="Self-service answers patients").press("Space")
    page.get_by_text("What we say in an emergency").press("Enter")
    page.get_by_label("English").last.fill("Call 192.")
    page.get_by_label("Hosts that links to results may lead to").fill("r.example, lab.example")
    expect(page.get_by_text("sees the patient’s message, word for word")).to_be_visible()
    page.get_by_role("checkbox", name="also ask a hosted AI model").press("Space")
    page.get_by_label("Ask how it went").fill("60")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Self-service is on.")).to_be_visible()
    expect(page.get_by_text("A hosted AI model reads what patients write")).to_be_visible()
    said = {"es": "Llame.", "en": "Call 192."}
    wanted = {"bot": "on", "address": "Rua A, 1", "review_link": "", "emergency": said}
    rest = {"result_hosts": ["r.example", "lab.example"], "survey_minutes": 60, "hosted_intents": "on"}
    assert desk.world.flows.settings == wanted | rest | {"emergency_number": "192"}


def test_an_agent_reads_what_holds_and_changes_nothing(desk: Desk) -> None:
    page = opened(desk, "agent")
    page.get_by_role("button", name="Read : Book a visit").click()
    expect(page.locator(".flow-node")).to_have_count(4)
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    assert "GET /flows/book/versions" not in desk.world.requests
