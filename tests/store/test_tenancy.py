"""No key of another clinic can be formed, and no read finds another's row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Misconfigured, NotFound
from recado.model.contact_point import ContactPoint
from recado.model.patient import Link, Patient
from recado.rules import contacts as rules
from recado.store import appointments, contacts, patients, tenants
from recado.store.due import page as due_page
from recado.store.rows import key, transaction

from tests.samples import ANA, BOAVISTA, NOW

POINT = ContactPoint(system="phone", value="+5511987654321")
FORGED = ["", "a#b", "a#", "#a", "A", "a b", "a\n", "ã", "a" * 41, "T#a", "a/b", "a.b", "a_b", "*"]


@pytest.mark.parametrize("tenant", FORGED)
def test_a_tenant_that_is_no_slug_forms_no_key(tenant: str) -> None:
    with pytest.raises(Misconfigured):
        key(tenant, "P", "p1")


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("tenant", ["boavista--preflight", "a" * 30])
def test_no_clinic_can_have_the_id_of_anothers_sandbox(tenant: str) -> None:
    with pytest.raises(Misconfigured):
        tenants.save_tenant(tenant, BOAVISTA.model_copy(update={"id": tenant}))


@pytest.mark.usefixtures("cloud")
def test_a_sandbox_has_its_clinics_settings_and_is_no_clinic() -> None:
    tenants.save_tenant("boavista", BOAVISTA)
    for _ in range(2):
        tenants.save_sandbox("boavista", tenants.get("boavista"))
    apart = tenants.get(tenants.sandbox("boavista"))
    assert (apart.id, apart.language) == ("boavista--preflight", BOAVISTA.language)
    assert tenants.everyone() == ["boavista"]


SLUGGISH = st.text("ab-#", max_size=4)


@given(SLUGGISH, SLUGGISH, SLUGGISH, SLUGGISH)
def test_two_tenants_never_share_the_beginning_of_a_key(one: str, other: str, mine: str, theirs: str) -> None:
    try:
        first, second = key(one, mine), key(other, theirs)
    except Misconfigured:
        return
    assert (one == other) or not first.startswith(f"T#{other}#")
    assert (one == other) or first != second


@pytest.fixture
def a_and_ab(cloud: object) -> None:
    """Clinic `ab` has a row of each kind; clinic `a`, whose name begins alike, has none."""
    patients.put("ab", Patient(id="p1", created_at=NOW))
    with transaction() as work:
        patients.link("ab", POINT, Link(patient="p1"), 1, work)
    opened = rules.opened("p1", 1, now=NOW, channel="whatsapp", account="1", address="1", language="es")
    contacts.save_contact("ab", opened)
    tenants.save_agent("ab", ANA)


@pytest.mark.usefixtures("a_and_ab")
def test_a_clinic_whose_name_begins_like_anothers_finds_nothing_of_it() -> None:
    assert patients.view("a", POINT).links == ()
    assert contacts.open_contacts("a") == ([], None)
    assert contacts.contacts_of_day("a", NOW.date().isoformat()) == []
    assert contacts.latest_contact("a", "p1") is None
    assert contacts.timeline("a", "p1") == ([], None)
    assert tenants.agents("a") == []
    due = due_page("a", NOW.replace(year=2030))
    assert (due.contacts, due.communications, due.calls, due.following) == ([], [], [], None)
    for missing in (
        lambda: patients.get("a", "p1"),
        lambda: contacts.get_contact("a", "p1.1"),
        lambda: tenants.agent("a", "ana"),
        lambda: appointments.get("a", "a1"),
    ):
        with pytest.raises(NotFound):
            missing()


@pytest.mark.usefixtures("a_and_ab")
@pytest.mark.parametrize(
    "contact", ["b#P#p1.1", "../ab#P#p1.1", "#P#p1.1", "p1.1#", "p1.", ".1", "p1.1 ", "p1.²"]
)
def test_an_id_cannot_reach_into_another_key(contact: str) -> None:
    for tenant in ("a", "ab"):
        with pytest.raises(NotFound):
            contacts.get_contact(tenant, contact)
