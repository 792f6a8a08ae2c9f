"""An administrator takes up a channel, tries it, opens and closes it, changes its secrets, gives it up."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError
from recado.rules.accounts import PROBLEMS
from recado.store import directory, keyring, secrets, tenants
from recado.store.clients import client

from tests.api.client import Answer, person
from tests.cloud import Cloud
from tests.provider import Provider, Refusal
from tests.samples import WHATSAPP

pytestmark = pytest.mark.usefixtures("clinic")

NEW = {
    "channel": "whatsapp",
    "id": "300000000000003",
    "display": "+55 11 4000-0000",
    "secrets": {"access_token": "token-one"},
}
PATH = "/accounts/whatsapp/300000000000003"
davi = person("admin", agent=None)


def added(**changes: Any) -> Answer:
    return davi.post("/accounts", {**NEW, **changes})


def kept(tenant: str = "boavista") -> dict[str, Any]:
    secrets.forget()
    return secrets.account(tenant, "whatsapp", NEW["id"])  # type: ignore[arg-type]


def test_an_account_is_added_paused_and_not_yet_found_by_the_channel() -> None:
    answer = added()
    assert answer.status == 201
    assert (answer.body["state"], answer.body["secrets"], answer.body["missing"]) == (
        "paused",
        ["access_token"],
        [],
    )
    assert directory.owner("whatsapp", "300000000000003") is None
    assert answer.body["claimed"] is False
    assert kept() == {"access_token": "token-one"}
    listed = davi.get("/accounts").body["items"]
    assert [one["id"] for one in listed] == [WHATSAPP["boavista"], "300000000000003"]


def test_the_address_to_enter_at_the_provider_is_told() -> None:
    assert added().body["webhook"] == "https://hooks.example/webhooks/whatsapp"


@pytest.mark.parametrize(
    ("given", "expected"), [("+34 910-000-000", "34910000000"), (" 300000000000003 ", "300000000000003")]
)
def test_a_number_is_its_digits_however_it_is_written(given: str, expected: str) -> None:
    assert added(id=given).body["id"] == expected


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"channel": "voice"}, "channel"),
        ({"id": ""}, "id"),
        ({"id": "a b"}, "id"),
        ({"id": "a/b"}, "id"),
        ({"id": "a#A"}, "id"),
        ({"id": "x" * 65}, "id"),
        ({"id": 7}, "id"),
        ({"secrets": {}}, "secrets.access_token"),
        ({"secrets": {"access_token": ""}}, "secrets.access_token"),
        ({"secrets": {"access_token": 7}}, "secrets.access_token"),
        ({"secrets": {"access_token": "a", "app_secret": "b"}}, "secrets.app_secret"),
        ({"secrets": "token"}, "secrets"),
        ({"settings": {"colour": "red"}}, "settings.colour"),
        ({"redirect": {"fr": "Bonjour"}}, "redirect.fr.[key]"),
        ({"redirect": {"es": "x" * 1001}}, "redirect.es"),
        ({"weight": -1}, "weight"),
        ({"weight": 101}, "weight"),
        ({"display": "x" * 81}, "display"),
        ({"tenant": "delsol"}, "tenant"),
        ({"state": "enabled"}, "state"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_stored(changes: dict[str, Any], field: str) -> None:
    refused = added(**changes)
    assert (refused.status, refused.error) == (400, ("invalid", field))
    assert len(tenants.accounts("boavista")) == 2
    assert client("secretsmanager").list_secrets()["SecretList"][1:] == []


def test_an_account_that_another_clinic_has_is_in_use_and_nothing_of_it_changes(provider: Provider) -> None:
    assert added(id=WHATSAPP["delsol"]).status == 201
    path = f"/accounts/whatsapp/{WHATSAPP['delsol']}"
    for refused in (davi.post(f"{path}/resume", {"force": True}), davi.post(f"{path}/test")):
        assert (refused.status, refused.error) == (409, ("conflict", "id"))
        assert "delsol" not in refused.raw
    assert (davi.get(path).body["state"], davi.get(path).body["claimed"]) == ("paused", False)
    assert directory.owner("whatsapp", WHATSAPP["delsol"]) == "delsol"


def test_an_account_is_the_clinics_once_its_provider_says_so_and_no_sooner(provider: Provider) -> None:
    added()
    provider.script.append(Refusal(190, 401))
    assert davi.post(f"{PATH}/test").body["claimed"] is False
    assert directory.owner("whatsapp", "300000000000003") is None
    assert davi.post(f"{PATH}/test").body["claimed"] is True
    assert directory.owner("whatsapp", "300000000000003") == "boavista"


@pytest.mark.parametrize("change", [{"display": "x"}, {"settings": {}}, {"weight": 3}])
def test_nothing_but_a_proof_claims_an_account(change: dict[str, Any]) -> None:
    added()
    davi.put(PATH, change)
    davi.post(f"{PATH}/pause", {})
    davi.post(f"{PATH}/secrets", {"secrets": {"access_token": "token-two"}})
    davi.post(f"{PATH}/secrets/finish", {})
    assert directory.owner("whatsapp", "300000000000003") is None


def test_force_opens_no_account_that_is_not_proven(provider: Provider) -> None:
    added()
    provider.script.append(Refusal(190, 401))
    refused = davi.post(f"{PATH}/resume", {"force": True})
    assert (refused.status, refused.error[0]) == (409, "conflict")
    assert "confirms" in refused.body["error"]["message"]
    assert davi.get(PATH).body["state"] == "paused"
    assert directory.owner("whatsapp", "300000000000003") is None


def test_a_proven_account_is_closed_and_opened_freely(provider: Provider) -> None:
    added()
    davi.post(f"{PATH}/resume", {})
    davi.post(f"{PATH}/pause", {})
    assert directory.owner("whatsapp", "300000000000003") == "boavista"
    provider.script.append(Refusal(1, 500))
    assert davi.post(f"{PATH}/resume", {"force": True}).body["state"] == "enabled"


NUMBERS = "/graph.facebook.com/v25.0/900/phone_numbers?fields=id&limit=200"


@pytest.mark.parametrize(("number", "owner"), [("300000000000003", "boavista"), ("3", None)])
def test_a_business_is_claimed_only_where_it_has_the_number(
    provider: Provider, number: str, owner: str | None
) -> None:
    listed = json.dumps({"data": [{"id": number}]}).encode()
    provider.files[NUMBERS] = 200, "application/json", listed
    added(settings={"business_account": "900"})
    davi.post(f"{PATH}/test")
    assert directory.owner("whatsapp-business", "900") == owner
    assert directory.owner("whatsapp", "300000000000003") == owner
    assert directory.owner("whatsapp", "900") is None


def test_a_page_or_a_chat_is_the_clinics_from_the_start_under_an_id_of_ours() -> None:
    chat = {"channel": "webchat", "settings": {"origins": ["https://boavista.example"]}}
    made = davi.post("/accounts", chat).body
    assert made["claimed"] is True
    assert directory.owner("webchat", made["id"]) == "boavista"
    assert davi.post("/accounts", {**chat, "id": "kchosen"}).error == ("invalid", "id")


ALLOTTED = ("551130000002", "boavista.example", "pool-1", "events-1")


@pytest.fixture
def allotted(clinic: Cloud) -> None:
    """The operator has allotted the clinic some of the AWS account."""
    known = tenants.get("boavista")
    tenants.save_tenant("boavista", known.model_copy(update={"aws_identities": ALLOTTED, "version": 1}))
    tenants.forget()


@pytest.mark.usefixtures("allotted")
@pytest.mark.parametrize(
    ("new", "field"),
    [
        ({"channel": "aws_sms", "id": "+34910000002"}, "id"),
        ({"channel": "email", "id": "conta@delsol.example"}, "id"),
        ({"channel": "email", "id": "conta@boavista.example.org"}, "id"),
        ({"channel": "aws_social", "id": "200000000000004"}, "id"),
        (
            {
                "channel": "aws_sms",
                "id": "551130000002",
                "settings": {"origination_identity": "+34910000002"},
            },
            "settings.origination_identity",
        ),
        (
            {"channel": "email", "id": "a@boavista.example", "settings": {"configuration_set": "delsol"}},
            "settings.configuration_set",
        ),
    ],
)
def test_what_is_not_allotted_of_aws_cannot_be_taken(new: dict[str, Any], field: str) -> None:
    refused = davi.post("/accounts", new)
    assert (refused.status, refused.error) == (400, ("invalid", field))


@pytest.mark.usefixtures("allotted")
def test_what_is_allotted_can_be_taken_and_changed_only_within_it() -> None:
    own = {"origination_identity": "pool-1", "configuration_set": "events-1"}
    new = {"channel": "aws_sms", "id": "+551130000002", "settings": own}
    assert davi.post("/accounts", new).status == 201
    assert davi.post("/accounts", {"channel": "email", "id": "a@boavista.example"}).status == 201
    path = "/accounts/aws_sms/551130000002"
    refused = davi.put(path, {"settings": {"origination_identity": "pool-2"}})
    assert refused.error == ("invalid", "settings.origination_identity")
    known = tenants.get("boavista")
    tenants.save_tenant("boavista", known.model_copy(update={"aws_identities": ()}))
    tenants.forget()
    assert davi.post(f"{path}/resume", {"force": True}).error == ("invalid", "id")
    assert davi.post(f"{path}/test").error == ("invalid", "id")


def test_an_account_that_is_there_already_keeps_its_secrets() -> None:
    added()
    refused = added(secrets={"access_token": "token-two"})
    assert (refused.status, refused.error) == (409, ("conflict", "id"))
    assert kept() == {"access_token": "token-one"}


def test_no_answer_ever_holds_a_secret() -> None:
    answers = [
        added(),
        davi.get(PATH),
        davi.get("/accounts"),
        davi.put(PATH, {"display": "Recepção"}),
        davi.post(f"{PATH}/secrets", {"secrets": {"access_token": "token-two"}}),
        davi.post(f"{PATH}/secrets", {"secrets": {"access_token": "token-three"}}),
        davi.post(f"{PATH}/secrets/finish", {}),
        davi.post(f"{PATH}/pause", {}),
        davi.call("DELETE", PATH),
    ]
    assert [answer.status for answer in answers] == [201, 200, 200, 200, 200, 409, 200, 200, 200]
    assert not [answer.raw for answer in answers if "token-" in answer.raw]


def test_while_secrets_change_both_are_kept_until_the_change_is_finished() -> None:
    added()
    rotating = davi.post(f"{PATH}/secrets", {"secrets": {"access_token": "token-two"}})
    assert rotating.body["rotating"] is True
    assert kept() == {"access_token": "token-two", "previous": {"access_token": "token-one"}}
    assert davi.post(f"{PATH}/secrets/finish", {}).body["rotating"] is False
    assert kept() == {"access_token": "token-two"}
    assert davi.post(f"{PATH}/secrets/finish", {}).status == 409


def test_a_change_to_wrong_secrets_is_taken_back() -> None:
    added()
    davi.post(f"{PATH}/secrets", {"secrets": {"access_token": "wrong"}})
    davi.post(f"{PATH}/secrets/finish", {"keep": "previous"})
    assert kept() == {"access_token": "token-one"}


def test_what_is_no_secret_changes_as_it_was_seen_and_the_rest_stays() -> None:
    version = added().body["version"]
    changed = davi.put(PATH, {"display": "Recepção", "weight": 3, "version": version})
    assert (changed.body["display"], changed.body["weight"]) == ("Recepção", 3)
    assert davi.put(PATH, {"display": "Outra", "version": version}).error[0] == "stale"
    assert davi.get(PATH).body["display"] == "Recepção"
    assert kept() == {"access_token": "token-one"}


def test_a_channel_that_the_clinic_closes_has_its_words_for_patients() -> None:
    path = f"/accounts/whatsapp/{WHATSAPP['boavista']}"
    words = {"pt-BR": "Escreva para nós por e-mail.", "es": ""}
    paused = davi.post(f"{path}/pause", {"redirect": words})
    assert paused.body["state"] == "paused"
    assert davi.post(f"{path}/pause", {}).body["redirect"] == words
    assert not tenants.account("boavista", "whatsapp", WHATSAPP["boavista"]).enabled


def test_an_account_opens_only_when_nothing_is_missing_or_by_force() -> None:
    path = f"/accounts/whatsapp/{WHATSAPP['boavista']}"
    davi.post(f"{path}/pause", {})
    refused = davi.post(f"{path}/resume", {})
    assert (refused.status, refused.error[0]) == (409, "conflict")
    assert "missing" in refused.body["error"]["message"]
    forced = davi.post(f"{path}/resume", {"force": True})
    assert (forced.body["state"], forced.body["test"]["problem"]) == ("enabled", "secrets_missing")


def test_an_account_that_its_provider_knows_is_well_and_opens(provider: Provider) -> None:
    added()
    tried = davi.post(f"{PATH}/test")
    assert tried.body["test"]["ok"] is True
    assert tried.body["version"] == davi.get(PATH).body["version"]
    assert davi.post(f"{PATH}/resume", {}).body["state"] == "enabled"
    assert provider.taken == []


@pytest.mark.parametrize(
    ("refusal", "problem"), [(Refusal(190, 401), "refused"), (Refusal(1, 500), "unreachable")]
)
def test_what_the_provider_says_against_an_account_is_told_in_words(
    provider: Provider, refusal: Refusal, problem: str
) -> None:
    added()
    provider.script.append(refusal)
    test = davi.post(f"{PATH}/test").body["test"]
    assert (test["ok"], test["problem"], test["message"]) == (False, problem, PROBLEMS[problem])
    provider.script.append(refusal)
    refused = davi.post(f"{PATH}/resume", {})
    assert (refused.status, refused.body["error"]["message"]) == (409, PROBLEMS[problem])
    assert davi.get(PATH).body["state"] == "paused"


def test_an_account_that_is_removed_leaves_no_secret_and_may_be_anothers(cloud: Cloud) -> None:
    added()
    gone = davi.call("DELETE", PATH)
    assert gone.body == {"channel": "whatsapp", "id": "300000000000003"}
    assert davi.get(PATH).status == 404
    names = [one["Name"] for one in client("secretsmanager").list_secrets()["SecretList"]]
    assert names == [os.environ["META_SECRET"]]
    pablo = person("admin", tenant="delsol", agent=None)
    assert pablo.post("/accounts", NEW).status == 201
    assert kept("delsol") == {"access_token": "token-one"}


def test_a_number_that_only_rings_is_no_account_of_a_channel() -> None:
    assert davi.get("/accounts/voice/551130000000").status == 404
    assert "voice" not in json.dumps(davi.get("/accounts").body)


def test_every_channel_says_what_an_account_of_it_takes() -> None:
    channels = {one["channel"]: one for one in davi.get("/channels").body["items"]}
    assert channels["whatsapp"]["needs"] == [
        {"name": "access_token", "secret": True, "required": True, "many": False, "made": False},
        {"name": "business_account", "secret": False, "required": False, "many": False, "made": False},
    ]


@contextmanager
def unanswered(operation: str, number: int = 1) -> Iterator[None]:
    """The secrets' store does not answer the `number`-th call of this kind: what follows is not done."""
    events, name = client("secretsmanager").meta.events, f"before-call.secretsmanager.{operation}"
    calls = count(1)

    def refuse(**_: object) -> None:
        if next(calls) == number:
            raise ConnectTimeoutError(endpoint_url="")

    events.register(name, refuse)
    try:
        yield
    finally:
        events.unregister(name, refuse)


@pytest.mark.parametrize("number", [1, 2])
def test_an_account_that_was_added_by_half_says_so_and_is_completed(number: int) -> None:
    with unanswered("CreateSecret", number):
        assert added().status == 503
    half = davi.get(PATH).body
    assert (half["state"], half["missing"]) == ("paused", ["access_token"])
    assert davi.post(f"{PATH}/secrets", {"secrets": {"access_token": "token-one"}}).status == 200
    assert davi.get(PATH).body["missing"] == []
    assert kept() == {"access_token": "token-one"}


@pytest.mark.parametrize("keep", ["newest", "previous"])
def test_a_rotation_that_was_done_by_half_loses_no_secret_that_verifies(keep: str) -> None:
    twilio = {"channel": "twilio_sms", "id": "551130000001", "settings": {"account_sid": "AC1"}}
    path = "/accounts/twilio_sms/551130000001"
    assert davi.post("/accounts", {**twilio, "secrets": {"auth_token": "token-one"}}).status == 201
    with unanswered("PutSecretValue", 2):
        assert davi.post(f"{path}/secrets", {"secrets": {"auth_token": "token-two"}}).status == 503
    held = keyring.held("boavista", "twilio_sms", "551130000001")
    assert held.webhook is not None
    assert held.webhook["auth_tokens"] == ["token-two", "token-one"]
    assert davi.get(path).body["rotating"] is True
    davi.post(f"{path}/secrets/finish", {"keep": keep})
    assert davi.post(f"{path}/secrets", {"secrets": {"auth_token": "token-two"}}).status == 200
    davi.post(f"{path}/secrets/finish", {})
    held = keyring.held("boavista", "twilio_sms", "551130000001")
    assert held.credentials is not None
    assert held.webhook is not None
    assert held.credentials["auth_token"] == "token-two"
    assert held.webhook["auth_tokens"] == ["token-two"]


def test_secrets_that_stay_behind_are_nobodys_and_are_written_over() -> None:
    added()
    with unanswered("DeleteSecret"):
        assert davi.call("DELETE", PATH).status == 503
    assert directory.owner("whatsapp", "300000000000003") is None
    assert davi.get(PATH).status == 404
    assert added(secrets={"access_token": "token-two"}).status == 201
    assert kept() == {"access_token": "token-two"}
