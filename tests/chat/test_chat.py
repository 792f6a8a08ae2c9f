"""The chat on a clinic's page, as a visitor uses it: by keyboard, after a reload, without a connection."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from functools import partial
from threading import Event

import pytest
from playwright.sync_api import expect
from recado.model.tenant import OpeningHours
from recado.store import contacts, mailbox, tenants
from recado.texts import LANGUAGES

from tests.chat.conftest import Visit
from tests.chat.stub import CHAT
from tests.pages import carry_on
from tests.samples import BOAVISTA

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIZE = 12_500
"""Bytes, compressed, of all that a page loads."""
EVENING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_a_visitor_and_the_front_desk_talk_and_each_sees_what_became_of_it(visit: Visit) -> None:
    page = visit.open()
    expect(visit.dialog).to_have_accessible_name("Clínica Boa Vista")
    visit.say("Hello! Are you open on Saturday?")
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    with page.expect_response(lambda told: "seen" in (told.request.post_data or "")):
        sent = visit.answer("We are, from 9 to 13.")
    expect(page.locator(".theirs .bubble")).to_contain_text("We are, from 9 to 13.")
    expect(visit.dialog.locator("> [aria-live=polite]")).to_contain_text("We are, from 9 to 13.")
    carry_on(visit.cloud)
    found = contacts.find_communication("boavista", sent.id)
    assert found is not None
    assert found.state == "read"


def test_until_somebody_opens_it_our_server_is_asked_nothing(visit: Visit) -> None:
    visit.go()
    assert visit.site.asked == []


def test_after_a_reload_the_conversation_goes_on(visit: Visit) -> None:
    page = visit.open()
    visit.say("First")
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    visit.answer("Second")
    expect(page.locator(".theirs")).to_have_count(1)
    visit.say("Third")
    expect(page.locator(".mine .meta").last).to_contain_text("Sent")
    page.reload()
    visit.launcher.click()
    expect(page.locator(".bubble")).to_contain_text(["First", "Second", "Third"])
    visit.say("Fourth")
    expect(page.locator(".mine .meta").last).to_contain_text("Sent")
    assert visit.contact().last_text == "Fourth"
    assert len(contacts.open_contacts("boavista")[0]) == 1


def test_an_answer_to_who_has_closed_the_chat_is_counted_and_told(visit: Visit) -> None:
    page = visit.open()
    visit.say("Hello")
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    page.keyboard.press("Escape")
    expect(visit.dialog).to_be_hidden()
    expect(visit.launcher).to_be_focused()
    visit.answer("Hello!")
    visit.answer("How can we help?")
    page.reload()
    expect(visit.launcher).to_have_accessible_name("Chat with us 2 new messages")
    expect(page.locator("recado-chat .badge")).to_have_text("2")
    visit.launcher.click()
    expect(page.locator(".theirs")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(visit.launcher).to_have_accessible_name("Chat with us")


def test_what_is_written_without_a_connection_goes_out_once_when_there_is_one(visit: Visit) -> None:
    page = visit.open()
    expect(page.get_by_text("Open now")).to_be_visible()
    visit.context.set_offline(True)
    visit.say("Is anybody there?")
    expect(page.get_by_text("No connection. We keep trying.")).to_be_visible()
    expect(page.locator(".mine .meta")).to_contain_text("Sending…")
    visit.context.set_offline(False)
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    expect(page.get_by_text("No connection. We keep trying.")).to_be_hidden()
    assert visit.contact().unread == 1


def test_a_message_that_was_left_unsent_is_sent_after_a_reload(visit: Visit) -> None:
    page = visit.open()
    expect(page.get_by_text("Open now")).to_be_visible()
    visit.site.refuse = 503
    visit.say("Before the crash")
    expect(page.get_by_text("No connection. We keep trying.")).to_be_visible()
    visit.site.refuse = None
    page.reload()
    visit.launcher.click()
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    assert visit.contact().last_text == "Before the crash"


def test_a_message_that_was_refused_says_so_and_may_be_sent_again(visit: Visit) -> None:
    page = visit.open()
    expect(page.get_by_text("Open now")).to_be_visible()
    visit.site.refuse = 400
    visit.say("Hello")
    expect(page.locator(".mine .meta")).to_contain_text("Not sent.")
    visit.site.refuse = None
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".mine .meta")).to_contain_text("Sent")


def test_who_writes_too_much_is_told_to_wait(visit: Visit) -> None:
    page = visit.open()
    expect(page.get_by_text("Open now")).to_be_visible()
    visit.site.refuse = 429
    visit.say("Hello")
    expect(page.get_by_text("That was a lot at once. We go on in a minute.")).to_be_visible()


def test_a_page_that_is_not_on_the_list_says_that_there_is_no_chat(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.site.ours}/")
    visit.launcher.click()
    expect(page.get_by_text("The chat is not available right now.")).to_be_visible()


def test_a_token_that_is_no_longer_good_is_replaced(visit: Visit) -> None:
    page = visit.open()
    expect(page.get_by_text("Open now")).to_be_visible()
    page.evaluate(
        """() => localStorage.setItem('recado-chat:pub-webchat', JSON.stringify({token: 'v1.old.1.0'}))"""
    )
    page.reload()
    visit.launcher.click()
    visit.say("Hello again")
    expect(page.locator(".mine .meta")).to_contain_text("Sent")


def test_who_writes_while_the_page_still_greets_is_one_visitor(visit: Visit) -> None:
    visit.go()
    greeted = Event()
    visit.site.behind = partial(greeted.wait, 8)
    visit.launcher.click()
    visit.say("Hello")
    expect(visit.page.locator(".mine .meta")).to_be_visible()
    greeted.set()
    expect(visit.page.locator(".mine .meta")).to_contain_text("Sent")
    assert [body for _, body in visit.site.asked].count({"type": "hello"}) == 1
    visit.answer("Good morning!")
    expect(visit.page.locator(".theirs .bubble").last).to_contain_text("Good morning!")


def test_markup_is_shown_as_it_was_written(visit: Visit) -> None:
    page = visit.open()
    visit.say("<img src=x onerror=alert(1)>")
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    visit.answer("<b>bold</b> <script>alert(1)</script>")
    expect(page.locator(".theirs .bubble")).to_contain_text("<b>bold</b> <script>alert(1)</script>")
    assert page.locator("recado-chat img, recado-chat b").count() == 0


def test_outside_its_hours_the_clinic_says_when_somebody_will_be_there(visit: Visit) -> None:
    hours = tuple(OpeningHours(weekday=day, opens="08:00", closes="18:00") for day in range(5))
    tenants.save_tenant("boavista", BOAVISTA.model_copy(update={"hours": hours, "version": 1}))
    tenants.forget()
    visit.site.now, visit.site.language = EVENING, "pt-PT"
    page = visit.open()
    expect(page.get_by_text("Fechado agora", exact=True)).to_be_visible()
    expect(page.locator(".note")).to_contain_text("terça-feira, 24 de novembro")
    expect(page.locator(".note")).to_contain_text("08:00")
    expect(visit.text).to_be_enabled()


def test_a_chat_that_the_clinic_has_closed_says_where_to_go(visit: Visit) -> None:
    account = tenants.account("boavista", "webchat", "pub-webchat")
    tenants.save_account(
        "boavista", account.model_copy(update={"state": "paused", "redirect": {"en": "Use WhatsApp."}})
    )
    page = visit.open()
    expect(page.get_by_text("Use WhatsApp.")).to_be_visible()
    expect(page.get_by_role("link", name="Call +551130000000")).to_be_visible()
    expect(visit.text).to_be_hidden()


def test_what_a_visitor_deletes_is_gone_from_the_device_and_the_next_one_is_another(visit: Visit) -> None:
    page = visit.open()
    visit.say("A secret")
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    first = visit.contact().address
    page.get_by_role("button", name="Delete from this device").click()
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    page.get_by_role("button", name="Delete", exact=True).click()
    assert page.evaluate("() => localStorage.length") == 0
    visit.launcher.click()
    expect(page.locator(".mine")).to_have_count(0)
    visit.say("Somebody else")
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    carry_on(visit.cloud)
    addresses = {contact.address for contact in contacts.open_contacts("boavista")[0]}
    assert len(addresses) == 2
    assert first in addresses


def test_a_quick_reply_is_pressed_once_and_says_what_it_carries(visit: Visit) -> None:
    page = visit.open()
    expect(page.get_by_text("Open now")).to_be_visible()
    visitor = re.findall(r"v1\.(v\w+)\.", page.evaluate("() => localStorage['recado-chat:pub-webchat']"))[0]
    item = {
        "id": "m1",
        "text": "Shall we see you?",
        "buttons": [["confirm:a1:1", "Confirm"]],
        "person": False,
    }
    mailbox.leave("boavista", "pub-webchat", datetime.now(UTC), visitor, item)
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".mine .bubble")).to_contain_text("Confirm")
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    said = [body for method, body in visit.site.asked if body and body.get("type") == "message"]
    assert [(one["text"], one["payload"]) for one in said] == [("Confirm", "confirm:a1:1")]


def test_a_name_that_is_given_is_what_the_front_desk_reads(visit: Visit) -> None:
    page = visit.open()
    page.get_by_label("Your name (optional)").fill("Maria Silva")
    visit.say("Hello")
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    expect(page.get_by_label("Your name (optional)")).to_be_hidden()
    assert visit.contact().patient_name == "Maria Silva"


def test_shift_and_enter_begin_a_line_and_nothing_is_no_message(visit: Visit) -> None:
    page = visit.open()
    visit.text.press("Enter")
    visit.text.fill("one")
    visit.text.press("Shift+Enter")
    visit.text.press_sequentially("two")
    visit.text.press("Enter")
    expect(page.locator(".mine .meta")).to_contain_text("Sent")
    assert visit.contact().last_text == "one\ntwo"


@pytest.mark.parametrize(
    ("page", "given", "label"),
    [
        ("pt", "", "Fale conosco"),
        ("es-AR", "", "Escríbanos"),
        ("it", "", "Ci scriva"),
        ("ca-ES", "", "Escriviu-nos"),
        ("de", "", "Chat with us"),
        ("it", 'data-lang="ca"', "Escriviu-nos"),
    ],
)
def test_it_speaks_the_page_s_language_or_the_one_that_it_is_told(
    visit: Visit, page: str, given: str, label: str
) -> None:
    visit.site.language, visit.site.more = page, given
    visit.go()
    expect(visit.launcher).to_have_accessible_name(label)


def test_every_language_says_the_same_things() -> None:
    said = {path.stem: path.read_text("utf-8") for path in (CHAT / "src" / "texts").glob("*.js")}
    assert set(said) == set(LANGUAGES)
    keys = {language: re.findall(r"^  (\w+):", body, re.MULTILINE) for language, body in said.items()}
    holes = {language: re.findall(r"\{\w+\}", body) for language, body in said.items()}
    assert all(one == keys["en"] for one in keys.values())
    assert all(one == holes["en"] for one in holes.values())


def test_it_is_small_and_asks_nobody_else(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.open()
    expect(visit.page.get_by_text("Open now")).to_be_visible()
    assert {url.split("/")[2].split(":")[0] for url in asked} == {"localhost", "127.0.0.1"}
    files = [CHAT / url.split("/chat/")[1] for url in asked if "/chat/" in url]
    english = CHAT / "src" / "texts" / "en.js"
    assert english in files
    words = max(len(gzip.compress(file.read_bytes())) for file in english.parent.glob("*.js"))
    rest = sum(len(gzip.compress(file.read_bytes())) for file in files if file != english)
    assert words + rest <= SIZE
