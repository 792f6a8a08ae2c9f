"""An administrator has a person forgotten."""

from __future__ import annotations

import pytest

from tests.api.client import person
from tests.api.desk import Desk, opened
from tests.cloud import Cloud

admin = person("admin", agent=None)
ASKED = {"reason": "requested"}


@pytest.fixture
def desk(cloud: Cloud) -> Desk:
    return opened(cloud)


def test_it_says_how_far_it_is_and_no_more_of_them_than_their_ids(desk: Desk) -> None:
    answer = admin.post(f"/patients/{desk.child}/erasure", ASKED)
    told = dict(answer.body)
    assert told.pop("asked_at")
    assert (answer.status, told) == (
        202,
        {
            "id": desk.child,
            "state": "erasing",
            "records": [desk.child],
            "reason": "requested",
            "by": "role:admin",
            "erased_at": None,
        },
    )
    assert admin.post(f"/patients/{desk.child}/erasure", ASKED).body == answer.body


@pytest.mark.parametrize("path", ["", "/timeline"])
def test_of_whoever_is_erased_there_is_nothing_to_be_read(desk: Desk, path: str) -> None:
    admin.post(f"/patients/{desk.child}/erasure", ASKED)
    assert admin.get(f"/patients/{desk.child}{path}").status == 404


def test_who_is_expected_is_not_forgotten(desk: Desk) -> None:
    answer = admin.post(f"/patients/{desk.contact.patient}/erasure", ASKED)
    assert (answer.status, answer.error) == (409, ("conflict", "visits"))
    assert admin.get(f"/patients/{desk.contact.patient}").status == 200


@pytest.mark.parametrize("reason", ["", "Maria pediu", None])
def test_a_reason_is_one_of_a_few_for_it_is_kept(desk: Desk, reason: str | None) -> None:
    answer = admin.post(f"/patients/{desk.child}/erasure", {"reason": reason})
    assert answer.error == ("invalid", "reason")


def test_who_may_read_patients_may_not_therefore_forget_them(desk: Desk) -> None:
    for role in ("agent", "supervisor"):
        assert person(role).post(f"/patients/{desk.child}/erasure", ASKED).status == 403
