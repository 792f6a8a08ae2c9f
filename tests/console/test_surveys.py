"""Surveys: what they come to, who was not content, who may be leaving; authorisations: how far each is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.console.conftest import Desk
from tests.console.outreach import NO_SCORES, authorisation, survey
from tests.console.signed_in import page_of
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_scores_say_how_sure_they_are_and_the_low_ones_come_first(desk: Desk) -> None:
    known = desk.world.outreach
    scores = {"answers": 24, "promoters": 15, "detractors": 4, "score": 45.8, "low": 17.2, "high": 74.1}
    known.scores = {"asked": 80, "answered": 24, "nps": scores | {"enough": False}}
    low = {"low": True, "comment": "I waited an hour.", "contact": "p3.1"}
    known.surveys = [survey("v1", 10), survey("v2", 3, patient_name="Maria Souza", **low), survey("v3", None)]
    desk.world.contacts["p3.1"]["recovery"] = "v2"
    page = page_of(desk, "surveys", "supervisor")
    expect(page.get_by_text("24 answers · 95 % interval, +17 to +74")).to_be_visible()
    expect(page.get_by_text("Fewer than 30 answers: they say little.")).to_be_visible()
    expect(page.get_by_role("listitem").first).to_contain_text("3 of 10")
    expect(page.get_by_text("1 person has not answered yet.")).to_be_visible()
    desk.page.set_viewport_size({"width": 390, "height": 860})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Get in touch : Maria Souza").press("Enter")
    expect(page).to_have_url(re.compile("#/contact/p3.1$"))
    conversation = page.get_by_role("region", name="Conversation")
    expect(conversation.get_by_text("Unhappy: please get in touch")).to_be_visible()


def test_nothing_asked_is_no_score(desk: Desk) -> None:
    desk.world.outreach.scores = NO_SCORES
    page = page_of(desk, "surveys")
    expect(page.get_by_text("Nobody was asked about this day.")).to_be_visible()
    expect(page.get_by_text("0 answers")).to_have_count(2)


def test_who_may_be_leaving_is_a_step_away_and_the_review_site_is_noted_by_keyboard(desk: Desk) -> None:
    known = desk.world.outreach
    signs = [{"reason": "low_score", "at": "2026-11-22T12:00:00Z"}]
    signs.append({"reason": "unanswered", "at": "2026-11-20T12:00:00Z"})
    known.churn_risks = [{"patient": "p3", "name": "Sam O'Neill", "contact": "p3.1", "signs": signs}]
    known.ratings = [{"day": "2026-11-01", "review_count": 1, "rating_value": 4.5}]
    page = page_of(desk, "surveys", "supervisor")
    leaving = page.get_by_role("region", name="Who may be leaving")
    leaving.get_by_role("button", name="Show them").press("Enter")
    expect(leaving).to_contain_text("gave a low score")
    expect(leaving).to_contain_text("nobody got back to them")
    site = page.get_by_role("region", name="On the review site")
    expect(site.get_by_role("listitem")).to_contain_text("4.5 of 5, from 1 review Sunday, 1 November 2026")
    page.get_by_label("Seen on").fill("2026-11-20")
    page.get_by_label("Reviews so far").fill("121")
    page.get_by_label("Average, 1 to 5").fill("4.62")
    for width in (1640, 390):
        page.set_viewport_size({"width": width, "height": 860})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Enter")
    expect(site.get_by_role("listitem").first).to_contain_text("4.62 of 5, from 121 reviews")
    site.get_by_role("button", name="Remove : Sunday, 1 November 2026").press("Enter")
    expect(site.get_by_role("listitem")).to_have_count(1)
    page.get_by_label("Reviews so far").fill("0")
    expect(page.get_by_label("Average, 1 to 5")).to_be_disabled()
    page.get_by_label("Reviews so far").press("Enter")
    expect(site.get_by_text("No reviews yet")).to_be_visible()
    noted = [body for _, body in known.asked]
    assert noted == [
        {"review_count": 121, "rating_value": 4.62},
        {},
        {"review_count": 0, "rating_value": None},
    ]
    page.get_by_role("link", name="Open the conversation : Sam O'Neill").press("Enter")
    expect(page).to_have_url(re.compile("#/contact/p3.1$"))


def test_an_authorisation_is_noted_by_keyboard_and_the_settled_ones_are_apart(desk: Desk) -> None:
    desk.world.identity.near = [{"id": "p3", "name": "Sam O'Neill", "kind": "patient"}]
    desk.world.outreach.authorisations = [authorisation("x1", "Maria Souza", state="booked")]
    page = page_of(desk, "authorisations", "supervisor")
    expect(page.get_by_text("Nothing is pending.")).to_be_visible()
    page.get_by_role("button", name="Add an authorisation").press("Enter")
    expect(page.get_by_label("Phone number of the patient")).to_be_focused()
    page.keyboard.type("+5511900000101")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Sam O'Neill")).to_be_checked()
    page.get_by_label("Its ID in your system").fill("A-7")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem")).to_contain_text("message sent")
    page.get_by_role("button", name="All", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Maria Souza")).to_be_visible()
    noted = desk.world.outreach.asked[-1][1]
    assert (noted["id"], noted["patient"], noted["number"], noted["type_id"]) == ("A-7", "p3", None, None)
