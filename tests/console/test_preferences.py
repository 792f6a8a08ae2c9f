"""How a patient would rather be reached, and when they asked to be called: shown, and noted."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def opened(desk: Desk, name: str = "Giulia Conti") -> Page:
    page = desk.sign_in()
    page.get_by_role("link", name=re.compile(name)).click()
    opener = page.locator(".panel-toggle")
    if opener.is_visible():
        opener.click()
    return page


def test_an_agent_notes_what_a_patient_prefers(desk: Desk) -> None:
    page = opened(desk)
    expect(page.get_by_text("as the clinic usually does")).to_be_visible()
    page.get_by_role("button", name="Change preferences").click()
    page.get_by_label("Reach first by").select_option("email")
    page.get_by_label("Or else by").select_option("sms")
    page.get_by_label("No reminders from").fill("20:00")
    page.get_by_label("until").fill("10:30")
    page.get_by_label("Time zone").fill("Europe/Lisbon")
    page.get_by_role("checkbox", name="to talk to a person").press("Space")
    assert violations(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("E-mail, SMS")).to_be_visible()
    expect(page.get_by_text("20:00–10:30")).to_be_visible()
    expect(page.get_by_text("Europe/Lisbon")).to_be_visible()
    expect(page.get_by_text("to talk to a person")).to_be_visible()
    assert desk.world.preferences == {
        "channels": ["email", "sms"],
        "language": "en",
        "quiet_from": "20:00",
        "quiet_until": "10:30",
        "timezone": "Europe/Lisbon",
        "by_phone": True,
        "version": 1,
    }


def test_a_call_that_the_patient_has_named_the_time_of_says_so(desk: Desk) -> None:
    (owed,) = [one for one in desk.world.contacts.values() if one["callback"]]
    owed["callback"] |= {"agreed": True}
    page = opened(desk, "Núria Puig")
    expect(page.locator(".callback-card")).to_contain_text("The patient asked to be called Thu 1 Jan")
    expect(page.get_by_role("link", name=re.compile("Núria Puig"))).to_contain_text("Call Thu 1 Jan")
