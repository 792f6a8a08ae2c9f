"""One event off the inbound queue → one message, one patient, one open contact, exactly once."""

from datetime import timedelta

import pytest
from recado.actions.close import close
from recado.actions.record import record
from recado.channels import Received
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.rules.communications import communication_id
from recado.store import contacts, patients, unreadable

from tests.cloud import Cloud
from tests.counter import counted
from tests.samples import NOW, PHONE, WHATSAPP, received
from tests.visits import opted_out, overtaken

pytestmark = pytest.mark.usefixtures("clinic")


def the_contact(number: int = 0) -> Contact:
    return contacts.open_contacts("boavista")[0][number]


def told(status: str, provider_id: str = "wamid.out", **event: object) -> Received:
    return received()._replace(
        kind="receipt",
        key=f"{provider_id}/{status}",
        event={"provider_id": provider_id, "status": status, "reference": None, "error": None, **event},
    )


def outbound(**settings: object) -> Communication:
    communication = Communication.model_validate(
        {
            "id": "ours",
            "patient": "p1",
            "channel": "whatsapp",
            "account": WHATSAPP["boavista"],
            "address": PHONE,
            "direction": "outbound",
            "kind": "text",
            "author": "recado",
            "state": "claimed",
            "at": NOW,
            "moment": "m",
            **settings,
        }
    )
    contacts.save_communication("boavista", communication)
    return communication


def test_a_first_message_makes_one_lead_one_contact_and_one_entry_on_the_timeline() -> None:
    record("boavista", received("Bom dia"), NOW)
    contact = the_contact()
    lead = patients.get("boavista", contact.patient)
    timeline, _ = contacts.timeline("boavista", contact.patient)
    assert (lead.kind, lead.name, lead.phone) == ("lead", "Maria Silva", "+5511987654321")
    assert (contact.state, contact.unread, contact.last_text) == ("new", 1, "Bom dia")
    assert [(one.kind, one.text, one.contact) for one in timeline] == [("text", "Bom dia", contact.id)]


def test_the_same_message_again_changes_nothing_however_late() -> None:
    record("boavista", received("Bom dia"), NOW)
    before = the_contact()
    for delay in (timedelta(0), timedelta(minutes=6), timedelta(hours=25), timedelta(days=8)):
        record("boavista", received("Bom dia"), NOW + delay)
    assert the_contact() == before


def test_the_same_message_again_after_its_contact_was_closed_opens_no_other() -> None:
    record("boavista", received("Bom dia"), NOW)
    close("boavista", the_contact().id, "resolved", NOW)
    record("boavista", received("Bom dia"), NOW + timedelta(days=1))
    assert contacts.open_contacts("boavista") == ([], None)


def test_messages_of_one_person_go_to_their_one_open_contact_in_the_order_they_came() -> None:
    for n in range(3):
        record("boavista", received(f"linha {n}", f"wamid.{n}"), NOW)
    contact = the_contact()
    timeline, _ = contacts.timeline("boavista", contact.patient)
    assert [one.text for one in timeline] == ["linha 0", "linha 1", "linha 2"]
    assert (contact.unread, contact.sequence) == (3, 3)


def test_a_message_after_the_contact_was_closed_opens_the_next_one_of_the_same_patient() -> None:
    record("boavista", received("Bom dia"), NOW)
    first = the_contact()
    close("boavista", first.id, "resolved", NOW)
    record("boavista", received("Mais uma coisa", "wamid.2"), NOW)
    assert (the_contact().patient, the_contact().number) == (first.patient, 2)


def test_the_brazilian_number_with_and_without_its_ninth_digit_is_one_person() -> None:
    with_nine = received()._replace(identities=[("phone", "+5511987654321")], sender="5511987654321")
    without = received(message_id="wamid.2")._replace(
        identities=[("phone", "+551187654321")], sender="551187654321"
    )
    record("boavista", with_nine, NOW)
    record("boavista", without, NOW)
    assert len(contacts.open_contacts("boavista")[0]) == 1
    assert the_contact().address == "551187654321", "answers go to exactly the address that wrote last"


def test_a_person_who_hides_their_number_is_known_by_the_providers_id() -> None:
    hidden = received()._replace(identities=[("bsuid", "BR.123")], sender="BR.123")
    record("boavista", hidden, NOW)
    record("boavista", hidden._replace(key="2", event={**hidden.event, "provider_id": "wamid.2"}), NOW)
    assert the_contact().unread == 2


def test_a_number_learnt_later_leads_to_the_same_person() -> None:
    both = [("phone", "+5511987654321"), ("bsuid", "BR.123")]
    record("boavista", received()._replace(identities=both[1:]), NOW)
    record("boavista", received(message_id="wamid.2")._replace(identities=both), NOW)
    point = ContactPoint(system="phone", value="+5511987654321")
    assert patients.view("boavista", point).links[0].patient == the_contact().patient


def test_a_number_learnt_later_is_one_of_the_persons_contact_points_from_then_on() -> None:
    record("boavista", received()._replace(identities=[("bsuid", "BR.123")]), NOW)
    before = patients.get("boavista", the_contact().patient)
    both = [("phone", "+5511987654321"), ("bsuid", "BR.123")]
    with counted() as calls:
        record("boavista", received(message_id="wamid.2")._replace(identities=both), NOW)
    assert calls == ["Query", "Query", "Query", "GetItem", "TransactWriteItems"]
    after = patients.get("boavista", before.id)
    assert (before.phone, after.phone) == (None, "+5511987654321")
    assert [one.system for one in after.contact_points] == ["bsuid", "phone"]


def test_who_opts_out_while_a_number_of_theirs_is_learnt_stays_opted_out() -> None:
    record("boavista", received()._replace(identities=[("bsuid", "BR.123")]), NOW)
    patient = the_contact().patient
    both = [("phone", "+5511987654321"), ("bsuid", "BR.123")]
    with overtaken(lambda: opted_out(patient)):
        record("boavista", received(message_id="wamid.2")._replace(identities=both), NOW)
    after = patients.get("boavista", patient)
    assert after.opted_out == {"care"}
    assert len(after.contact_points) == 2


def test_two_spellings_of_one_number_in_one_message_are_one_contact_point() -> None:
    spelt = [("phone", "+551187654321"), ("phone", "+5511987654321")]
    record("boavista", received()._replace(identities=spelt), NOW)
    assert len(patients.get("boavista", the_contact().patient).contact_points) == 1


def test_a_known_persons_message_writes_itself_and_its_contact_and_nothing_else(clinic: Cloud) -> None:
    record("boavista", received(), NOW)
    before = clinic.items("patients")
    with counted() as calls:
        record("boavista", received(message_id="wamid.2"), NOW)
    assert calls == ["Query", "Query", "TransactWriteItems"]
    assert clinic.items("patients") == before


def test_one_clinic_sees_nothing_of_what_is_written_to_another() -> None:
    record("boavista", received(), NOW)
    assert contacts.open_contacts("delsol") == ([], None)
    record("delsol", received(), NOW)
    assert contacts.open_contacts("delsol")[0][0].patient != the_contact().patient


def test_an_unknown_kind_is_kept_and_shown_as_such() -> None:
    record("boavista", received("", type="unsupported"), NOW)
    timeline, _ = contacts.timeline("boavista", the_contact().patient)
    assert (timeline[0].kind, timeline[0].raw) == ("unsupported", {"id": "wamid.1"})


def test_a_notice_is_kept_where_an_operator_sees_it(clinic: Cloud) -> None:
    record("boavista", received()._replace(kind="notice", event={"type": "account_update"}), NOW)
    assert clinic.items("contacts") == []


def test_a_wish_about_marketing_is_kept_and_nothing_else_happens(clinic: Cloud) -> None:
    wish = {"wa_id": PHONE, "category": "marketing_messages", "value": "stop", "timestamp": "1795442400"}
    event = {"type": "user_preferences", "category": "marketing_messages", "value": "stop"}
    notice = received()._replace(kind="notice", event=event, raw=wish)
    for _ in range(2):
        record("boavista", notice, NOW)
    assert [one.reason for one in unreadable.listing("boavista")] == ["notice: user_preferences"]
    assert clinic.items("contacts") == clinic.items("patients") == []


def test_receipts_move_our_messages_state_forward_and_never_back() -> None:
    outbound()
    for status in ("delivered", "sent", "read", "delivered"):
        record("boavista", told(status, reference="ours"), NOW)
    after = contacts.find_communication("boavista", "ours")
    assert after is not None
    assert (after.state, after.provider_id) == ("read", "wamid.out")


def test_a_receipt_that_comes_before_we_know_the_providers_id_waits_for_it() -> None:
    record("boavista", told("delivered"), NOW)
    record("boavista", told("sent"), NOW)
    parked = contacts.find_receipt("boavista", "whatsapp", WHATSAPP["boavista"], "wamid.out")
    assert parked is not None
    assert (parked.status, parked.communication) == ("delivered", None)


def test_a_failed_receipt_keeps_the_providers_code() -> None:
    outbound()
    record("boavista", told("failed", reference="ours", error={"code": 131047, "title": ""}), NOW)
    after = contacts.find_communication("boavista", "ours")
    assert after is not None
    assert (after.state, after.error) == ("failed", "131047")


def test_a_receipt_that_names_another_clinics_message_does_not_touch_it() -> None:
    outbound()
    record("delsol", told("read", reference="ours"), NOW)
    after = contacts.find_communication("boavista", "ours")
    assert after is not None
    assert after.state == "claimed"


@pytest.mark.parametrize(("name", "line"), [("messenger", WHATSAPP["boavista"]), ("whatsapp", "another")])
def test_a_receipt_of_another_line_does_not_touch_what_it_names(name: str, line: str) -> None:
    outbound()
    elsewhere = told("read", reference="ours")._replace(channel=name, account=line)
    record("boavista", elsewhere, NOW)
    after = contacts.find_communication("boavista", "ours")
    assert after is not None
    assert after.state == "claimed"


@pytest.mark.parametrize(("visitor", "state"), [("v1", "read"), ("v2", "claimed")])
def test_only_whom_a_message_was_left_for_may_have_seen_it(visitor: str, state: str) -> None:
    outbound(channel="webchat", account="pub-chat", address="v1")
    seen = told("read", reference="ours")._replace(channel="webchat", account="pub-chat", sender=visitor)
    record("boavista", seen, NOW)
    after = contacts.find_communication("boavista", "ours")
    assert after is not None
    assert after.state == state


def test_a_quoted_message_is_named_by_our_own_id() -> None:
    record("boavista", received("Bom dia"), NOW)
    record("boavista", received("isto", "wamid.2", reply_to="wamid.1"), NOW)
    timeline, _ = contacts.timeline("boavista", the_contact().patient)
    quoted = communication_id("boavista", "whatsapp", WHATSAPP["boavista"], "wamid.1")
    assert timeline[1].reply_to == quoted == timeline[0].id
