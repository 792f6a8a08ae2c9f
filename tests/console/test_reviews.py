"""Whether two records are one person's: looked at, and decided, by keyboard; a decision is taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.conftest import Desk
from tests.console.identity import review, side
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PHONE = {"system": "phone", "value": "+5511900000101"}
MARIA = side(
    "pa1",
    "Maria Souza",
    fields={"name": "Maria Souza", "birth_date": "1984-03-25"},
    told={"birth_date": {"source": "import:i1", "at": "2026-01-02T12:00:00Z"}},
    contact_points=[PHONE],
)
LIMA = side(
    "pa2",
    "M. Lima",
    fields={"name": "M. Lima", "birth_date": "1984-05-23"},
    contact_points=[PHONE],
)


def asked(desk: Desk) -> Page:
    """The screen with two pairs to decide, and one that Recado has joined."""
    desk.world.identity.add(
        review(dict(MARIA), dict(LIMA), reason="birth_date"),
        review(side("pb1", "João Pereira"), side("pb2", "Joao Pereyra")),
        review(side("pc1", "Rosa Lima"), side("pc2", "Rosa M. Lima", patient="pc1"), joined=True),
    )
    page = desk.sign_in()
    page.goto(f"{desk.url}#/reviews")
    expect(heading(page, "Maria Souza and M. Lima")).to_be_visible()
    return page


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", name=name)


def press(page: Page, key: str, asks: str) -> None:
    """Press a key, and wait for the answer to what it makes the page ask the server."""
    with page.expect_response(lambda answer: answer.url.endswith(asks)):
        page.keyboard.press(key)


def test_two_records_stand_side_by_side_with_what_differs_and_why_one_is_asked(desk: Desk) -> None:
    page = asked(desk)
    born = page.get_by_role("row", name="Birth date")
    expect(born).to_contain_text("differs")
    expect(born.get_by_role("cell").first).to_contain_text("25 March 1984 the import, ")
    expect(born.get_by_role("cell").last).to_contain_text("23 May 1984")
    expect(page.get_by_role("row", name="Phone")).to_contain_text("equal")
    expect(page.get_by_text("The birth dates differ")).to_be_visible()
    expect(page.locator(".evidence li").first).to_have_text("The same phone (speaks for it)")
    expect(page.locator(".evidence .against")).to_have_text("Another birth date (speaks against it)")


def test_pairs_are_decided_by_keyboard_one_after_the_other(desk: Desk) -> None:
    page = asked(desk)
    page.keyboard.press("j")
    expect(heading(page, "João Pereira and Joao Pereyra")).to_be_visible()
    page.keyboard.press("k")
    expect(heading(page, "Maria Souza and M. Lima")).to_be_visible()
    press(page, "s", "/reviews/pa1.pa2/decision")
    expect(heading(page, "João Pereira and Joao Pereyra")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Next: João Pereira and Joao Pereyra.")
    press(page, "d", "/reviews/pb1.pb2/decision")
    expect(page.get_by_text("Nothing to decide.")).to_be_visible()
    assert desk.world.identity.decided == [("pa1.pa2", "same"), ("pb1.pb2", "different")]


def test_a_decision_is_taken_back_and_made_again(desk: Desk) -> None:
    page = asked(desk)
    page.keyboard.press("s")
    page.keyboard.press("u")
    expect(heading(page, "Maria Souza and M. Lima")).to_be_visible()
    expect(page.get_by_text("They count as different people now.")).to_be_visible()
    press(page, "s", "/patients/pa1/joins")
    expect(heading(page, "João Pereira and Joao Pereyra")).to_be_visible()
    assert desk.world.identity.decided == [("pa1.pa2", way) for way in ("same", "different", "same")]


def test_a_decision_that_the_server_refuses_brings_the_pair_back(desk: Desk) -> None:
    refusal = {"error": {"code": "conflict", "message": "Decided otherwise.", "field": None}}
    desk.world.refuse["decision"] = (409, refusal)
    page = asked(desk)
    page.keyboard.press("d")
    expect(page.get_by_role("alert")).to_contain_text("not possible in its present state")
    expect(heading(page, "Maria Souza and M. Lima")).to_be_visible()


def test_what_recado_joined_is_taken_apart(desk: Desk) -> None:
    page = asked(desk)
    page.get_by_role("tab", name="Joined by Recado").click()
    expect(heading(page, "Rosa Lima and Rosa M. Lima")).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/reviews/pc1.pc2/decision")):
        page.get_by_role("button", name="Take apart").click()
    expect(page.get_by_text("Nothing to confirm.")).to_be_visible()
    assert desk.world.identity.decided == [("pc1.pc2", "different")]


def test_axe_finds_nothing_wrong_at_a_pair(desk: Desk) -> None:
    page = asked(desk)
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 860})
        assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
