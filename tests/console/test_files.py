"""Files in the timeline and in the reply box, and what a patient takes from us, in a browser."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.stub import ago, message
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def file(kind: str, mime: str, **known: Any) -> dict[str, Any]:
    return {"kind": kind, "state": "kept", "mime": mime, "name": "", "description": "", **known}


def with_files(desk: Desk, *files: dict[str, Any], **known: Any) -> Page:
    """Sam's conversation, with a message that has these files."""
    said = message("f1", "", kind="image", at=ago(), attachments=list(files), **known)
    desk.world.timelines["p3"].append(said)
    for place, one in enumerate(files):
        shown = {"url": "icon.svg", "mime": one["mime"], "name": "x", "inline": True}
        desk.world.files[f"f1/{place}"] = shown | {"expires_at": "2099-01-01T00:00:00.000Z"}
    page = desk.sign_in()
    page.get_by_role("link", name=re.compile("Sam O'Neill")).click()
    return page


def test_pictures_are_shown_sounds_are_played_and_what_could_run_is_downloaded_only(desk: Desk) -> None:
    could_run = ["image/svg+xml", "text/html", "application/pdf", "application/octet-stream"]
    page = with_files(
        desk,
        file("image", "image/png"),
        file("image", "image/jpeg", description="The way to the clinic"),
        file("audio", "audio/ogg"),
        *(file("image", mime, name=f"{place}.svg", size=2048) for place, mime in enumerate(could_run)),
    )
    expect(page.get_by_role("img", name="Photo from Sam O'Neill")).to_be_visible()
    expect(page.get_by_role("img", name="The way to the clinic")).to_be_visible()
    expect(page.get_by_label("Voice message from Sam O'Neill")).to_be_visible()
    for place in range(len(could_run)):
        expect(page.get_by_role("button", name=f"Download {place}.svg")).to_be_visible()
    shown = [page.locator(f".timeline {tag}").count() for tag in ("img", "audio", "iframe")]
    assert shown == [2, 1, 0]
    assert violations(page) == []


def test_a_file_that_is_missing_says_why(desk: Desk) -> None:
    page = with_files(
        desk, file("image", "", state="waiting"), file("video", "", state="refused", error="too_large")
    )
    expect(page.get_by_text("Picture: on its way")).to_be_visible()
    expect(page.get_by_text("Video: too large to be kept")).to_be_visible()


def test_an_agent_sends_a_picture_and_must_say_what_it_shows(desk: Desk) -> None:
    page = with_files(desk, file("image", "image/png"))
    page.locator("input[type=file]").set_input_files(
        {"name": "map.png", "mimeType": "image/png", "buffer": PIXEL}
    )
    expect(page.get_by_text("map.png")).to_be_visible()
    page.get_by_role("textbox", name=re.compile("^Reply to")).fill("Here you are")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Say in a few words")).to_be_visible()
    assert desk.world.kept == []
    assert violations(page) == []
    page.get_by_label(re.compile("What does it show")).fill("The way to the clinic")
    page.keyboard.press("Enter")
    expect(page.locator(".message.out", has_text="Here you are")).to_be_visible()
    (kept,) = desk.world.kept
    assert (kept["name"], kept["description"]) == ("map.png", "The way to the clinic")
    assert base64.b64decode(kept["data"]) == PIXEL


def test_a_file_over_four_megabytes_is_refused_at_once(desk: Desk) -> None:
    page = with_files(desk, file("image", "image/png"))
    page.locator("input[type=file]").set_input_files(
        {"name": "big.png", "mimeType": "image/png", "buffer": bytes(4_000_001)}
    )
    expect(page.get_by_text("A file may have at most 4 MB.")).to_be_visible()
    assert desk.world.kept == []


def panel(desk: Desk) -> Page:
    page = with_files(desk, file("image", "image/png"))
    opener = page.locator(".panel-toggle")
    if opener.is_visible():
        opener.click()
    return page


def test_an_agent_notes_that_a_patient_wants_no_reminders(desk: Desk) -> None:
    page = panel(desk)
    page.get_by_role("button", name="Stop visits and reminders").click()
    page.get_by_label("What did the patient say?").fill("On the phone")
    page.get_by_role("button", name="Stop on every channel: visits and reminders").click()
    expect(page.get_by_text("visits and reminders: stopped")).to_be_visible()
    (told,) = desk.world.consents
    assert (told["action"], told["purposes"], told["note"]) == ("stop", ["care"], "On the phone")
    page.get_by_text("How it came about").click()
    expect(page.get_by_text(re.compile("noted at the front desk.*On the phone"))).to_be_visible()
    assert violations(page) == []
