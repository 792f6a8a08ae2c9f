"""A channel account is one clinic's: nobody else can claim it, and it goes without a trace."""

from __future__ import annotations

from typing import Any

import pytest
from recado.actions import receive
from recado.channels import Received
from recado.errors import Conflict, NotFound, Stale
from recado.model.tenant import Account
from recado.store import directory, tenants

from tests.samples import BOAVISTA, DELSOL, received

pytestmark = pytest.mark.usefixtures("cloud")

BOT = Account(tenant=BOAVISTA.id, channel="telegram", id="7001")


def test_an_account_is_found_by_its_clinic_and_by_the_channel() -> None:
    tenants.save_account("boavista", BOT)
    assert tenants.account("boavista", "telegram", "7001").enabled
    assert directory.clinic("telegram", "7001") == "boavista"


def test_an_account_that_another_clinic_has_cannot_be_claimed() -> None:
    tenants.save_account("boavista", BOT)
    with pytest.raises(Conflict) as refusal:
        tenants.save_account("delsol", BOT.model_copy(update={"tenant": DELSOL.id}))
    assert refusal.value.code == "conflict"
    assert "boavista" not in str(refusal.value)
    assert directory.owner("telegram", "7001") == "boavista"
    assert tenants.accounts("delsol") == []


def test_a_clinic_whose_name_begins_alike_is_another_one() -> None:
    tenants.save_account("boavista", BOT)
    with pytest.raises(Conflict):
        tenants.save_account("boa", BOT.model_copy(update={"tenant": "boa"}))


def test_an_account_is_saved_only_as_it_was_loaded() -> None:
    tenants.save_account("boavista", BOT)
    loaded = tenants.account("boavista", "telegram", "7001")
    tenants.save_account("boavista", loaded.model_copy(update={"state": "paused"}))
    with pytest.raises(Stale):
        tenants.save_account("boavista", loaded)
    with pytest.raises(Stale):
        tenants.remove_account("boavista", loaded)
    assert not tenants.account("boavista", "telegram", "7001").enabled


def test_an_account_that_is_removed_may_be_another_clinics() -> None:
    tenants.save_account("boavista", BOT)
    tenants.remove_account("boavista", tenants.account("boavista", "telegram", "7001"))
    assert directory.owner("telegram", "7001") is None
    with pytest.raises(NotFound):
        tenants.account("boavista", "telegram", "7001")
    tenants.save_account("delsol", BOT.model_copy(update={"tenant": DELSOL.id}))
    assert directory.owner("telegram", "7001") == "delsol"


def test_removing_leaves_what_another_clinic_has_by_now() -> None:
    tenants.save_account("boavista", BOT)
    stray = BOT.model_copy(update={"tenant": DELSOL.id, "version": 1})
    with pytest.raises(Stale):
        tenants.remove_account("delsol", stray)
    assert directory.owner("telegram", "7001") == "boavista"


def test_an_account_that_is_only_written_down_is_nobodys_at_the_channel() -> None:
    tenants.keep_account("boavista", BOT)
    tenants.keep_account("delsol", BOT.model_copy(update={"tenant": DELSOL.id}))
    assert directory.owner("telegram", "7001") is None
    assert not tenants.account("boavista", "telegram", "7001").claimed


def test_of_two_who_wrote_an_account_down_one_claims_it() -> None:
    for clinic in ("boavista", "delsol"):
        tenants.keep_account(clinic, BOT.model_copy(update={"tenant": clinic}))
    assert tenants.save_account("delsol", tenants.account("delsol", "telegram", "7001")).claimed
    with pytest.raises(Conflict):
        tenants.save_account("boavista", tenants.account("boavista", "telegram", "7001"))
    tenants.remove_account("boavista", tenants.account("boavista", "telegram", "7001"))
    assert directory.owner("telegram", "7001") == "delsol"


def test_what_is_claimed_stays_claimed_however_it_is_kept() -> None:
    claimed = tenants.save_account("boavista", BOT)
    tenants.keep_account("boavista", claimed.model_copy(update={"state": "paused"}))
    assert tenants.account("boavista", "telegram", "7001").claimed
    assert directory.owner("telegram", "7001") == "boavista"


def business(channel: str = "whatsapp", ident: str = "900000000000009") -> str | None:
    return directory.owner(directory.business(channel), ident)


def test_the_business_of_an_account_is_its_clinics_too() -> None:
    number = Account(
        tenant="boavista",
        channel="whatsapp",
        id="300000000000003",
        settings={"business_account": "900000000000009"},
    )
    tenants.save_account("boavista", number)
    assert business() == "boavista"
    assert directory.owner("whatsapp", "900000000000009") is None
    tenants.remove_account("boavista", tenants.account("boavista", "whatsapp", number.id))
    assert directory.owner("whatsapp", number.id) is None
    assert business() is None


def test_a_business_that_is_no_longer_named_is_given_up_and_the_new_one_waits_for_its_proof() -> None:
    named = {"business_account": "900000000000009"}
    number = Account(tenant="boavista", channel="whatsapp", id="300000000000003", settings=dict(named))
    claimed = tenants.save_account("boavista", number)
    tenants.keep_account("boavista", claimed.model_copy(update={"settings": {"business_account": "8"}}))
    assert (business(), business(ident="8")) == (None, None)
    now = tenants.account("boavista", "whatsapp", number.id)
    assert (now.claimed, now.wholly_claimed) == (True, False)


def test_a_business_stays_while_another_account_of_the_clinic_has_it() -> None:
    named = {"business_account": "900000000000009"}
    numbers = [
        tenants.save_account(
            "boavista", Account(tenant="boavista", channel="whatsapp", id=ident, settings=dict(named))
        )
        for ident in ("31", "32")
    ]
    tenants.remove_account("boavista", numbers[0])
    assert business() == "boavista"
    tenants.remove_account("boavista", numbers[1])
    assert business() is None


def test_a_business_has_one_clinic() -> None:
    settings: dict[str, str | tuple[str, ...]] = {"business_account": "900000000000009"}
    number = Account(tenant="boavista", channel="whatsapp", id="300000000000003", settings=settings)
    tenants.save_account("boavista", number)
    with pytest.raises(Conflict):
        tenants.save_account("delsol", number.model_copy(update={"tenant": "delsol", "id": "4000"}))


def told(kind: Any) -> Received:
    """Something that came under the business's id."""
    return received("Olá")._replace(account="900000000000009", kind=kind)


@pytest.mark.parametrize(("kind", "owner"), [("notice", "boavista"), ("message", None), ("receipt", None)])
def test_under_the_businesss_id_come_notices_and_nothing_that_people_write(
    kind: str, owner: str | None
) -> None:
    named = {"business_account": "900000000000009"}
    tenants.save_account(
        "boavista", Account(tenant="boavista", channel="whatsapp", id="31", settings=dict(named))
    )
    assert list(receive._clinics("whatsapp", [told(kind)]).values()) == [owner]
