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

every_role = pytest.mark.parametrize("role", ROLES)


@pytest.fixture
def desk(cloud: Cloud) -> Desk:
    return opened(cloud)


def stranger(role: str) -> Client:
    """Somebody of the other clinic."""
    return person(role, tenant="delsol", agent="lucia")


PERMITTED = [
    pytest.param(role, operation, id=f"{role}-{operation.name}")
    for role in ROLES
    for operation in OPERATIONS
    if may([role], operation.name)
]


def acting(role: Role) -> Client:
    return person(role, tenant=None if role == "operator" else "boavista")


@pytest.mark.parametrize(("role", "operation"), PERMITTED)
def test_a_route_answers_the_roles_that_the_matrix_allows(
    role: Role, operation: Operation, desk: Desk
) -> None:
    assert ask(acting(role), operation, desk).status == operation.status


@every_role
def test_it_answers_no_other_role(role: Role, desk: Desk) -> None:
    others = [one for one in OPERATIONS if not may([role], one.name)]
    answers = {one.name: ask(acting(role), one, desk) for one in others}
    assert {(name, one.status, one.error) for name, one in answers.items()} == {
        (one.name, 403, ("forbidden", None)) for one in others
    }


def test_nobody_who_has_not_signed_in_is_answered(desk: Desk) -> None:
    answers = {one.name: ask(Client(None), one, desk) for one in OPERATIONS}
    assert {(name, one.status, one.error) for name, one in answers.items()} == {
        (one.name, 401, ("unauthorised", None)) for one in OPERATIONS
    }


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
def test_whoever_lacks_a_role_or_a_clinic_is_refused(claims: dict[str, str], desk: Desk) -> None:
    someone = Client({"sub": "user", **claims})
    answered = {one.name: ask(someone, one, desk).status for one in OPERATIONS}
    assert answered == dict.fromkeys(answered, 403)


def rows_of_boavista(cloud: Cloud) -> list[dict[str, Any]]:
    """All of its rows; what strangers make in their own clinic is theirs."""
    rows = [row for table in ("contacts", "patients", "appointments") for row in cloud.items(table)]
    return [row for row in rows if row["pk"]["S"].startswith("T#boavista#")]


@pytest.mark.parametrize("role", ["agent", "supervisor", "admin"])
def test_another_clinics_people_see_and_change_nothing(role: Role, desk: Desk, cloud: Cloud) -> None:
    before = rows_of_boavista(cloud)
    accounts = tenants.accounts("boavista")
    answers = {one: ask(stranger(role), one, desk) for one in OPERATIONS}
    assert not [one.name for one, answer in answers.items() if CANARY in answer.raw]
    assert not [one.name for one, answer in answers.items() if desk.contact.id in answer.raw]
    assert rows_of_boavista(cloud) == before
    assert tenants.accounts("boavista") == accounts
    statuses = {one: answer.status for one, answer in answers.items() if "{id}" in one.path}
    assert statuses == {one: 404 if may([role], one.name) else 403 for one in statuses}


ABOUT_ONE = [one for one in OPERATIONS if "{id}" in one.path]


def test_another_clinics_thing_looks_like_a_missing_one_to_the_last_byte(desk: Desk) -> None:
    for operation in ABOUT_ONE:
        path = desk.ids(operation)
        missing = re.sub(r"/[adfgkpuxy][a-z2-7]{20}", lambda match: match[0][:2] + "z" * 20, path)
        missing = re.sub(r"/i[a-v0-9]{24}", "/i" + "0" * 24, missing)
        missing = re.sub(r"/w[0-9a-f]{20}", "/w" + "0" * 20, missing)
        missing = re.sub(r"/1[0-9]{14}", "/199999999999999", missing)
        assert missing != path, operation.name
        theirs = ask(stranger("admin"), operation, desk)
        nothing = ask(stranger("admin"), operation, desk, missing)
        assert (theirs.status, theirs.raw) == (404, nothing.raw), operation.name


@pytest.mark.parametrize("odd", ["T#delsol#P", "%00", "..", "x" * 3000, "p1.é", "p1.1#C", "p.99999999"])
def test_an_id_that_cannot_be_one_is_a_missing_one(odd: str, desk: Desk) -> None:
    for operation in ABOUT_ONE:
        path = operation.path.replace("{channel}", "whatsapp").replace("{id}", odd)
        answer = ask(person("admin"), operation, desk, path)
        assert (answer.status, answer.error) == (404, ("not_found", None)), operation.name


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
