"""The phone beside the desk: one person in every app."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.stub import ago, message

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def phone(desk: Desk, app: str = "WhatsApp") -> Page:
    """The desk with one app of the phone open."""
    page = desk.sign_in()
    page.get_by_role("tab", name=re.compile(f"^{app}")).click()
    return page


def test_the_apps_are_one_stop_of_the_keyboard_and_arrows_walk_through_them(desk: Desk) -> None:
    page = phone(desk)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="SMS")).to_be_focused()
    expect(page.get_by_role("tab", name="SMS")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Web chat")).to_be_focused()


def test_who_writes_stays_the_same_in_another_app(desk: Desk) -> None:
    page = phone(desk)
    page.get_by_label("You are").select_option(label="Giulia Conti · it")
    page.get_by_role("tab", name="Telegram").click()
    expect(page.get_by_label("You are")).to_have_value("393330000103")
    page.get_by_role("button", name="A che ora aprite?").click()
    expect(page.get_by_role("group", name="Messages on the phone, Telegram")).to_contain_text(
        "A che ora aprite?"
    )
    page.get_by_role("tab", name="WhatsApp").click()
    expect(page.get_by_role("group", name="Messages on the phone, WhatsApp")).not_to_contain_text("A che ora")


def test_a_clinic_with_two_numbers_is_written_to_at_either(desk: Desk) -> None:
    page = phone(desk, "SMS")
    expect(page.get_by_role("button", name="Send a picture")).to_be_visible()
    page.get_by_label("The clinic's line").select_option("aws_sms")
    expect(page.get_by_role("button", name="Send a picture")).to_have_count(0)


def test_a_picture_and_a_voice_note_are_sent_with_one_press(desk: Desk) -> None:
    page = phone(desk, "Telegram")
    page.get_by_role("button", name="Send a picture").click()
    expect(page.get_by_role("img", name="Picture: two green hills under the sun")).to_be_visible()
    page.get_by_role("button", name="Send a voice note").click()
    expect(page.get_by_label("Voice message")).to_be_visible()


def test_who_stops_can_start_again_but_junk_is_junk(desk: Desk) -> None:
    page = phone(desk, "SMS")
    page.get_by_role("button", name="Text STOP").click()
    expect(page.get_by_text("You want no more messages here.")).to_be_visible()
    expect(page.get_by_role("button", name="Text START")).to_be_visible()
    page.get_by_role("tab", name="E-mail").click()
    page.get_by_role("button", name="Mark as junk").click()
    expect(page.get_by_role("button", name="Mark as junk")).to_have_count(0)


def test_the_first_mail_has_a_subject_and_the_next_ones_its_thread(desk: Desk) -> None:
    page = phone(desk, "E-mail")
    page.get_by_label("Subject").fill("A visit")
    page.get_by_role("textbox", name="Message").fill("May I come on Monday?")
    page.locator(".phone-write .primary").click()
    expect(page.locator(".phone-about")).to_have_text("A visit")
    answer = {"direction": "outbound", "app": "email", "subject": "Re: A visit", "at": ago()}
    desk.world.phone.append(message("m9", "You may.", state="delivered", **answer))
    expect(page.get_by_text("You may.", exact=True)).to_be_visible()
    expect(page.get_by_label("Subject")).to_have_count(0)


def test_the_clinic_s_own_page_opens_for_who_holds_the_phone(desk: Desk) -> None:
    page = phone(desk, "Web chat")
    frame = page.frame_locator('iframe[title="The clinic\'s website"]')
    expect(frame.get_by_role("heading", name="447700900105")).to_be_visible()
    page.get_by_label("You are").select_option(label="Giulia Conti · it")
    expect(frame.get_by_role("heading", name="393330000103")).to_be_visible()


def test_a_dot_says_in_which_app_something_is_new(desk: Desk) -> None:
    desk.world.phone_counts = {"sms": 1}
    desk.page.goto(desk.url)
    with desk.page.expect_response("**/phone/counts*"):
        page = phone(desk)
    expect(page.get_by_role("tab", name="SMS", exact=True)).to_be_visible()
    desk.world.phone_counts = {"sms": 2}
    expect(page.get_by_role("tab", name="SMS (something new)")).to_be_visible()
    page.get_by_role("tab", name="SMS").click()
    expect(page.get_by_role("tab", name="SMS", exact=True)).to_be_visible()
