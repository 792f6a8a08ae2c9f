"""Bundles are read entry by entry."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import UnreadableInput
from recado.rules.imports.buffer import LONGEST, Buffer, Frame
from recado.rules.imports.bundle import entries

from tests.rules.imports.files import bundle, patient, pieces

OTHERS = bundle(
    {"resourceType": "Organization", "name": 'A "clinic" with {braces} and \\'},
    patient(name=[{"family": "Solo ]}"}]),
    {"resourceType": "Observation", "value": [1, [2, {"a": None}]]},
    patient(id="p2"),
    total=2,
)


def frames(content: str, size: int = 65_536) -> list[Frame]:
    return list(entries(Buffer(pieces(content.encode(), size)), inside=False))


def ids(found: list[Frame]) -> list[str]:
    return [json.loads(one.content)["resource"]["id"] for one in found if one.content]


def test_the_patients_among_the_entries_are_found() -> None:
    assert ids(frames(OTHERS)) == ["p1", "p2"]
    assert len(frames(OTHERS)) == 4


@given(st.integers(1, 90))
def test_how_the_bytes_come_makes_no_difference(size: int) -> None:
    assert frames(OTHERS, size) == frames(OTHERS)


def test_reading_goes_on_after_any_entry() -> None:
    for number, one in enumerate(frames(OTHERS)):
        rest = Buffer(iter((OTHERS.encode()[one.end :],)), one.end)
        assert list(entries(rest, inside=True)) == frames(OTHERS)[number + 1 :]


@pytest.mark.parametrize(
    "content",
    [
        '{"resourceType": "Bundle", "type": "searchset", "total": 0}',
        '{"resourceType": "Bundle", "entry": []}',
        ' {"entry": [ ], "resourceType": "Bundle"}',
    ],
)
def test_a_bundle_may_have_no_entries(content: str) -> None:
    assert frames(content) == []


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "name;phone",
        '{"resourceType": "Patient", "id": "p1"}',
        '{"resourceType": "Bundle", "entry": [1, 2]}',
        '{"resourceType": "Bundle", "entry": [{"resource": {"resourceType"',
        '{"resourceType": "Bundle", "entry": [{"resource": {}}',
        '{"resourceType": "Bund',
        "{",
        "{} {}",
        "{1: 2}",
    ],
)
def test_what_is_no_whole_bundle_is_unreadable(content: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        frames(content)
    assert "p1" not in str(refused.value)


@pytest.mark.parametrize("size", [500, 65_536, 1_000_000])
def test_an_entry_that_is_too_long_is_cut_and_the_next_one_is_read(size: int) -> None:
    large = patient(photo=[{"data": "A\\\\" * LONGEST}])
    found = frames(bundle(large, patient(id="p2")), size)
    assert (len(found[0].content), found[0].cut) == (LONGEST, True)
    assert ids(found[1:]) == ["p2"]


def test_one_that_is_too_long_and_no_patient_is_passed_over() -> None:
    found = frames(bundle({"resourceType": "Binary", "data": "A" * 2 * LONGEST}, patient()))
    assert [one.content == b"" for one in found] == [True, False]


@given(st.binary(max_size=300), st.integers(1, 40))
def test_whatever_the_bytes_are_it_ends(content: bytes, size: int) -> None:
    for inside in (True, False):
        try:
            found = list(entries(Buffer(pieces(content, size)), inside=inside))
        except UnreadableInput:
            continue
        assert all(one.end <= len(content) for one in found)
