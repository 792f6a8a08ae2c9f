"""The matrix of roles and operations, by the sentences that it has to keep."""

import pytest
from recado.model.tenant import Role
from recado.rules.permissions import ALLOWED, ROLES, may


def test_every_role_of_the_matrix_is_one_that_exists() -> None:
    assert set().union(*ALLOWED.values()) == set(ROLES)


def test_an_operator_of_the_platform_sees_nothing_of_what_patients_write() -> None:
    assert {operation for operation in ALLOWED if may(["operator"], operation)} == {
        "read_me",
        "list_unreadable",
    }


@pytest.mark.parametrize(("role", "allowed"), [("agent", False), ("supervisor", False), ("admin", True)])
def test_of_a_clinics_people_only_an_admin_sees_what_could_not_be_read(role: Role, allowed: bool) -> None:
    assert may([role], "list_unreadable") is allowed


def test_whoever_has_several_roles_may_do_what_any_of_them_may() -> None:
    assert may(["agent", "admin"], "list_unreadable")


def test_without_a_role_nothing_is_allowed() -> None:
    assert not any(may([], operation) for operation in ALLOWED)


def test_what_is_not_in_the_matrix_is_allowed_to_nobody() -> None:
    assert not may(ROLES, "drop_tables")
