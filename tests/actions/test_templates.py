"""Templates as each account's provider sees them."""

import pytest
from recado import texts
from recado.actions.add_templates import add_templates
from recado.actions.update_template import Told, update_template
from recado.model.template import Template
from recado.model.tenant import Account
from recado.store import templates, tenants

from tests.samples import WHATSAPP

pytestmark = pytest.mark.usefixtures("clinic")
HERE = WHATSAPP["boavista"]


def known(account: str = HERE, tenant: str = "boavista") -> dict[tuple[str, str], Template]:
    templates.forget()
    return {(one.name, one.language): one for one in templates.of(tenant, "whatsapp", account)}


def told(state: str, name: str = "booked", language: str = "pt_BR", account: str = HERE) -> None:
    update_template("boavista", "whatsapp", account, Told(name, language, state, "TAG_MISMATCH"))


def test_a_new_account_has_every_template_pending_in_every_language() -> None:
    add_templates("boavista", "whatsapp", HERE)
    assert len(known()) == len(texts.TEMPLATES) * len(texts.LANGUAGES)
    assert {one.state for one in known().values()} == {"pending"}
    assert known()["booked", "pt-BR"].variables == texts.TEMPLATES["booked"]


def test_adding_them_again_leaves_what_the_provider_has_said() -> None:
    told("REJECTED")
    add_templates("boavista", "whatsapp", HERE)
    assert known()["booked", "pt-BR"].state == "rejected"


@pytest.mark.parametrize(
    ("word", "state", "usable"),
    [
        ("APPROVED", "approved", True),
        ("PENDING", "pending", True),
        ("REJECTED", "rejected", False),
        ("PAUSED", "paused", False),
        ("DISABLED", "disabled", False),
        ("REINSTATED", "approved", True),
    ],
)
def test_what_the_provider_says_is_so_from_then_on(word: str, state: str, usable: bool) -> None:
    told(word)
    now_is = known()["booked", "pt-BR"]
    assert (now_is.state, now_is.usable) == (state, usable)


def test_a_refusal_keeps_its_reason_until_it_is_lifted() -> None:
    told("REJECTED")
    assert known()["booked", "pt-BR"].reason == "TAG_MISMATCH"
    told("APPROVED")
    assert known()["booked", "pt-BR"].reason == ""


def test_a_language_with_a_region_that_we_do_not_know_is_the_language() -> None:
    told("APPROVED", language="es_ES")
    assert list(known()) == [("booked", "es")]


@pytest.mark.parametrize(
    ("name", "language", "state"),
    [
        ("hello_world", "pt_BR", "APPROVED"),
        ("booked", "de", "APPROVED"),
        ("booked", "pt_BR", "FLAGGED"),
    ],
)
def test_what_is_not_ours_changes_nothing(name: str, language: str, state: str) -> None:
    told(state, name, language)
    assert known() == {}


def test_a_notice_about_the_whole_business_is_about_each_of_its_numbers() -> None:
    tenants.save_account("boavista", Account(tenant="boavista", channel="whatsapp", id="2"))
    told("PAUSED", account="1000")
    assert [*known()] == [*known("2")] == [("booked", "pt-BR")]


def test_another_clinics_templates_are_its_own() -> None:
    told("APPROVED")
    assert known(WHATSAPP["delsol"], "delsol") == {}
