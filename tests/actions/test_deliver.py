"""An outbound communication → the provider, with at most one effect."""

from datetime import timedelta
from typing import Any

import pytest
from recado.actions.deliver import claim, deliver, settle
from recado.actions.record import record
from recado.model.communication import Communication, TemplateMessage
from recado.model.patient import Patient
from recado.rules.contacts import opened
from recado.rules.sending import LEASE, RESEND_AFTER
from recado.store import contacts, patients

from tests.actions.test_record import outbound, told
from tests.provider import Provider, Refusal
from tests.samples import NOW, PHONE, WHATSAPP

pytestmark = pytest.mark.usefixtures("clinic", "provider")


def heard(line: str | None = None, ago: timedelta = timedelta(0), patient: str = "p1") -> None:
    """The patient last wrote so long ago, on this line."""
    channel, account, address = (line or f"whatsapp/{WHATSAPP['boavista']}/{PHONE}").split("/")
    contact = opened(
        patient, 1, now=NOW, channel=channel, account=account, address=address, language="pt-BR"
    ).model_copy(update={"state": "assigned", "heard_at": {f"{channel}/{account}/{address}": NOW - ago}})
    contacts.save_contact("boavista", contact)


def queued(**settings: Any) -> None:
    outbound(state="queued", text="Bom dia", due_at=NOW + timedelta(seconds=60), **settings)


def answer(**settings: Any) -> None:
    """An answer to somebody who has just written."""
    heard()
    queued(**settings)


def reminder(**settings: Any) -> None:
    patients.put("boavista", Patient(id="p1", created_at=NOW, **settings))
    template = TemplateMessage(name="reminder_24h", language="pt-BR", parameters={"name": "Maria"})
    queued(purpose="reminder", template=template, not_after=NOW + timedelta(hours=20))


def stored() -> Communication:
    found = contacts.find_communication("boavista", "ours")
    assert found is not None
    return found


def test_it_is_sent_once_with_our_reference_and_settled_with_the_providers_id(provider: Provider) -> None:
    answer()
    deliver("boavista", "ours", NOW)
    after = stored()
    assert provider.taken[0]["biz_opaque_callback_data"] == "ours"
    assert (after.state, after.provider_id, after.due_at) == ("sent", "wamid.out.1", None)


def test_delivering_again_sends_nothing_more(provider: Provider) -> None:
    answer()
    for minutes in (0, 1, 10, 60 * 24 * 8):
        deliver("boavista", "ours", NOW + timedelta(minutes=minutes))
    assert len(provider.taken) == 1


def test_of_two_workers_one_gets_the_claim() -> None:
    answer()
    claims = [claim("boavista", "ours", NOW) for _ in range(2)]
    assert [one is not None for one in claims] == [True, False]


def test_receipts_that_were_faster_than_our_own_settling_count(provider: Provider) -> None:
    answer()
    claimed = claim("boavista", "ours", NOW)
    assert claimed is not None
    record("boavista", told("read", "wamid.out.1"), NOW)
    settle("boavista", claimed, "wamid.out.1", NOW)
    assert stored().state == "read"


def test_receipts_that_name_our_reference_settle_what_a_crash_left_unsettled(provider: Provider) -> None:
    answer()
    claim("boavista", "ours", NOW)
    record("boavista", told("delivered", "wamid.out.1", reference="ours"), NOW)
    deliver("boavista", "ours", NOW + LEASE)
    assert (stored().state, provider.taken) == ("delivered", [])


def test_an_answer_that_may_have_been_sent_is_not_sent_again_but_shown(provider: Provider) -> None:
    answer()
    provider.script.append("reset_after")
    deliver("boavista", "ours", NOW)
    deliver("boavista", "ours", NOW + RESEND_AFTER)
    assert (stored().state, len(provider.taken)) == ("unknown", 1)


def test_a_reminder_that_may_have_been_sent_goes_out_once_more_and_no_third_time(provider: Provider) -> None:
    reminder()
    provider.script.extend(["reset_after", "reset_after", "reset_after"])
    for minutes in (0, 1, 15, 30, 60):
        deliver("boavista", "ours", NOW + timedelta(minutes=minutes))
    assert (stored().state, len(provider.taken)) == ("unknown", 2)


def test_what_was_certainly_not_sent_waits_and_is_sent_then(provider: Provider) -> None:
    answer()
    provider.script.append(Refusal(130429))
    deliver("boavista", "ours", NOW)
    assert (stored().state, stored().due_at) == ("queued", NOW + timedelta(seconds=4))
    deliver("boavista", "ours", NOW + timedelta(seconds=3))
    assert provider.taken == []
    deliver("boavista", "ours", NOW + timedelta(seconds=4))
    assert stored().state == "sent"


def test_a_refusal_for_good_is_stored_with_its_reason(provider: Provider) -> None:
    answer()
    provider.script.append(Refusal(131047))
    deliver("boavista", "ours", NOW)
    assert (stored().state, stored().error) == ("failed", "template_only")


def test_a_reminder_is_not_claimed_after_the_patient_opted_out(provider: Provider) -> None:
    reminder(opted_out=frozenset({"care"}))
    deliver("boavista", "ours", NOW)
    assert (stored().state, stored().error, provider.taken) == ("withdrawn", "opted_out", [])


def test_a_person_may_still_answer_a_patient_who_opted_out_of_reminders(provider: Provider) -> None:
    patients.put("boavista", Patient(id="p1", created_at=NOW, opted_out=frozenset({"care"})))
    answer()
    deliver("boavista", "ours", NOW)
    assert stored().state == "sent"


def test_nothing_stale_goes_out(provider: Provider) -> None:
    reminder()
    deliver("boavista", "ours", NOW + timedelta(hours=21))
    assert (stored().state, provider.taken) == ("expired", [])


def test_another_clinics_message_cannot_be_sent(provider: Provider) -> None:
    answer()
    deliver("delsol", "ours", NOW)
    assert (stored().state, provider.taken) == ("queued", [])


def test_an_account_without_credentials_fails_where_people_see_it(provider: Provider) -> None:
    heard(f"whatsapp/999/{PHONE}")
    queued(account="999")
    deliver("boavista", "ours", NOW)
    assert (stored().state, stored().error) == ("failed", "fix_account")


def test_the_provider_is_called_as_the_clinics_own_account(provider: Provider) -> None:
    reminder()
    deliver("boavista", "ours", NOW)
    assert provider.taken[0]["template"]["name"] == "reminder_24h"
    assert stored().account == WHATSAPP["boavista"]
