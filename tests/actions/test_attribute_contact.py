"""An agent says whose it is that came from a number of several people."""

from __future__ import annotations

import json
from typing import Any

import pytest
from recado.actions.attribute_contact import attribute_contact
from recado.actions.close import close
from recado.actions.hear_call import hear_call
from recado.actions.reply import reply
from recado.actions.take import take
from recado.errors import Conflict, Invalid, NotFound, Stale
from recado.store import contacts, patients, tenants

from tests import calls
from tests.calls import ABANDONED, ANSWERED_CALL
from tests.households import contact_of, couple, home, open_contacts, said, wrote
from tests.samples import NOW, later
from tests.visits import view

pytestmark = pytest.mark.usefixtures("clinic")


def given(contact: str, **whose: str) -> str:
    return attribute_contact("boavista", contact, later(minutes=5), **whose).id  # type: ignore[arg-type]


def hear(*messages: dict[str, Any]) -> None:
    for message in messages:
        hear_call(json.dumps(message).encode(), later(seconds=200))


def test_it_is_theirs_and_their_agent_s() -> None:
    _, joao = couple()
    contact = contact_of(wrote("Bom dia", "wamid.1"))
    assert contact.agent == "ana"
    into = contacts.get_contact("boavista", given(contact.id, patient=joao.patient))
    assert (into.patient, into.patient_name, into.state, into.agent) == (
        joao.patient,
        "João Souza",
        "assigned",
        "ana",
    )
    assert tenants.agent("boavista", "ana").assigned == {into.id}
    assert said("wamid.1").patient == joao.patient


def test_asked_again_it_is_the_same() -> None:
    _, joao = couple()
    contact = contact_of(wrote("Bom dia", "wamid.1"))
    into = given(contact.id, patient=joao.patient)
    assert given(contact.id, patient=joao.patient) == into
    assert given(contact.id, name="Clara Dias") == into, "it is decided"
    assert len(open_contacts()) == 1


def test_what_an_agent_has_answered_goes_with_it() -> None:
    _, joao = couple()
    contact = contact_of(wrote("Bom dia", "wamid.1"))
    answer = reply("boavista", "ana", contact.id, "Com quem falo?", later(minutes=1))
    given(contact.id, patient=joao.patient)
    stored = contacts.find_communication("boavista", answer.id)
    assert stored is not None
    assert stored.patient == joao.patient


def test_a_newcomer_is_somebody_at_that_number() -> None:
    couple()
    into = given(contact_of(wrote("Bom dia", "wamid.1")).id, name="Clara Dias")
    clara = contacts.get_contact("boavista", into).patient
    assert [one.patient for one in view().links][2] == clara
    assert patients.get("boavista", clara).name == "Clara Dias"


def test_who_is_there_by_this_very_name_is_no_newcomer() -> None:
    maria, _ = couple()
    into = given(contact_of(wrote("Bom dia", "wamid.1")).id, name="Maria Silva")
    assert contacts.get_contact("boavista", into).patient == maria.patient


def test_a_call_is_attributed_as_a_message_is_and_stays_theirs() -> None:
    _, joao = couple()
    hear(*calls.events(ABANDONED), calls.record(ABANDONED))
    (contact,) = open_contacts()
    into = contacts.get_contact("boavista", given(contact.id, patient=joao.patient))
    assert into.callback is not None
    hear(*calls.events(ANSWERED_CALL))
    assert contacts.get_contact("boavista", into.id).callback is None, "it was answered after all"
    told, _ = contacts.timeline("boavista", joao.patient)
    assert [one.contact for one in told if one.kind == "call"] == [into.id]
    assert contacts.timeline("boavista", home())[0] == []


def test_only_a_household_s_contact_is_anybody_s_to_give() -> None:
    maria, _ = couple()
    own = contact_of(wrote("Oi", "wamid.1", "Maria Silva"))
    with pytest.raises(Conflict):
        given(own.id, patient=maria.patient)
    contact = contact_of(wrote("Oi", "wamid.2"))
    close("boavista", contact.id, "resolved", NOW)
    with pytest.raises(Conflict):
        given(contact.id, patient=maria.patient)


def test_nobody_is_meant_who_is_not_at_that_number() -> None:
    couple()
    contact = contact_of(wrote("Oi", "wamid.1"))
    with pytest.raises(Invalid, match="patient"):
        given(contact.id, patient="p" + "a" * 20)
    with pytest.raises(NotFound):
        given("pnobody.1", name="Clara")


def test_who_has_not_seen_what_was_said_since_is_told() -> None:
    couple()
    contact = contact_of(wrote("Oi", "wamid.1"))
    take("boavista", "ana", contact.id, NOW)
    with pytest.raises(Stale):
        attribute_contact("boavista", contact.id, NOW, name="Clara", version=contact.version)
