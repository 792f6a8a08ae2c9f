"""Who may not come, in words; and other reminders, tried on half of the patients."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.console.agenda import visit
from tests.console.conftest import Desk
from tests.console.risks import LEARNED, experiment, reason, risk
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def opened(desk: Desk, role: str) -> Page:
    page = desk.sign_in()
    page.evaluate(f"sessionStorage.setItem('recado.token', 'token-{role}-ana')")
    page.goto(f"{desk.url}#/risk")
    page.reload()
    expect(page.get_by_role("heading", name="Who may not come")).to_be_visible()
    return page


def test_what_nobody_has_taught_says_that_it_is_supposed_and_is_switched_on(desk: Desk) -> None:
    page = opened(desk, "admin")
    expect(page.get_by_text("it starts from what is usual at clinics")).to_be_visible()
    page.get_by_text("What counts").press("Enter")
    first = page.get_by_role("row").nth(1)
    expect(first).to_contain_text("how far ahead, in days0-0.9 lowers it")
    expect(page.get_by_role("row")).to_have_count(5)
    page.get_by_role("checkbox", name="Work out how likely each visit is to be missed").press("Space")
    expect(page.get_by_text("It helps you choose whom to call first, nothing else.")).to_be_visible()
    assert desk.world.risks.model["state"] == "on"


def test_an_experiment_says_how_long_it_takes_before_it_begins(desk: Desk) -> None:
    page = opened(desk, "admin")
    page.get_by_role("button", name="Plan an experiment").press("Enter")
    page.get_by_label("Name", exact=True).fill("Earlier")
    page.get_by_label("Smallest difference").fill("3")
    page.get_by_role("group", name="24h").get_by_label("How long").fill("2")
    page.get_by_role("button", name="See how long it would take").press("Enter")
    expect(page.get_by_text("It needs 1,890 patients: about 9 weeks, at 210 a week.")).to_be_visible()
    [(_, drawn)] = desk.world.risks.asked
    assert (drawn["name"], drawn["difference"], drawn["policy"]["steps"][0]["minutes"]) == (
        "Earlier",
        0.03,
        -2880,
    )
    page.get_by_role("button", name="Start : Earlier").press("Enter")
    page.get_by_role("button", name="Results : Earlier").press("Enter")
    expect(page.get_by_text("Too early to tell")).to_be_visible()
    expect(page.get_by_role("row", name="Difference (95 %)")).to_contain_text("+2.9 points (-2.5 to +8.3)")
    for width in (1640, 390):
        page.set_viewport_size({"width": width, "height": 860})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Stop : Earlier").press("Enter")
    page.get_by_role("button", name="Yes, stop it").press("Enter")
    expect(page.get_by_text("ended", exact=True)).to_be_visible()


def test_what_would_take_years_cannot_be_started_and_a_supervisor_only_reads(desk: Desk) -> None:
    desk.world.risks.model |= LEARNED
    slow = {"kept": 0.8, "a_week": 12.0, "patients": 19000, "weeks": None}
    desk.world.risks.experiments["e1"] = experiment("e1", estimate=slow)
    page = opened(desk, "supervisor")
    expect(page.get_by_text("Learned from 1,200 visits, of which 200 were missed")).to_be_visible()
    expect(page.get_by_text("before a kept one 74% of the time")).to_be_visible()
    expect(page.get_by_text("more than two years")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_have_count(0)
    page.evaluate("sessionStorage.setItem('recado.token', 'token-admin-ana')")
    page.reload()
    expect(page.get_by_role("button", name="Start : Two days before")).to_be_disabled()


def test_the_agenda_marks_in_words_who_may_not_come_and_lists_the_likeliest_first(desk: Desk) -> None:
    day = "2099-11-24"
    rows = [visit(str(n), f"{day}T0{n}:00", name) for n, name in ((7, "Maria"), (8, "Rosa"), (9, "João"))]
    desk.world.appointments += [*rows, visit("6", f"{day}T06:00", "Ana", status="cancelled")]
    long_ago, was_here = reason("lead", "29", 0.4), reason("patient", "-0.31", -0.2)
    desk.world.risks.visits = [
        risk("9", 0.62, long_ago, was_here),
        risk("6", 0.9),
        risk("7", 0.41, reason("lead", "0", -0.9)),
        risk("8", 0.1),
    ]
    page = desk.sign_in()
    page.goto(f"{desk.url}#/agenda")
    page.get_by_label("Date", exact=True).fill(day)
    expect(page.get_by_role("button", name=re.compile("João Not confirmed May not come"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Rosa Not confirmed Check-up"))).to_be_visible()
    page.get_by_text("Call these first: 2 visits").press("Enter")
    first = page.locator(".agenda-risks ol > li")
    expect(first).to_contain_text(["62% likely to be missed", "41% likely to be missed"])
    expect(first.first).to_contain_text("booked 29 days ahead or more (raises it)")
    expect(first.first).to_contain_text("how this patient has come so far (lowers it)")
    assert violations(page) == []
    first.last.get_by_role("button").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("booked for the same day (lowers it)")
    assert violations(page) == []
