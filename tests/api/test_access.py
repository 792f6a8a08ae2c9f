"""Every route × every role × {own clinic, another's, nobody}: generated from the routes, both directions."""

import re
from typing import Any

import pytest
from api.resource import Operation
from recado.model.tenant import Role
from recado.rules.permissions import ROLES, may
from recado.store import tenants

from tests.api.client import Client, person
from tests.api.desk import CANARY, OPERATIONS, Desk, ask, body_of, opened
from tests.cloud import Cloud

every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
every_role = pytest.mark.parametrize("role", ROLES)


@pytest.fixture
def desk(cloud: Cloud) -> Desk:
    return opened(cloud)


def stranger(role: str) -> Client:
    """Somebody of the other clinic."""
    return person(role, tenant="delsol", agent="lucia")


@every_operation
@every_role
def test_a_route_answers_the_roles_that_the_matrix_allows_and_no_other(
    operation: Operation, role: Role, desk: Desk
) -> None:
    tenant = None if role == "operator" else "boavista"
    answer = ask(person(role, tenant=tenant), operation, desk)
    if may([role], operation.name):
        assert answer.status == operation.status
    else:
        assert (answer.status, answer.error) == (403, ("forbidden", None))


@every_operation
def test_nobody_who_has_not_signed_in_is_answered(operation: Operation, desk: Desk) -> None:
    answer = ask(Client(None), operation, desk)
    assert (answer.status, answer.error) == (401, ("unauthorised", None))


@every_operation
@pytest.mark.parametrize(
    "claims",
    [
        {"custom:tenant": "boavista", "custom:agent": "ana"},
        {"custom:tenant": "boavista", "cognito:groups": "nurse"},
        {"cognito:groups": "agent", "custom:agent": "ana"},
        {"cognito:groups": "agent", "custom:tenant": "boavista#P", "custom:agent": "ana"},
        {"cognito:groups": "agent", "custom:tenant": "boavista--preflight", "custom:agent": "ana"},
    ],
    ids=["no role", "unknown role", "no clinic", "no possible clinic", "a sandbox"],
)
def test_whoever_lacks_a_role_or_a_clinic_is_refused(
    operation: Operation, claims: dict[str, str], desk: Desk
) -> None:
    assert ask(Client({"sub": "user", **claims}), operation, desk).status == 403


def rows_of_boavista(cloud: Cloud) -> list[dict[str, Any]]:
    """All of its rows; what strangers make in their own clinic is theirs."""
    rows = [row for table in ("contacts", "patients", "appointments") for row in cloud.items(table)]
    return [row for row in rows if row["pk"]["S"].startswith("T#boavista#")]


@every_operation
@pytest.mark.parametrize("role", ["agent", "supervisor", "admin"])
def test_another_clinics_people_see_and_change_nothing(
    operation: Operation, role: Role, desk: Desk, cloud: Cloud
) -> None:
    before = rows_of_boavista(cloud)
    accounts = tenants.accounts("boavista")
    answer = ask(stranger(role), operation, desk)
    assert CANARY not in answer.raw
    assert desk.contact.id not in answer.raw
    assert rows_of_boavista(cloud) == before
    assert tenants.accounts("boavista") == accounts
    if "{id}" in operation.path:
        assert answer.status == (404 if may([role], operation.name) else 403)


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if "{id}" in one.path], ids=lambda one: one.name
)
def test_another_clinics_thing_looks_like_a_missing_one_to_the_last_byte(
    operation: Operation, desk: Desk
) -> None:
    path = desk.ids(operation)
    missing = re.sub(r"/[adfgkpuxy][a-z2-7]{20}", lambda match: match[0][:2] + "z" * 20, path)
    missing = re.sub(r"/i[a-v0-9]{24}", "/i" + "0" * 24, missing)
    missing = re.sub(r"/w[0-9a-f]{20}", "/w" + "0" * 20, missing)
    missing = re.sub(r"/1[0-9]{14}", "/199999999999999", missing)
    assert missing != path
    theirs = ask(stranger("admin"), operation, desk)
    nothing = ask(stranger("admin"), operation, desk, missing)
    assert (theirs.status, theirs.raw) == (404, nothing.raw)


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS if "{id}" in one.path], ids=lambda one: one.name
)
@pytest.mark.parametrize("odd", ["T#delsol#P", "%00", "..", "x" * 3000, "p1.é", "p1.1#C", "p.99999999"])
def test_an_id_that_cannot_be_one_is_a_missing_one(operation: Operation, odd: str, desk: Desk) -> None:
    path = operation.path.replace("{channel}", "whatsapp").replace("{id}", odd)
    answer = ask(person("admin"), operation, desk, path)
    assert (answer.status, answer.error) == (404, ("not_found", None))


def test_a_patient_of_another_clinic_in_a_body_is_a_missing_one(desk: Desk, cloud: Cloud) -> None:
    book = next(one for one in OPERATIONS if one.name == "book_appointment")
    body = body_of(book, desk)
    before = cloud.items("appointments")
    theirs = stranger("agent").post("/appointments", body)
    nothing = stranger("agent").post("/appointments", {**body, "patient": "p" + "z" * 20})
    assert (theirs.status, theirs.raw) == (404, nothing.raw)
    assert cloud.items("appointments") == before


def test_a_patient_of_another_clinic_in_the_query_is_a_missing_one(desk: Desk) -> None:
    theirs = stranger("agent").get("/appointments", patient=desk.contact.patient)
    nothing = stranger("agent").get("/appointments", patient="p" + "z" * 20)
    assert (theirs.status, theirs.raw) == (404, nothing.raw)


def test_what_somebody_says_of_their_own_clinic_counts_for_nothing(desk: Desk) -> None:
    liar = stranger("admin")
    answer = liar.call(
        "GET", f"/contacts/{desk.contact.id}", headers={"X-Tenant": "boavista", "custom:tenant": "boavista"}
    )
    assert answer.status == 404
    assert liar.get("/contacts", tenant="boavista").error == ("invalid", "tenant")
    assert liar.post(f"/contacts/{desk.contact.id}/take", {"tenant": "boavista"}).status == 400
