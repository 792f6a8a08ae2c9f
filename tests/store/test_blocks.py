"""What is filed under a key."""

from __future__ import annotations

import pytest
from recado.errors import Misconfigured, Stale, Unavailable
from recado.model.block import Block, Filed, Key
from recado.model.profile import Profile
from recado.store import blocks
from recado.store.rows import transaction

from tests.cloud import Cloud
from tests.counter import counted
from tests.garbled import garble
from tests.samples import NOW
from tests.store.conftest import Faulty

MARIA = Key("name", "maria silva", False)
JOAO = Key("name", "joao souza", False)


def filed(record: str = "p1") -> Filed:
    return Filed(record=record, person=record, profile=Profile(name="Maria Silva", seen_at=NOW))


def put(at: Key, block: Block, tenant: str = "boavista") -> None:
    with transaction() as work:
        blocks.put(tenant, at, block, work)


@pytest.mark.usefixtures("cloud")
def test_blocks_are_read_in_the_order_of_their_keys_in_one_consistent_read() -> None:
    put(MARIA, Block(filed=(filed(),), people=1))
    with counted() as calls:
        nobody, maria = blocks.read("boavista", [JOAO, MARIA])
    assert calls == ["BatchGetItem"]
    assert nobody == Block()
    assert maria == Block(filed=(filed(),), people=1, version=1)


@pytest.mark.usefixtures("cloud")
def test_nothing_is_read_of_no_key() -> None:
    with counted() as calls:
        assert blocks.read("boavista", []) == []
    assert calls == []


@pytest.mark.usefixtures("cloud")
def test_of_two_who_file_at_once_the_second_has_to_look_again() -> None:
    for block in (Block(), Block(version=1)):
        put(MARIA, block.model_copy(update={"filed": (filed(),), "people": 1}))
        with pytest.raises(Stale):
            put(MARIA, block.model_copy(update={"filed": (filed("p2"),), "people": 1}))
    (found,) = blocks.read("boavista", [MARIA])
    assert [one.record for one in found.filed] == ["p1"]


def test_no_row_is_left_of_an_empty_block(cloud: Cloud) -> None:
    put(MARIA, Block(filed=(filed(),), people=1))
    with pytest.raises(Stale):
        put(MARIA, Block(version=7))
    put(MARIA, Block(version=1))
    assert cloud.items("patients") == []


@pytest.mark.usefixtures("cloud")
def test_another_clinics_block_is_empty() -> None:
    put(MARIA, Block(filed=(filed(),), people=1))
    assert blocks.read("boa", [MARIA]) == [Block()]


@pytest.mark.usefixtures("cloud")
def test_a_block_that_this_version_cannot_read_is_not_taken_for_an_empty_one() -> None:
    put(MARIA, Block(filed=(filed(),), people=1))
    garble("PATIENTS_TABLE", "T#boavista#B#name#maria silva", "B", '{"filed": 5}')
    with pytest.raises(Misconfigured):
        blocks.read("boavista", [MARIA])


def test_what_a_batch_leaves_out_is_asked_for_again(faulty: Faulty) -> None:
    for one in (MARIA, JOAO):
        put(one, Block(filed=(filed(),), people=1))
    with faulty.at("soft") as process:
        assert [one.people for one in blocks.read("boavista", [MARIA, JOAO])] == [1, 1]
        assert process.fired == {1}
    with faulty.at("throttled"), pytest.raises(Unavailable):
        blocks.read("boavista", [MARIA])
