"""What cannot be a key is nobody's, and DynamoDB is not asked for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from recado.errors import NotFound
from recado.model.block import Block, Key
from recado.store import blocks, contacts, directory, patients
from recado.store.keys import LONGEST, fits

from tests.counter import counted

MOST, MOST_SORT = LONGEST
LONG = "x" * MOST


@pytest.mark.parametrize(
    ("pk", "sk", "fit"),
    [
        ("p" * MOST, "s" * MOST_SORT, True),
        ("p" * MOST + "p", "s", False),
        ("p", "s" * MOST_SORT + "s", False),
        ("ã" * (MOST // 2), "s", True),
        ("ã" * (MOST // 2) + "p", "s", False),
        ("\ud800", "s", True),
        ("", "s", False),
        ("p", "", False),
    ],
)
def test_a_key_has_a_byte_and_at_most_so_many(pk: str, sk: str, *, fit: bool) -> None:
    assert fits(pk, sk) is fit


def no_patient() -> object:
    with pytest.raises(NotFound):
        patients.get("boavista", LONG)
    return None


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize(
    ("look", "found"),
    [
        (no_patient, None),
        (lambda: contacts.find_communication("boavista", LONG), None),
        (lambda: directory.owner("webform", LONG), None),
        (lambda: blocks.read("boavista", [Key("ehr", LONG, False)]), [Block()]),
    ],
)
def test_by_a_longer_one_nothing_is_found(look: Callable[[], object], found: object) -> None:
    with counted() as calls:
        assert look() == found
    assert calls == []
