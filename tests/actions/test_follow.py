"""What a change in the contacts table sets off."""

import pytest
from recado.actions.close import close
from recado.actions.follow import follow
from recado.actions.record import record
from recado.actions.transfer import transfer
from recado.store import contacts, patients, tenants
from recado.store.stream import change

from tests.cloud import Cloud
from tests.samples import NOW, later, received

OTHER = "5511900000002"


@pytest.fixture
def busy(clinic: Cloud) -> Cloud:
    """Ana can have one contact at a time, and has one; another waits."""
    ana = tenants.agent("boavista", "ana")
    tenants.save_agent("boavista", ana.model_copy(update={"capacity": 1}))
    record("boavista", received(), NOW)
    second = received(message_id="wamid.2", sender=OTHER)._replace(identities=[("phone", f"+{OTHER}")])
    record("boavista", second, later(minutes=1))
    carry(clinic)
    return clinic


def carry(clinic: Cloud) -> None:
    for one in clinic.streamed()["Records"]:
        changed = change(one)
        if changed is not None:
            follow(changed, later(minutes=2))


def of(sender: str) -> str:
    return next(one.id for one in contacts.open_contacts("boavista")[0] if one.address == sender)


def test_hands_that_a_closed_contact_frees_get_the_one_that_waits(busy: Cloud) -> None:
    waiting = of(OTHER)
    close("boavista", next(iter(tenants.agent("boavista", "ana").assigned)), "resolved", later(minutes=2))
    carry(busy)
    assert tenants.agent("boavista", "ana").assigned == {waiting}


def test_hands_are_freed_by_a_contact_that_is_closed_over_what_is_still_to_be_handled(busy: Cloud) -> None:
    (mine,) = tenants.agent("boavista", "ana").assigned
    waiting = of(OTHER)
    record("boavista", received("parar", "wamid.3"), later(minutes=2))
    close("boavista", mine, "resolved", later(minutes=2))
    carry(busy)
    assert tenants.agent("boavista", "ana").assigned == {waiting}
    patient = patients.get("boavista", contacts.get_contact("boavista", mine).patient)
    assert "care" in patient.opted_out


def test_a_contact_that_goes_back_into_its_queue_frees_hands_too(busy: Cloud) -> None:
    (mine,) = tenants.agent("boavista", "ana").assigned
    transfer("boavista", mine, later(minutes=2), queue="reception")
    carry(busy)
    assert tenants.agent("boavista", "ana").assigned == {of(OTHER)}
