"""The front desk in a browser: what an agent sees and does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.conftest import Desk
from tests.console.stub import ago, contact, message

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def open_sam(desk: Desk) -> Page:
    page = desk.sign_in()
    page.get_by_role("link", name=re.compile("Sam O'Neill")).click()
    expect(page.get_by_role("heading", name="Sam O'Neill").first).to_be_visible()
    expect(page.get_by_role("textbox", name=re.compile("^Reply to"))).to_be_focused()
    return page


def test_a_new_contact_is_seen_and_heard_within_two_seconds(desk: Desk) -> None:
    page = desk.sign_in()
    expect(page.get_by_role("link", name=re.compile("Giulia"))).to_be_visible()
    desk.world.add(contact(0, "Beatriz Lima", "Bom dia!"), message("n1", "Bom dia!"))
    expect(page.get_by_role("link", name=re.compile("Beatriz Lima"))).to_be_visible(timeout=2000)
    expect(page.get_by_role("status").filter(has_text="New contact: Beatriz Lima")).to_be_attached()


def test_an_agent_finds_reads_answers_and_closes_a_contact_without_a_mouse(desk: Desk) -> None:
    page = desk.sign_in()
    expect(page.get_by_role("link", name=re.compile("Sam O'Neill"))).to_be_visible()
    tab_until(page, page.locator("a.row").first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Reply to Sam O'Neill")).to_be_focused()
    page.keyboard.type("Yes, of course.")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Which day?")
    page.keyboard.press("Enter")
    bubble = page.locator(".message.out", has_text="Which day?")
    expect(bubble.get_by_title("Waiting to be sent")).to_be_visible()
    assert [item["text"] for item in desk.world.keys.values()] == ["Yes, of course.\nWhich day?"]
    tab_until(page, page.get_by_role("button", name="Close"), back=True)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Close the contact")
    tab_until(page, dialog.get_by_role("radio").first)
    page.keyboard.press("Space")
    tab_until(page, dialog.get_by_role("button", name="Close"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Closed: Resolved")).to_be_visible()
    assert desk.world.contacts["p3.1"]["disposition"] == "resolved"


def tab_until(page: Page, target: Locator, *, back: bool = False) -> None:
    """Press Tab until the target has the focus, as a person without a mouse would."""
    for _ in range(40):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab never reaches {target}")


def test_a_reply_whose_answer_was_lost_is_sent_once(desk: Desk) -> None:
    page = open_sam(desk)
    desk.world.lose_answers = 2
    page.keyboard.type("We open at eight.")
    page.keyboard.press("Enter")
    bubble = page.locator(".message.out", has_text="We open at eight.")
    expect(bubble.get_by_title("Waiting to be sent")).to_be_visible(timeout=8000)
    expect(bubble).to_have_count(1)
    assert len(desk.world.keys) == 1
    assert sum(line.endswith("/replies") for line in desk.world.requests) == 3


def test_a_refused_reply_says_why_and_goes_back_into_the_box(desk: Desk) -> None:
    page = open_sam(desk)
    desk.world.refuse["replies"] = (400, {"error": {"code": "invalid", "message": "No.", "field": "text"}})
    page.keyboard.type("Hm")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Not sent. This value cannot be used. (text)")
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_role("textbox", name=re.compile("^Reply to"))).to_have_value("Hm")
    expect(page.locator(".message.out")).to_have_count(0)


def test_a_draft_stays_with_its_contact(desk: Desk) -> None:
    page = open_sam(desk)
    page.keyboard.type("Half a thou")
    page.get_by_role("link", name=re.compile("Giulia")).click()
    expect(page.get_by_role("textbox", name="Reply to Giulia Conti")).to_have_value("")
    page.get_by_role("link", name=re.compile("Sam O'Neill")).click()
    expect(page.get_by_role("textbox", name="Reply to Sam O'Neill")).to_have_value("Half a thou")
    page.reload()
    expect(page.get_by_role("textbox", name="Reply to Sam O'Neill")).to_have_value("Half a thou")


def test_a_step_on_an_outdated_contact_shows_what_has_become_of_it(desk: Desk) -> None:
    page = open_sam(desk)
    page.get_by_role("button", name="Transfer").click()
    page.get_by_role("radio", name=re.compile("Rui Prado")).check()
    desk.world.refuse["transfer"] = (409, {"error": {"code": "stale", "message": "Stale.", "field": None}})
    desk.world.contacts["p3.1"].update(version=7, state="assigned", agent="rui", agent_name="Rui Prado")
    page.get_by_role("dialog").get_by_role("button", name="Transfer").click()
    expect(page.get_by_role("alert")).to_contain_text("Someone else changed this in the meantime")
    page.keyboard.press("Escape")
    expect(page.locator(".contact-head")).to_contain_text("With Rui Prado")


def test_a_dialog_acts_on_the_contact_as_it_was_when_it_opened(desk: Desk) -> None:
    page = open_sam(desk)
    page.get_by_role("button", name="Close").click()
    desk.world.contacts["p3.1"].update(version=2, state="assigned", agent="rui", agent_name="Rui Prado")
    expect(page.locator(".contact-head")).to_contain_text("With Rui Prado")
    dialog = page.get_by_role("dialog", name="Close the contact")
    dialog.get_by_role("radio", name="Resolved").check()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Someone else changed this in the meantime")
    assert desk.world.contacts["p3.1"]["state"] == "assigned"
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_text("Closed: Resolved")).to_be_visible()


def test_our_own_reply_does_not_outdate_a_dialog(desk: Desk) -> None:
    page = open_sam(desk)
    page.get_by_role("button", name="Close").click()
    ours = {"version": 2, "state": "assigned", "agent": "ana", "agent_name": "Ana Souza"}
    desk.world.contacts["p3.1"].update(ours, last_outbound_at=ago(), last_text="Yes.")
    expect(page.locator(".contact-head")).to_contain_text("With you")
    dialog = page.get_by_role("dialog", name="Close the contact")
    dialog.get_by_role("radio", name="Resolved").check()
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_text("Closed: Resolved")).to_be_visible()


def test_everybody_who_may_sign_in_is_named_the_front_desk_first(desk: Desk) -> None:
    desk.page.goto(desk.url)
    people = desk.page.locator(".roles button")
    expect(people).to_contain_text(["Ana Souza Front desk", "Rui Prado Front desk", "Carla Rocha Supervisor"])
    people.nth(1).click()
    expect(desk.page.locator(".whoami")).to_contain_text("Rui Prado")


def test_who_answers_a_colleagues_contact_is_told_whose_it_is(desk: Desk) -> None:
    page = open_sam(desk)
    page.keyboard.type("We can do ni")
    held = page.get_by_text("Rui Prado has this contact. Your reply goes out")
    expect(held).to_have_count(0)
    desk.world.contacts["p3.1"].update(version=2, state="assigned", agent="rui", agent_name="Rui Prado")
    expect(held).to_be_visible()
    page.keyboard.type("ne.")
    expect(page.get_by_role("textbox", name=re.compile("^Reply to"))).to_have_value("We can do nine.")


def test_the_patient_beside_the_conversation_covers_nothing(desk: Desk) -> None:
    page = open_sam(desk)
    for width in (1200, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 860})
        page.reload()
        page.get_by_role("button", name="Patient", exact=True).click()
        expect(page.get_by_role("button", name="Book an appointment")).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_role("textbox", name=re.compile("^Reply to")).fill("Yes")
        for name in ("Take", "Transfer", "Close", "Send"):
            page.locator(".conversation").get_by_role("button", name=name, exact=True).click(trial=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_name_that_is_one_long_word_stays_in_its_place(desk: Desk) -> None:
    name = "Wolfeschlegelstein" * 8
    desk.world.contacts["p3.1"].update(patient_name=name, state="assigned", agent="rui", agent_name=name)
    out = {"direction": "outbound", "state": "read", "author": name, "at": ago()}
    desk.world.timelines["p3"].append(message("l1", name, **out))
    page = desk.sign_in()
    page.get_by_role("link", name=re.compile(name)).click()
    expect(page.locator(".message.out")).to_be_visible()
    wide = "element => element.scrollWidth > element.clientWidth"
    for width in (390, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 860})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for part in (".conversation", ".contact-head", ".timeline", ".composer", ".patient"):
            assert not page.locator(part).evaluate(wide), (part, width)


def test_no_tab_is_cut_in_any_language(desk: Desk) -> None:
    for number in range(20, 140):
        desk.world.add(contact(number, "Sam", "Hello"))
    desk.page.set_viewport_size({"width": 1024, "height": 800})
    page = desk.sign_in()
    expect(page.locator(".count").first).to_have_text("99+")
    for language in ("pt-BR", "es", "it", "ca", "en"):
        page.locator(".language select").select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert page.locator(".tabs").evaluate("tabs => tabs.scrollWidth <= tabs.clientWidth"), language
        cut = "tabs => tabs.filter((tab) => tab.scrollWidth > tab.clientWidth).length"
        assert page.locator(".tabs button").evaluate_all(cut) == 0, language


def test_more_closed_contacts_are_offered_only_where_there_are_more(desk: Desk) -> None:
    desk.world.older = [[], [contact(70, "Beatriz Lima", "Tchau", state="closed", disposition="spam")], []]
    page = desk.sign_in()
    page.get_by_role("tab", name="Closed").click()
    expect(page.get_by_role("link", name=re.compile("Lucía"))).to_be_visible()
    page.get_by_role("button", name="Show more").click()
    expect(page.get_by_role("link", name=re.compile("Beatriz"))).to_be_visible()
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)
    desk.world.add(contact(1, "Mara Dias", "Ciao", state="closed", disposition="spam"))
    expect(page.get_by_role("link", name=re.compile("Mara"))).to_be_visible(timeout=8000)
    expect(page.get_by_role("link", name=re.compile("Beatriz"))).to_be_visible()
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)


def test_a_server_out_of_reach_is_told_once(desk: Desk) -> None:
    page = open_sam(desk)
    page.route("**/api/**", lambda route: route.abort())
    said = page.get_by_text("No connection to the server.").filter(visible=True)
    for width in (390, 1640):
        page.set_viewport_size({"width": width, "height": 860})
        expect(said.first).to_be_visible()
        expect(page.locator(".banner")).to_have_count(2)
        expect(said).to_have_count(1)


def test_what_a_patient_writes_is_shown_as_written_and_never_run(desk: Desk) -> None:
    trick = "<img src=x onerror=\"document.title='owned'\"> {name} ${1}"
    desk.world.timelines["p3"].append(message("x1", trick, at=ago()))
    page = open_sam(desk)
    expect(page.locator(".message .text", has_text=trick)).to_be_visible()
    assert page.locator(".timeline img").count() == 0
    assert "owned" not in page.title()


def test_unknown_kinds_calls_and_failures_are_shown_as_what_they_are(desk: Desk) -> None:
    failed = message(
        "f1", "Too late", direction="outbound", state="failed", author="agent:ana", error="131047"
    )
    desk.world.timelines["p3"] += [
        message("k1", "", kind="order", at=ago(minutes=2)),
        message("k2", "", kind="unsupported", original_type="hologram", at=ago(minutes=2)),
        message("k3", "", kind="unsupported", original_type=None, at=ago(minutes=2)),
        failed | {"at": ago()},
    ]
    page = open_sam(desk)
    expect(page.get_by_text("message of the kind “hologram”, which cannot be shown here")).to_be_visible()
    expect(page.get_by_text("message of the kind “unsupported”")).to_be_visible()
    expect(page.get_by_text("message of the kind “order”")).to_be_visible()
    expect(page.get_by_text("only approved templates")).to_be_visible()
    page.get_by_role("link", name=re.compile("Núria")).click()
    expect(page.get_by_text("Missed call: hung up in the queue")).to_be_visible()
    expect(page.get_by_role("link", name="Call +5511900000102")).to_have_attribute(
        "href", "tel:+5511900000102"
    )


def test_an_appointment_is_booked_at_the_clinics_wall_time_and_called_off(desk: Desk) -> None:
    page = open_sam(desk)
    page.get_by_role("button", name="Book an appointment").click()
    page.get_by_label("Day", exact=True).fill("2099-11-24")
    page.get_by_label("Time", exact=True).fill("09:30")
    page.get_by_label("With", exact=True).fill("Dr Prado")
    page.get_by_label("Kind of visit").fill("Check-up")
    page.get_by_role("button", name="Book", exact=True).click()
    visit = page.locator(".visit")
    expect(visit).to_contain_text("09:30")
    assert desk.world.appointments[0]["start"] == "2099-11-24T12:30:00Z"
    visit.get_by_role("button", name="Cancel appointment").click()
    visit.get_by_role("button", name="Yes, cancel").click()
    expect(page.get_by_text("Nothing booked.")).to_be_visible()
    assert desk.world.appointments[0]["status"] == "cancelled"


def test_a_reminder_that_was_not_sent_says_why(desk: Desk) -> None:
    due = "2099-11-21T12:30:00Z"
    reminders = [
        {"step": "72h", "due_at": due, "state": "skipped", "reason": "past"},
        {"step": "24h", "due_at": due, "state": "skipped", "reason": "solar_flare"},
    ]
    visit = {"id": "a1", "version": 1, "patient": "p3", "start": "2099-11-24T12:30:00Z", "status": "booked"}
    visit |= {"practitioner": "Dr Prado", "type": "Check-up", "minutes": 30, "confirmation": "none"}
    desk.world.appointments.append(visit | {"reminders": reminders})
    page = open_sam(desk)
    expect(page.get_by_text("72h: Skipped · its time had already passed")).to_be_visible()
    expect(page.get_by_text("24h: Skipped · solar flare")).to_be_visible()


def test_a_message_that_waited_shows_when_it_went_out(desk: Desk) -> None:
    held = {"direction": "outbound", "state": "sent", "author": "recado", "purpose": "text_back"}
    at, sent_at = "2026-11-20T11:00:00Z", "2026-11-20T12:41:00Z"
    desk.world.timelines["p3"] += [message("h1", "We saw your call.", **held, at=at, sent_at=sent_at)]
    page = open_sam(desk)
    expect(page.locator(".message.out time")).to_have_text("09:41")


def test_the_phone_writes_and_the_desk_sees_it(desk: Desk) -> None:
    page = desk.sign_in()
    phone = page.get_by_role("complementary", name="A patient's phone")
    phone.get_by_role("textbox", name="Message").fill("Is anybody there?")
    page.keyboard.press("Enter")
    expect(phone.get_by_text("Is anybody there?")).to_be_visible()
    row = page.locator(".contacts").get_by_role("link", name=re.compile("Is anybody there"))
    expect(row).to_be_visible(timeout=3000)
    phone.get_by_role("button", name="Call the clinic").click()
    phone.get_by_role("button", name="Hang up in the queue").click()
    expect(phone.get_by_text("You hung up.")).to_be_visible()
    assert "call queue" in desk.world.requests


def test_the_phone_answers_by_tapping_a_quick_reply(desk: Desk) -> None:
    buttons = [{"payload": "yes", "title": "Confirm"}, {"payload": "no", "title": "Cancel"}]
    desk.world.phone.append(message("w0", "Tomorrow at nine?", direction="outbound", buttons=buttons))
    page = desk.sign_in()
    phone = page.get_by_role("complementary", name="A patient's phone")
    phone.get_by_role("button", name="Confirm").click()
    expect(phone.locator(".message.out .text")).to_have_text("Confirm")
    expect(phone.get_by_role("button", name="Cancel")).to_be_disabled()


def test_without_the_demo_a_token_is_asked_for_and_there_is_no_phone(desk: Desk) -> None:
    desk.world.demo = False
    page = desk.page
    page.goto(desk.url)
    page.get_by_label("Access token").fill("nonsense")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Access token").fill("token-agent")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("tab", name=re.compile("Open"))).to_be_visible()
    assert page.get_by_role("complementary").count() == 0
    assert page.evaluate("Object.values(localStorage).join().includes('token')") is False


def test_an_ended_session_leads_back_to_the_door_and_leaves_nothing_behind(desk: Desk) -> None:
    page = open_sam(desk)
    page.keyboard.type("private")
    body = {"error": {"code": "unauthorised", "message": "Please sign in.", "field": None}}
    desk.world.refuse["contacts"] = (401, body)
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    kept = page.evaluate("Object.keys(sessionStorage).filter((key) => !key.startsWith('recado.phone'))")
    assert kept == []


def test_the_page_speaks_the_clinics_language_until_told_otherwise(desk: Desk) -> None:
    desk.world.language = "ca"
    page = desk.sign_in()
    expect(page.get_by_role("tab", name=re.compile("Oberts"))).to_be_visible()
    page.get_by_label("Idioma").select_option("it")
    expect(page.get_by_role("tab", name=re.compile("Aperti"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "it")


def test_the_days_numbers_are_there_as_tiles_and_as_a_table(desk: Desk) -> None:
    page = desk.sign_in()
    page.get_by_role("link", name="Numbers").click()
    expect(page.locator(".tile", has_text="Answered in time")).to_contain_text("50%")
    expect(page.locator(".tile", has_text="Average wait")).to_contain_text("3 min 07 s")
    expect(page.locator(".chart canvas")).to_be_visible()
    page.get_by_text("As a table").click()
    expect(page.get_by_role("row", name=re.compile(r"^10:15 3 2 2 1 1 3"))).to_be_visible()


def test_the_days_numbers_are_there_for_each_channel_each_origin_and_new_people(desk: Desk) -> None:
    page = desk.sign_in()
    page.get_by_role("link", name="Numbers").click()
    channels = page.get_by_role("region", name="By channel")
    expect(channels.get_by_role("row", name="Phone 1 1 0 0 – – 0 0")).to_be_visible()
    expect(channels.get_by_role("row", name="WhatsApp 3 3 2 1 3 min 07 s 3 min 07 s 4 2")).to_be_visible()
    origins = page.get_by_role("region", name="What brings people")
    expect(origins.get_by_role("row", name="Advertisement 1 (100%) 2 (67%)")).to_be_visible()
    expect(origins.get_by_role("row", name="guide book 0 1 (33%)")).to_be_visible()
    new = page.get_by_role("region", name="New people")
    expect(new.get_by_role("row", name="Phone 5 3 1 2 (67%)")).to_be_visible()
    expect(new.get_by_role("row", name="WhatsApp 1 0 0 1 (33%)")).to_be_visible()
    page.get_by_label("Language").select_option("it")
    expect(page.get_by_role("region", name="Per canale").get_by_role("row", name="Telefono")).to_be_visible()


MIDNIGHTS = [
    ("America/Sao_Paulo", "2026-11-23T13:15:00Z", "2026-11-23T03:00:00.000Z"),
    ("America/Sao_Paulo", "2026-11-23T02:59:00Z", "2026-11-22T03:00:00.000Z"),
    ("Europe/Madrid", "2026-03-29T10:00:00Z", "2026-03-28T23:00:00.000Z"),
    ("Europe/Madrid", "2026-10-25T10:00:00Z", "2026-10-24T22:00:00.000Z"),
    ("UTC", "2026-10-25T00:00:00Z", "2026-10-25T00:00:00.000Z"),
]
"""A zone, a moment, and when the day that it is in began there."""


def test_the_days_axis_begins_at_the_clinics_midnight(desk: Desk) -> None:
    desk.page.goto(desk.url)
    for zone, instant, midnight in MIDNIGHTS:
        begun = desk.page.evaluate(
            """async ([zone, instant]) => {
                (await import("/src/time.js")).useZone(zone);
                const { dayStart } = await import("/src/calendar.js");
                return new Date(dayStart(Date.parse(instant))).toISOString();
            }""",
            [zone, instant],
        )
        assert begun == midnight, (zone, instant)
