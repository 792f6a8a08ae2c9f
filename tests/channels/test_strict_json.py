from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import strict_json
from recado.errors import UnreadableInput


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\xff", "not UTF-8"),
        (b'"\xed\xa0\xbd"', "not UTF-8"),
        (b"", "not JSON"),
        (b'{"a":1', "not JSON"),
        (b'{"a":"\x00"}', "not JSON"),
        (b'{"a":NaN}', "not a number"),
        (b'{"a":-Infinity}', "not a number"),
        (b'{"a":1e999}', "out of bounds"),
        (b'{"a":' + b"9" * 39 + b"}", "out of bounds"),
        (b'{"a":' + b"9" * 5000 + b"}", "out of bounds"),
        (b"[" * 33 + b"]" * 33, "deeper than 32"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "deeper than 32"),
        (b"[" * 100_000 + b"]" * 100_000, "deeper than 32"),
        (b"[" * 100_000, "deeper than 32|not JSON"),
    ],
)
def test_what_is_no_sound_json_is_unreadable_and_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        strict_json.load(body)


def test_thirty_two_levels_are_still_read() -> None:
    assert strict_json.load(b"[" * 32 + b"]" * 32)


def test_nul_is_removed_and_a_lone_surrogate_replaced_in_values_and_keys() -> None:
    body = rb'{"k\u0000\ud83d":["a\u0000b","cut \uD83D","\udc00x",{"n":"\u0000"}]}'
    assert strict_json.load(body) == {"k\ufffd": ["ab", "cut \ufffd", "\ufffdx", {"n": ""}]}


@pytest.mark.parametrize("escape", [rb"\ud83d", rb"\uD83D", rb"\uDFFF", rb"\udc00"])
def test_a_lone_surrogate_is_found_however_it_is_escaped(escape: bytes) -> None:
    assert strict_json.load(b'"' + escape + b'"') == "\ufffd"


def test_a_pair_of_surrogates_is_one_emoji() -> None:
    assert strict_json.load(rb'"\ud83d\ude00"') == "😀"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(), st.lists, max_leaves=20
    )
)
def test_whatever_is_read_can_be_written_as_utf_8(value: object) -> None:
    read = strict_json.load(json.dumps(value).encode())
    json.dumps(read, ensure_ascii=False).encode()


WORST = {
    "deep": b"[" * 1_000_000,
    "wide": b"[" + b"[]," * 330_000 + b"1]",
    "escaped": b"[" + rb'{"\u0000":"\ud800"},' * 50_000 + b"1]",
    "long number": b"9" * 1_000_000,
}


@pytest.mark.parametrize("body", WORST.values(), ids=WORST.keys())
def test_the_worst_megabyte_is_read_or_refused_and_nothing_worse(body: bytes) -> None:
    with contextlib.suppress(UnreadableInput):
        strict_json.load(body)
