"""The clinic's channels in a browser: what an administrator sees and does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.accounts import REFUSED, WELL, account
from tests.console.conftest import Desk
from tests.console.test_accessibility import at_each_width, violations
from tests.console.test_desk import tab_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NUMBER = "100000000000001"


@pytest.fixture
def admin(desk: Desk) -> Page:
    """Davi, at the channels of his clinic: a WhatsApp number that is open, a web chat that is closed."""
    desk.world.accounts.items = [
        account("whatsapp", NUMBER, display="+55 11 3000-0000"),
        account("webchat", "k1", state="paused", webhook="https://hooks.example/webhooks/webchat/k1"),
    ]
    return at_channels(desk, "admin")


def at_channels(desk: Desk, role: str) -> Page:
    page = desk.page
    page.goto(desk.url)
    page.evaluate("role => sessionStorage.setItem('recado.token', `token-${role}-`)", role)
    page.goto(f"{desk.url}#/channels")
    page.reload()
    expect(page.get_by_role("heading", name="Channels", level=1)).to_be_visible()
    return page


def card(page: Page, name: str = "WhatsApp") -> Locator:
    return page.get_by_role("listitem", name=re.compile(f"^{name}"))


def test_each_account_shows_its_state_its_health_and_its_address(desk: Desk, admin: Page) -> None:
    desk.world.accounts.items[0]["test"] = REFUSED
    admin.reload()
    number, chat = card(admin), card(admin, "Web chat")
    expect(number).to_contain_text("Open")
    expect(number).to_contain_text("The provider does not accept this account’s secrets.")
    expect(number).to_contain_text("https://hooks.example/webhooks/whatsapp")
    expect(chat).to_contain_text("Closed")
    expect(chat).to_contain_text("Not tested yet.")


def test_who_waits_too_long_on_an_open_channel_is_said_beside_it(desk: Desk, admin: Page) -> None:
    told = {"channel": "whatsapp", "account": NUMBER, "since": "2026-11-23T13:00:00.000Z", "people": 0}
    desk.world.accounts.neglected = [
        told | {"problem": "unanswered", "people": 2},
        told | {"problem": "silent"},
        told | {"problem": "unused", "channel": "webchat", "account": "k1"},
    ]
    admin.reload()
    expect(card(admin)).to_contain_text("2 patients are waiting for an answer, the first since")
    expect(card(admin)).to_contain_text("Nothing has come in since")
    expect(card(admin, "Web chat")).not_to_contain_text("two weeks")
    assert violations(admin) == []


def test_a_test_says_in_words_what_its_provider_said(desk: Desk, admin: Page) -> None:
    card(admin).get_by_role("button", name=re.compile("^Test")).click()
    expect(card(admin)).to_contain_text("It works.")
    expect(
        admin.get_by_role("status").filter(has_text="WhatsApp, +55 11 3000-0000: It works.")
    ).to_be_attached()


def test_the_words_are_those_of_the_reader(desk: Desk, admin: Page) -> None:
    desk.world.accounts.items[0]["test"] = REFUSED
    admin.reload()
    admin.get_by_role("combobox").first.select_option("it")
    expect(admin.get_by_role("heading", name="Canali", exact=True)).to_be_visible()
    expect(card(admin)).to_contain_text("Il fornitore non accetta i segreti di questo account.")


def test_an_administrator_adds_a_channel_without_a_mouse(desk: Desk, admin: Page) -> None:
    tab_until(admin, admin.get_by_role("button", name="Add a channel"))
    admin.keyboard.press("Enter")
    dialog = admin.get_by_role("dialog", name="Add a channel")
    tab_until(admin, dialog.get_by_role("combobox"))
    admin.keyboard.type("Web chat")
    sites = dialog.get_by_role("textbox", name=re.compile("^Sites"))
    tab_until(admin, sites)
    admin.keyboard.type("https://clinic.example\nhttps://www.clinic.example")
    tab_until(admin, dialog.get_by_role("button", name="Add"))
    admin.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    made = desk.world.accounts.items[-1]
    assert made["settings"] == {"origins": ["https://clinic.example", "https://www.clinic.example"]}
    assert desk.world.accounts.given["k1"] == {}


def test_a_secret_is_typed_unseen_and_a_refusal_names_the_field(desk: Desk, admin: Page) -> None:
    admin.get_by_role("button", name="Add a channel").click()
    dialog = admin.get_by_role("dialog")
    add = dialog.get_by_role("button", name="Add", exact=True)
    expect(add).to_be_disabled()
    dialog.get_by_label("Phone number ID").fill("300000000000003")
    secret = dialog.get_by_label("Access token")
    expect(secret).to_have_attribute("type", "password")
    secret.fill("token")
    refused = {"code": "conflict", "message": "This account is in use.", "field": "id"}
    desk.world.refuse["accounts"] = (409, {"error": refused})
    add.click()
    expect(dialog.get_by_role("alert")).to_contain_text("This account is in use, here or at another clinic.")


def test_a_channel_is_closed_with_words_for_patients(desk: Desk, admin: Page) -> None:
    card(admin).get_by_role("button", name=re.compile("^Close")).click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_label("Português").fill("Escreva por e-mail.")
    dialog.get_by_role("button", name="Close", exact=True).click()
    expect(card(admin)).to_contain_text("Closed")
    assert desk.world.accounts.find(NUMBER)["redirect"] == {"pt-BR": "Escreva por e-mail."}


def test_a_channel_opens_when_its_provider_says_so(desk: Desk, admin: Page) -> None:
    card(admin, "Web chat").get_by_role("button", name=re.compile("^Open")).click()
    admin.get_by_role("dialog").get_by_role("button", name="Open", exact=True).click()
    expect(card(admin, "Web chat").locator(".tag")).to_have_text("Open")


def test_against_its_providers_word_a_channel_opens_only_on_purpose(desk: Desk, admin: Page) -> None:
    desk.world.accounts.says = REFUSED
    card(admin, "Web chat").get_by_role("button", name=re.compile("^Open")).click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_role("button", name="Open", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("does not accept")
    assert desk.world.accounts.find("k1")["state"] == "paused"
    dialog.get_by_role("button", name="Open all the same").click()
    expect(card(admin, "Web chat").locator(".tag")).to_have_text("Open")


def test_a_secret_is_changed_in_two_steps(desk: Desk, admin: Page) -> None:
    secrets = card(admin).get_by_role("button", name=re.compile("^Secrets"))
    secrets.click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_label("Access token").fill("token-two")
    dialog.get_by_role("button", name="Use from now on").click()
    expect(dialog).to_be_hidden()
    assert desk.world.accounts.given[NUMBER] == {"access_token": "token-two"}
    secrets.click()
    expect(dialog).to_contain_text("the new one and the one before it both work")
    dialog.get_by_role("radio", name=re.compile("^The one before")).check()
    dialog.get_by_role("button", name="Finish").click()
    expect(dialog).to_be_hidden()
    assert desk.world.accounts.given[NUMBER]["kept"] == "previous"


def test_what_is_no_secret_is_edited(desk: Desk, admin: Page) -> None:
    card(admin).get_by_role("button", name=re.compile("^Edit")).click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_label("Number or name").fill("Reception")
    dialog.get_by_role("button", name="Save").click()
    expect(card(admin)).to_contain_text("Reception")


def test_removing_asks_first(desk: Desk, admin: Page) -> None:
    remove = card(admin).get_by_role("button", name=re.compile("^Remove"))
    remove.click()
    admin.get_by_role("dialog").get_by_role("button", name="Cancel").last.click()
    assert len(desk.world.accounts.items) == 2
    remove.click()
    admin.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(card(admin)).to_have_count(0)
    assert [one["id"] for one in desk.world.accounts.items] == ["k1"]


def probe(state: str, **test: object) -> dict[str, object]:
    return {
        "channel": "whatsapp",
        "account": NUMBER,
        "display": "+55 11 3000-0000",
        "state": state,
        "test": WELL | test,
    }


def trial(state: str, *probes: dict[str, object], together: bool | None = None) -> dict[str, object]:
    return {"id": "f1", "state": state, "together": together, "message": "", "accounts": list(probes)}


def test_a_trial_shows_how_far_each_message_came_and_how_it_ended(desk: Desk, admin: Page) -> None:
    desk.world.accounts.trial = [
        trial("running", probe("waiting")),
        trial("passed", probe("arrived"), together=True),
    ]
    admin.get_by_role("button", name="Start the trial").click()
    panel = admin.get_by_role("region", name="Trial of all channels")
    expect(panel).to_contain_text("On its way")
    expect(panel).to_contain_text("Everything works.")
    expect(panel).to_contain_text("known as one person")
    expect(admin.get_by_role("status").filter(has_text="Everything works.")).to_be_attached()


def test_a_trial_that_fails_says_what_is_wrong_with_which_account(desk: Desk, admin: Page) -> None:
    wrong = {"ok": False, "problem": "not_arrived", "message": "It did not arrive."}
    desk.world.accounts.trial = [trial("failed", probe("failed", **wrong), together=False)]
    admin.get_by_role("button", name="Start the trial").click()
    panel = admin.get_by_role("region", name="Trial of all channels")
    expect(panel).to_contain_text("The trial message did not arrive within two minutes.")
    expect(panel).to_contain_text("was taken for several people")


def test_a_supervisor_sees_the_channels_and_changes_nothing(desk: Desk) -> None:
    desk.world.accounts.items = [account("whatsapp", NUMBER)]
    page = at_channels(desk, "supervisor")
    expect(card(page)).to_contain_text("Open")
    expect(
        page.get_by_role("main").get_by_role("button", name=re.compile("^(Test|Close|Add|Start)"))
    ).to_have_count(0)


def test_an_agent_is_not_offered_the_channels(desk: Desk) -> None:
    page = desk.sign_in()
    expect(page.get_by_role("link", name="Numbers")).to_be_visible()
    expect(page.get_by_role("link", name="Channels")).to_have_count(0)


def test_axe_finds_nothing_wrong_with_cards_forms_and_trial(desk: Desk, admin: Page) -> None:
    desk.world.accounts.items[0]["test"] = REFUSED
    desk.world.accounts.trial = [
        trial("failed", probe("arrived"), probe("failed", **REFUSED), together=False)
    ]
    admin.reload()
    admin.get_by_role("button", name="Start the trial").click()
    expect(admin.get_by_role("main").get_by_text("Something is wrong.")).to_be_visible()
    at_each_width(admin)
    for step in ("Close", "Edit", "Secrets", "Remove"):
        card(admin).get_by_role("button", name=re.compile(f"^{step}")).click()
        expect(admin.get_by_role("dialog")).to_be_visible()
        at_each_width(admin, 390, 1640)
        admin.keyboard.press("Escape")
    admin.set_viewport_size({"width": 320, "height": 640})
    assert admin.evaluate("document.documentElement.scrollWidth") <= 320
