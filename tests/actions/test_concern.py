"""Whose record a message is put to, of several people behind its contact points: as it is stored."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from recado.actions.hear_call import hear_call
from recado.actions.record import record
from recado.channels import Received
from recado.model.communication import Receipt
from recado.model.contact_point import ContactPoint
from recado.rules.reviews import pair_id
from recado.store import contacts, patients, reviews

from tests import calls, visits
from tests.calls import ABANDONED
from tests.cloud import Cloud
from tests.counter import counted
from tests.households import JOAO, NOBODY, couple, home, open_contacts, said, wrote
from tests.samples import NOW, PHONE, WHATSAPP, later, received
from tests.visits import MARIA, POINT, view

pytestmark = pytest.mark.usefixtures("clinic")

ACCOUNT = ContactPoint(system="bsuid", value="BR.77")


def by_account(text: str, message_id: str, name: str, *, shows_number: bool = True) -> Received:
    message = received(text, message_id, name=name)
    number = [("phone", f"+{PHONE}")] if shows_number else []
    return message._replace(identities=[*number, ("bsuid", ACCOUNT.value)])


def missed_call() -> None:
    """Somebody called from the number, and hung up in the queue."""
    for message in (*calls.events(ABANDONED), calls.record(ABANDONED)):
        hear_call(json.dumps(message).encode(), later(seconds=200))


def test_a_name_that_is_no_name_is_theirs_who_are_alone_there() -> None:
    first = wrote("Oi", "wamid.1", "Maria Silva").patient
    for number, name in enumerate(("🌸🌸", "Maria 🌸", "Mãe do Pedro", "Mari", "Maria Silva Costa"), start=2):
        assert wrote("Oi", f"wamid.{number}", name).patient == first
    assert len(view().links) == 1


def test_another_s_name_on_the_same_number_is_somebody_else_s() -> None:
    first = wrote("Oi", "wamid.1", "Maria Silva").patient
    second = wrote("Oi", "wamid.2", "Rui Pereira").patient
    assert [one.patient for one in view().links] == [first, second]
    assert {one.patient for one in open_contacts()} == {first, second}
    assert wrote("Oi de novo", "wamid.3", "Maria Silva").patient == first


def test_who_renames_their_own_account_stays_who_they_are() -> None:
    record("boavista", by_account("Oi", "wamid.1", "Maria Silva", shows_number=False), NOW)
    record("boavista", by_account("Oi", "wamid.2", "Lua", shows_number=False), NOW)
    assert said("wamid.1").patient == said("wamid.2").patient


def test_a_name_that_was_not_known_is_seen_by_whoever_looks_them_up() -> None:
    missed_call()
    (caller,) = view().links
    assert caller.name is None
    assert wrote("Oi", "wamid.1", "Maria Silva").patient == caller.patient
    (link,) = view().links
    assert link.name == patients.get("boavista", caller.patient).name == "Maria Silva"
    assert link.profile is not None
    assert link.profile.name == "Maria Silva"


def test_a_new_contact_point_is_seen_at_all_the_others() -> None:
    record("boavista", by_account("Oi", "wamid.1", "Maria Silva"), NOW)
    other = by_account("Oi", "wamid.2", "Maria Silva", shows_number=False)
    record("boavista", other._replace(identities=[*other.identities, ("bsuid", "BR.78")]), NOW)
    (link,) = view().links
    assert link.profile is not None
    assert {one.value for one in link.profile.points} == {f"+{PHONE}", "BR.77", "BR.78"}


def test_number_and_account_of_two_people_are_the_account_holder_s_and_a_person_looks_at_it() -> None:
    maria = visits.booked(MARIA).patient
    record("boavista", by_account("Oi", "wamid.1", "Mari", shows_number=False), NOW)
    holder = said("wamid.1").patient
    record("boavista", by_account("sou eu", "wamid.2", "Mari"), NOW)
    assert said("wamid.2").patient == holder != maria
    review = reviews.get("boavista", pair_id(holder, maria))
    assert (review.reason, review.state, review.one, review.other) == ("two_people", "open", maria, holder)
    assert review.evidence
    assert [one.patient for one in view().links] == [maria, holder]


def test_the_same_two_again_raise_no_other_question() -> None:
    visits.booked(MARIA)
    record("boavista", by_account("Oi", "wamid.1", "Mari", shows_number=False), NOW)
    for number in (2, 3):
        record("boavista", by_account("sou eu", f"wamid.{number}", "Mari"), NOW)
    assert len(reviews.open_ones("boavista")[0]) == 1


def test_a_message_of_somebody_there_costs_what_it_costs_of_one_who_is_alone(clinic: Cloud) -> None:
    couple()
    wrote("Oi", "wamid.1", "João Souza")
    before = clinic.items("patients")
    with counted() as calls:
        record("boavista", received("Oi", "wamid.2", name="João Souza"), NOW)
    assert calls == ["Query", "Query", "TransactWriteItems"]
    assert clinic.items("patients") == before


def test_that_somebody_was_there_is_noted_once_a_month() -> None:
    wrote("Oi", "wamid.1", "Maria Silva")
    days = [day for day in range(1, 100) if _noted("Maria Silva", day)]
    assert days == [30, 60, 90]


def test_a_number_that_was_silent_for_long_is_theirs_again_by_their_name_only() -> None:
    wrote("Oi", "wamid.1", "Maria Silva")
    assert not _noted(NOBODY, 60)
    assert _noted("Maria Silva", 61)


def _noted(name: str, day: int) -> bool:
    """Whether it is noted that they were there when somebody of this name writes that many days later."""
    before = view().links[0].seen_at
    record("boavista", received("Oi", f"wamid.{name}.{day}", name=name), later(days=day))
    return view().links[0].seen_at != before


def test_who_is_booked_at_a_number_is_there() -> None:
    visits.booked(MARIA, now=NOW)
    assert view().links[0].seen_at == NOW


def test_a_call_from_a_number_of_several_is_nobody_s_until_they_say() -> None:
    maria, joao = couple()
    missed_call()
    (contact,) = open_contacts()
    assert (contact.patient, contact.kind, contact.patient_name) == (home(), "household", None)
    told, _ = contacts.timeline("boavista", home())
    assert [one.kind for one in told if one.direction == "inbound"] == ["call"]
    text_back = next(one for one in told if one.purpose == "text_back")
    assert not any(name in text_back.text for name in ("Maria", "João"))
    assert not [
        one for one in visits.written(maria.patient) + visits.written(joao.patient) if one.kind == "call"
    ]


def test_our_own_message_to_one_of_several_is_known_when_it_comes_back() -> None:
    _, joao = couple()
    (booking,) = visits.written(joao.patient)
    contacts.save_communication("boavista", booking.model_copy(update={"state": "claimed", "address": PHONE}))
    back = received(booking.text, "wamid.out", name="")._replace(kind="echo", key="e")
    record("boavista", back, NOW)
    after = contacts.find_communication("boavista", booking.id)
    assert after is not None
    assert after.state == "sent"


def test_a_button_leads_to_the_visit_whose_it_is_whatever_the_account_is_called() -> None:
    _, joao = couple()
    at = (visits.FIRST - NOW) / timedelta(minutes=1) + 5
    visits.reminded()
    wrote("Confirmar", "wamid.1", "Maria Silva", minutes=at, payload=f"confirm:{joao.id}:1")
    assert visits.now_is(joao).confirmation == "confirmed"
    assert said("wamid.1").patient == joao.patient


def test_a_quoted_message_leads_to_whom_it_went() -> None:
    _, joao = couple()
    (booking,) = visits.written(joao.patient)
    line = {"channel": "whatsapp", "account": WHATSAPP["boavista"]}
    sent = Receipt(**line, provider_id="wamid.out", communication=booking.id, at=NOW)
    contacts.save_receipt("boavista", sent)
    wrote("que horas mesmo?", "wamid.1", reply_to="wamid.out")
    assert said("wamid.1").patient == joao.patient


def test_who_comes_to_a_number_where_others_have_stopped_has_stopped_too() -> None:
    wrote("PARAR", "wamid.1", "Maria Silva")
    joao = wrote("Oi", "wamid.2", "João Souza", minutes=1).patient
    assert patients.get("boavista", joao).opted_out == {"care", "marketing"}


def test_what_somebody_typed_into_a_form_puts_nobody_behind_another_s_number() -> None:
    maria = visits.booked(MARIA).patient
    form = received("Olá", "f1", name="Mallory Reis", type="form")
    record("boavista", form, NOW)
    assert [one.patient for one in view().links] == [maria]
    assert said("f1").patient != maria
    assert POINT in patients.get("boavista", said("f1").patient).contact_points


def test_joao_is_an_own_person_on_the_familys_number() -> None:
    maria, joao = couple()
    assert (maria.patient, joao.patient) == tuple(one.patient for one in view().links)
    assert JOAO.phone == MARIA.phone
