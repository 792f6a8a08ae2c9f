"""What an agent is told may be answered now."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.stub import ago, message

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FOLLOW_UP: dict[str, Any] = {
    "name": "follow_up",
    "language": "en",
    "text": "Hello, this is Clínica Boa Vista. We have an answer to your message.",
    "variables": {"clinic": "Clínica Boa Vista"},
    "buttons": [],
    "state": "approved",
    "usable": True,
}
SHUT = {"free_text": False, "why_not": "window", "templates": [FOLLOW_UP]}


def sam(desk: Desk, **options: Any) -> Page:
    desk.world.options = options
    page = desk.sign_in()
    page.get_by_role("link", name=re.compile("Sam O'Neill")).click()
    expect(page.get_by_role("heading", name="Sam O'Neill").first).to_be_visible()
    return page


def test_while_free_text_may_go_the_agent_sees_until_when(desk: Desk) -> None:
    page = sam(desk, free_text_until=ago(hours=-3))
    expect(page.get_by_text(re.compile(r"Free text until .*\d\d:\d\d"))).to_be_visible()
    expect(page.get_by_role("textbox", name=re.compile("^Reply to"))).to_be_visible()


def test_outside_the_window_a_template_takes_the_place_of_the_box(desk: Desk) -> None:
    page = sam(desk, **SHUT)
    expect(page.get_by_text(FOLLOW_UP["text"])).to_be_visible()
    expect(page.get_by_role("textbox", name=re.compile("^Reply to"))).to_have_count(0)
    page.get_by_role("button", name="Send template").click()
    expect(page.locator(".message.out", has_text="(follow_up)")).to_be_visible()
    assert [item["text"] for item in desk.world.keys.values()] == ["(follow_up)"]


def test_a_template_that_the_provider_rejected_says_so_and_cannot_be_sent(desk: Desk) -> None:
    page = sam(desk, **{**SHUT, "templates": [{**FOLLOW_UP, "usable": False, "state": "rejected"}]})
    expect(page.get_by_text("Cannot be sent now: rejected by the provider.")).to_be_visible()
    expect(page.get_by_role("button", name="Send template")).to_be_disabled()


def test_a_window_that_shuts_while_the_agent_looks_takes_the_box_away(desk: Desk) -> None:
    page = sam(desk, free_text_until=ago(seconds=-4))
    expect(page.get_by_role("textbox", name=re.compile("^Reply to"))).to_be_visible()
    desk.world.options = SHUT
    expect(page.get_by_role("button", name="Send template")).to_be_visible(timeout=10_000)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({**SHUT, "templates": []}, "takes an answer only once they write again"),
        ({"free_text": False, "why_not": "paused"}, "This channel is paused"),
    ],
)
def test_where_nothing_may_go_the_page_says_why(desk: Desk, options: dict[str, Any], said: str) -> None:
    expect(sam(desk, **options).get_by_text(re.compile(said))).to_be_visible()


def test_what_went_another_way_says_by_which_and_what_failed(desk: Desk) -> None:
    patient = next(one for one in desk.world.contacts.values() if one["patient_name"] == "Sam O'Neill")[
        "patient"
    ]
    out = {"direction": "outbound", "author": "recado", "purpose": "reminder"}
    first = message("f1", "First", state="failed", error="bad_address", replaced_by="f2", **out)
    second = message("f2", "Second", state="sent", channel="twilio_sms", fallback_of="f1", **out)
    desk.world.timelines[patient] += [first, second]
    page = sam(desk)
    expect(page.get_by_text("Not delivered by WhatsApp, sent by SMS")).to_be_visible()
    expect(page.get_by_text("This address cannot be reached on this channel.")).to_be_visible()
