"""A file of patients is handed in, followed, and told row by row."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Desk
from tests.console.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RUNNING: dict[str, Any] = {
    "id": "i1",
    "name": "patients.csv",
    "source": "clinicsoft",
    "state": "running",
    "size": 1000,
    "read": 400,
    "rows": 2,
    "counts": {"new": 2},
    "problem": None,
    "created_at": "2026-11-22T10:00:00Z",
}
DONE = RUNNING | {"state": "done", "read": 1000, "rows": 4, "counts": {"new": 2, "review": 1, "failed": 1}}


def row(number: int, decision: str, *issues: dict[str, str]) -> dict[str, Any]:
    return {"row": number, "decision": decision, "score": None, "issues": list(issues)}


def at_imports(desk: Desk, role: str) -> Page:
    page = desk.sign_in()
    page.evaluate(f"sessionStorage.setItem('recado.token', 'token-{role}-None')")
    page.goto(f"{desk.url}#/import")
    page.reload()
    expect(page.get_by_role("heading", name="Import patients")).to_be_visible()
    return page


def test_an_administrator_imports_a_file_and_sees_what_became_of_each_row(desk: Desk) -> None:
    desk.world.identity.imports = [RUNNING, DONE]
    wrong = {"field": "birth_date", "message": "This is no day of the calendar."}
    desk.world.identity.rows = [row(1, "new"), row(2, "failed", wrong), row(3, "review"), row(4, "new")]
    page = at_imports(desk, "admin")
    file = {"name": "patients.csv", "mimeType": "text/csv", "buffer": b"name\nMaria Souza\n"}
    page.get_by_label("File").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("System it comes from").fill("clinicsoft")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("progressbar", name="Progress of the import")).to_be_visible()
    expect(page.get_by_role("row", name="2 Failed")).to_contain_text("Birth date: This is no day")
    expect(page.get_by_role("row", name="3 To decide")).to_have_count(0)
    expect(page.get_by_role("region", name="Imports").get_by_text("Finished · Rows: 4")).to_be_visible()
    page.get_by_role("button", name="To decide").click()
    expect(page.get_by_role("row", name="3 To decide")).to_be_visible()
    assert desk.world.identity.said == [("import", {"file": "name\nMaria Souza\n"})]
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 860})
        assert violations(page) == []


def test_a_supervisor_reads_what_came_of_imports_and_hands_in_none(desk: Desk) -> None:
    desk.world.identity.imports = [DONE]
    page = at_imports(desk, "supervisor")
    page.get_by_label("until").fill("2099-12-31")
    with page.expect_download() as download:
        page.get_by_label("From").fill("2099-12-01")
        page.get_by_role("region", name="Export visits").get_by_role("button").press("Enter")
    assert download.value.path().read_text() == "id,start\n2099-12-31\n"
    expect(page.get_by_text("Only an administrator can import")).to_be_visible()
    expect(page.get_by_label("File")).to_have_count(0)
    page.get_by_role("button", name="patients.csv").click()
    expect(page.get_by_role("button", name="Download as CSV")).to_be_visible()


def test_a_table_of_visits_goes_to_the_visits(desk: Desk) -> None:
    desk.world.identity.imports = [DONE | {"kind": "visits"}]
    page = at_imports(desk, "admin")
    page.get_by_label("What is in it").select_option("Visits")
    file = {"name": "visits.csv", "mimeType": "text/csv", "buffer": b"id,start\n"}
    page.get_by_label("File").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("System it comes from").fill("agenda")
    page.get_by_role("button", name="Import").press("Enter")
    expect(page.get_by_role("region", name="Imports").get_by_text("Visits · Finished")).to_be_visible()
    assert desk.world.agenda.asked == [("import", {"file": "id,start\n"})]
