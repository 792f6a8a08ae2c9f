"""Frequent questions and their answers: searched as a patient asks, written, changed, removed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.console.articles import article
from tests.console.conftest import Desk
from tests.console.test_accessibility import at_each_width, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def opened(desk: Desk, *, name: str = "Carla Rocha") -> Page:
    parking = article("a1", "Where can I park?", "Behind the house.", source="Web site")
    old = article("a2", "When are you open?", "From eight.", review_by="2026-01-01", stale=True)
    desk.world.articles.items += [parking, old]
    times = {"language": "en", "times": 3, "last_at": "2026-11-20T12:00:00Z"}
    desk.world.articles.unanswered.append({"text": "do you take cards?"} | times)
    page = desk.page
    page.goto(desk.url)
    page.locator(".roles button", has_text=name).click()
    page.locator(".tabs").wait_for()
    page.goto(f"{desk.url}#/articles")
    expect(page.get_by_role("heading", name="Where can I park?")).to_be_visible()
    return page


def test_a_question_is_tried_as_a_patient_would_ask_it(desk: Desk) -> None:
    page = opened(desk)
    expect(page.get_by_text("patients do not get it")).to_be_visible()
    at_each_width(page)
    page.get_by_role("searchbox", name="Search as a patient would ask").fill("park")
    expect(page.get_by_role("heading", name="When are you open?")).to_have_count(0)
    expect(page.get_by_text("Anyone who asks this gets this answer.")).to_be_visible()
    page.get_by_role("searchbox").fill("parrot")
    expect(page.get_by_text("No answer to this yet.")).to_be_visible()


def test_what_was_not_found_becomes_the_question_of_a_new_answer(desk: Desk) -> None:
    page = opened(desk)
    expect(page.get_by_text("asked 3 times")).to_be_visible()
    page.get_by_role("button", name=re.compile("Write an answer")).press("Enter")
    dialog = page.get_by_role("dialog", name="New answer")
    expect(dialog.get_by_label(re.compile("How people ask"))).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("\nCan I pay by card?")
    dialog.get_by_label("Answer", exact=False).last.fill("Kindly pay prior to your visit.")
    hints = dialog.get_by_role("status").get_by_role("listitem")
    expect(hints).to_have_text(
        ["“kindly”: many people say “please”.", "“prior to”: many people say “before”."]
    )
    assert violations(page) == []
    dialog.get_by_label("Answer", exact=False).last.fill("Yes, all cards.")
    expect(hints).to_have_count(0)
    expect(dialog.get_by_text("15 of 700 characters")).to_be_visible()
    dialog.get_by_label("Source").fill("Reception")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="do you take cards?")).to_be_visible()
    expect(page.get_by_text("Every question so far had an answer.")).to_be_visible()
    [(_, said)] = desk.world.articles.asked
    assert said["questions"] == ["do you take cards?", "Can I pay by card?"]


def test_an_answer_is_changed_with_the_version_that_was_seen_and_removed(desk: Desk) -> None:
    page = opened(desk)
    page.get_by_role("button", name="Edit : Where can I park?").press("Enter")
    page.get_by_role("dialog").get_by_label("Source").fill("House rules")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Source: House rules")).to_be_visible()
    [(_, said)] = desk.world.articles.asked
    assert (said["id"], said["version"]) == ("a1", 1)
    page.get_by_role("button", name="Edit : When are you open?").click()
    page.get_by_role("button", name="Remove the answer").click()
    page.get_by_role("button", name="Yes, remove").click()
    expect(page.get_by_role("heading", name="When are you open?")).to_have_count(0)


def test_the_front_desk_reads_answers_and_writes_none(desk: Desk) -> None:
    page = opened(desk, name="Ana Souza")
    expect(page.get_by_role("button", name=re.compile("answer|Edit"))).to_have_count(0)
    expect(page.get_by_role("heading", name="Asked, but not found")).to_have_count(0)


def test_an_answer_is_written_in_another_language_under_the_same_id(desk: Desk) -> None:
    page = opened(desk)
    page.get_by_role("button", name="In another language : Where can I park?").press("Enter")
    dialog = page.get_by_role("dialog", name="In another language")
    expect(dialog.get_by_text("Behind the house.")).to_be_visible()
    dialog.get_by_label("Language").select_option("es")
    dialog.get_by_role("textbox").first.fill("¿Dónde aparco?")
    dialog.get_by_role("textbox", name="Answer").fill("Detrás de la casa.")
    dialog.get_by_role("button", name="Save").press("Enter")
    expect(dialog).to_have_count(0)
    [(_, written)] = desk.world.articles.asked
    assert (written["id"], written["language"], "version" in written) == ("a1", "es", False)
