"""Every save is guarded by a version, every transaction is all or nothing, every error is one of ours."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable

import pytest
from recado import store
from recado.errors import Busy, NotFound, Stale, Unavailable
from recado.model.communication import Receipt
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import Link, Patient
from recado.rules import contacts as rules
from recado.store import contacts, patients, tenants
from recado.store.rows import transaction

from tests.faults.seam import Fault
from tests.samples import ANA, NOW
from tests.store.conftest import Faulty


def contact(patient: str = "p1") -> Contact:
    return rules.opened(patient, 1, now=NOW, channel="whatsapp", account="1", address="1", language="es")


def patient(name: str = "Maria") -> Patient:
    return Patient(id="p1", name=name, created_at=NOW)


def stored() -> Contact:
    return contacts.get_contact("boavista", "p1.1")


SAVES: dict[str, Callable[[int], None]] = {
    "contact": lambda version: contacts.save_contact(
        "boavista", contact().model_copy(update={"version": version})
    ),
    "patient": lambda version: patients.put("boavista", patient().model_copy(update={"version": version})),
    "agent": lambda version: tenants.save_agent("boavista", ANA.model_copy(update={"version": version})),
    "receipt": lambda version: contacts.save_receipt(
        "boavista", Receipt(version=version, channel="whatsapp", account="1", provider_id="w", at=NOW)
    ),
}


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("save", [pytest.param(save, id=name) for name, save in SAVES.items()])
def test_a_row_is_saved_new_once_and_then_only_as_it_was_loaded(save: Callable[[int], None]) -> None:
    save(0)
    with pytest.raises(Stale):
        save(0)
    save(1)
    with pytest.raises(Stale):
        save(1)
    with pytest.raises(Stale):
        save(3)
    save(2)


@pytest.mark.usefixtures("cloud")
def test_what_is_loaded_has_the_version_that_guards_its_save() -> None:
    contacts.save_contact("boavista", contact())
    for version in (1, 2, 3):
        assert stored().version == version
        contacts.save_contact("boavista", stored())


@pytest.mark.usefixtures("cloud")
def test_fields_that_this_version_does_not_know_survive_a_save() -> None:
    newer = Patient.model_validate({**patient().model_dump(), "pronoun": "ela"})
    patients.put("boavista", newer)
    patients.put("boavista", patients.get("boavista", "p1").model_copy(update={"name": "Mariana"}))
    kept = patients.get("boavista", "p1")
    assert (kept.name, kept.model_extra) == ("Mariana", {"pronoun": "ela"})


@pytest.mark.usefixtures("cloud")
def test_a_transaction_with_one_stale_row_saves_none() -> None:
    contacts.save_contact("boavista", contact())
    with pytest.raises(Stale):
        both()
    with pytest.raises(NotFound):
        patients.get("boavista", "p1")


def both() -> None:
    with transaction() as work:
        patients.put("boavista", patient(), work)
        contacts.save_contact("boavista", contact(), work)


@pytest.mark.usefixtures("cloud")
def test_a_block_that_raises_saves_nothing() -> None:
    with pytest.raises(ZeroDivisionError):
        in_transaction(lambda: 1 / 0)
    assert contacts.latest_contact("boavista", "p1") is None


@pytest.mark.usefixtures("cloud")
def test_a_place_behind_a_contact_point_is_taken_once() -> None:
    point = ContactPoint(system="phone", value="+5511987654321")
    for who, refused in (("p1", False), ("p2", True)):
        try:
            with transaction() as work:
                patients.link("boavista", point, Link(patient=who), 1, work)
        except Stale:
            assert refused
    assert [link.patient for link in patients.view("boavista", point).links] == ["p1"]


def test_a_conflict_of_transactions_is_busy_and_a_lost_race_is_stale(faulty: Faulty) -> None:
    with faulty.at("conflict"), pytest.raises(Busy), transaction() as work:
        contacts.save_contact("boavista", contact(), work)
    with faulty.at("conflict"), pytest.raises(Busy):
        contacts.save_contact("boavista", contact())
    contacts.save_contact("boavista", contact())
    with pytest.raises(Stale), transaction() as work:
        contacts.save_contact("boavista", contact(), work)


def test_a_throttled_table_is_unavailable_and_may_be_asked_again(faulty: Faulty) -> None:
    for ask in (
        stored,
        lambda: contacts.open_contacts("boavista"),
        lambda: SAVES["contact"](0),
        in_transaction,
    ):
        with faulty.at("throttled"), pytest.raises(Unavailable) as refusal:
            ask()
        assert refusal.value.retryable


def in_transaction(then: Callable[[], object] = bool) -> None:
    with transaction() as work:
        contacts.save_contact("boavista", contact(), work)
        then()


@pytest.mark.parametrize("fault", ["lost_request", "http500_after"])
def test_a_table_that_does_not_answer_is_unavailable(fault: Fault, faulty: Faulty) -> None:
    for ask in (
        stored,
        lambda: contacts.open_contacts("boavista"),
        lambda: SAVES["contact"](0),
        in_transaction,
    ):
        with faulty.at(fault), pytest.raises(Unavailable):
            ask()


def test_the_sdks_repeat_of_a_transaction_whose_answer_was_lost_is_no_second_one(faulty: Faulty) -> None:
    with faulty.at("lost_response") as process:
        in_transaction()
        assert process.fired == {1}
    assert stored().version == 1


def test_a_lone_save_whose_answer_was_lost_is_stale_since_only_its_caller_knows_who_wrote(
    faulty: Faulty,
) -> None:
    with faulty.at("lost_response"), pytest.raises(Stale):
        contacts.save_contact("boavista", contact())
    assert stored().version == 1


def test_every_index_is_known_in_whatever_order_stores_are_imported() -> None:
    """Those of the day, above all, where agendas were imported before appointments."""
    modules = sorted(f"recado.store.{one.name}" for one in pkgutil.iter_modules(store.__path__))
    look = f"""
import importlib
for name in {modules}: importlib.import_module(name)
from recado.store import appointments, contacts, patients, rows
for row in (appointments.AppointmentRow, contacts.ContactRow, patients.PatientRow):
    known = rows._connection.get_meta_table(row.Meta.table_name)
    for index in row._indexes: assert known.has_index_name(index), index
"""
    tables = {f"{one}_TABLE": one.lower() for one in ("APPOINTMENTS", "CONTACTS", "PATIENTS")}
    subprocess.run([sys.executable, "-c", look], check=True, env={**os.environ, **tables})  # noqa: S603 - ours
