"""Fixtures of the chat's tests: a clinic's page in a real Chromium, the real functions behind it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from recado.actions.reply import reply
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.store import contacts

from tests.chat.stub import Site
from tests.cloud import Cloud
from tests.console import conftest as console
from tests.pages import carry_on, equip

browser = console.browser
"""For this folder only, as there."""


@dataclass
class Visit:
    """A visitor on the clinic's page, and the front desk that they write to."""

    context: BrowserContext
    page: Page
    site: Site
    cloud: Cloud
    errors: list[str] = field(default_factory=list)

    def go(self) -> Page:
        """To the clinic's page; the chat's button is there."""
        self.page.goto(self.site.page)
        self.launcher.wait_for()
        return self.page

    def open(self) -> Page:
        """To the page, and into the chat."""
        self.go()
        self.launcher.click()
        self.dialog.wait_for()
        return self.page

    @property
    def launcher(self) -> Locator:
        return self.page.locator("recado-chat .launcher")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def text(self) -> Locator:
        return self.page.locator("recado-chat textarea")

    def say(self, text: str) -> None:
        self.text.fill(text)
        self.text.press("Enter")

    def contact(self) -> Contact:
        """The one open contact at the front desk."""
        carry_on(self.cloud)
        (contact,), _ = contacts.open_contacts("boavista")
        return contact

    def answer(self, text: str) -> Communication:
        """Ana answers."""
        sent = reply("boavista", "ana", self.contact().id, text, datetime.now(UTC))
        carry_on(self.cloud)
        return sent


@pytest.fixture(scope="package")
def served() -> Iterator[Site]:
    """The site on a loopback port."""
    site = Site()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        site.port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(site.app(), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield site
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def visit(browser: Browser, served: Site, clinic: Cloud) -> Iterator[Visit]:
    """A fresh visitor; the test fails if the page logged an error by itself."""
    served.refuse, served.language, served.more, served.now = None, "en", "", None
    served.behind = lambda: None
    served.asked.clear()
    equip(clinic, served.page.rstrip("/"))
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(8000)
    made = Visit(context, page, served, clinic)
    page.on("pageerror", lambda error: made.errors.append(str(error)))
    page.on(
        "console", lambda said: made.errors.append(said.text) if "Content Security" in said.text else None
    )
    yield made
    context.close()
    assert made.errors == []
