"""Fixtures of the console's tests: the page with a stand-in API, in a real Chromium where there is one."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from tests.console.stub import Json, Stub, World, contact, message

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None
)
"""The shell before the browser: without windows a page takes a fifth of the time (0.23 s of 1.06 s CPU)."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDE = {"width": 1640, "height": 900}


@dataclass
class Desk:
    """A page of the console, what the stub behind it knows, and what went wrong on it."""

    page: Page
    url: str
    world: World
    errors: list[str]

    def sign_in(self) -> Page:
        """The front desk of the demo clinic, its list loaded."""
        self.page.goto(self.url)
        self.page.locator(".roles button").first.click()
        self.page.locator(".tabs").wait_for()
        return self.page


@pytest.fixture(scope="package")
def stub() -> Iterator[tuple[str, Stub]]:
    """The stub on a loopback port, and its address."""
    made = Stub(World())
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        server = uvicorn.Server(uvicorn.Config(made.app(), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/", made
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, or the tests that need it are left out.

    For this folder only: while it lives, its event loop runs in this thread, and no other may.
    """
    if CHROMIUM is None:
        pytest.skip("Chromium is missing: install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def world() -> World:
    """A morning at the desk: one contact that waits, one of ours, one missed call, one closed."""
    made = World()
    first = message("m1", "Hello, can I book a check-up?", contact="p3.1")
    made.add(contact(3, "Sam O'Neill", "Hello, can I book a check-up?"), first)
    ours = {"state": "assigned", "agent": "ana", "agent_name": "Ana Souza"}
    made.add(contact(9, "Giulia Conti", "Grazie!", **ours), message("m2", "Grazie!"))
    call = {"channel": "voice", "reason": "missed_call", "last_text": "", "unread": 0}
    owed = {"callback": {"phone": "+5511900000102", "due_at": "2099-01-01T10:00:00Z"}}
    summary = {"outcome": "abandoned_in_queue", "waited_s": 43, "talked_s": 0}
    made.add(contact(14, "Núria Puig", "", **call, **owed), message("m3", "", kind="call", call=summary))
    made.add(contact(60, "Lucía Romero", "Gracias", state="closed", disposition="resolved", unread=0))
    quarter: Json = {"offered": 3, "handled": 2, "answered": 2, "answered_in_target": 1, "abandoned": 1}
    quarter |= {"unique_records": 3, "messages": {"whatsapp": {"in": 4, "out": 2}}}
    new = {"first_touch": {"count": 1, "share": 1.0}, "last_touch": {"count": 2, "share": 0.6667}}
    old = {"first_touch": {"count": 0, "share": None}, "last_touch": {"count": 1, "share": 0.3333}}
    total = quarter | {"average_wait_s": 187, "median_wait_s": 187, "service_level": 0.5}
    total |= {"origins": {"ad": new, "guide book": old}}
    voice = total | {"offered": 1, "unique_records": 1, "messages": {}, "origins": {}}
    voice |= {"answered": 0, "answered_in_target": 0, "average_wait_s": None, "median_wait_s": None}
    lost = {"contacted": 5, "missed": 3, "recovered": 1, "booked": 2, "share": 0.6667}
    kept = {"contacted": 1, "missed": 0, "recovered": 0, "booked": 1, "share": 0.3333}
    made.metrics = {
        "now": {"waiting": 2, "assigned": 1, "oldest_wait_s": 840},
        "intervals": [{"start": "2026-11-23T13:15:00Z", **quarter}],
        "total": total,
        "channels": {"voice": voice, "whatsapp": total},
        "new_people": {"voice": lost, "whatsapp": kept},
        "kpis": [{"id": "K11", "version": 1, "name": "service_level"}],
    }
    return made


@pytest.fixture
def desk(browser: Browser, stub: tuple[str, Stub], world: World) -> Iterator[Desk]:
    """A fresh browser context before the page; the test fails if the page logged an error by itself."""
    url, server = stub
    server.world = world
    context = browser.new_context(viewport=WIDE, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(8000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security" in said.text else None)
    yield Desk(page, url, world, errors)
    context.close()
    assert errors == []
