"""The tokens of a chat's visitors: ours, of this chat, and not too old."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import visitors
from recado.errors import Forged

from tests.channels.specimens import AT

KEYS = ["key-of-today", "key-of-before"]


def later(**delta: float) -> str:
    return (datetime.fromisoformat(AT) + timedelta(**delta)).isoformat()


def token(key: str = KEYS[0], account: str = "chat-1") -> str:
    return visitors.issued("v" + "a" * 20, account, key, AT)


def test_a_token_says_whose_it_is() -> None:
    assert visitors.verify(token(), "chat-1", KEYS, AT) == "v" + "a" * 20
    assert visitors.named(token()) == "v" + "a" * 20


@pytest.mark.parametrize("key", KEYS)
def test_while_the_key_is_changed_both_are_good(key: str) -> None:
    visitors.verify(token(key), "chat-1", KEYS, AT)


@pytest.mark.parametrize(("days", "good"), [(0, True), (179.9, True), (180.1, False), (-1, False)])
def test_a_token_ends_after_180_days_and_is_never_from_the_future(days: float, good: bool) -> None:
    if good:
        visitors.verify(token(), "chat-1", KEYS, later(days=days))
    else:
        with pytest.raises(Forged):
            visitors.verify(token(), "chat-1", KEYS, later(days=days))


@pytest.mark.parametrize(
    ("given", "account", "keys", "at"),
    [
        (token("retired"), "chat-1", KEYS, AT),
        (token(), "chat-2", KEYS, AT),
        (token(), "chat-1", [], AT),
        (token(), "chat-1", KEYS, ""),
        (token().rpartition(".")[0] + ".", "chat-1", KEYS, AT),
        (token().upper(), "chat-1", KEYS, AT),
        (token() + "0", "chat-1", KEYS, AT),
        (token() + "\n", "chat-1", KEYS, AT),
        ("", "chat-1", KEYS, AT),
    ],
)
def test_any_other_is_forged(given: str, account: str, keys: list[str], at: str) -> None:
    with pytest.raises(Forged):
        visitors.verify(given, account, keys, at)


@given(st.integers(0, len(token()) - 1), st.characters())
def test_a_token_with_one_character_changed_is_forged(place: int, sign: str) -> None:
    good = token()
    changed = good[:place] + sign + good[place + 1 :]
    if changed != good:
        with pytest.raises(Forged):
            visitors.verify(changed, "chat-1", KEYS, AT)


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    with pytest.raises(Forged):
        visitors.verify(text, "chat-1", KEYS, AT)
    assert visitors.named(text) == ""


def test_no_two_visitors_have_one_name() -> None:
    names = {visitors.new() for _ in range(200)}
    assert len(names) == 200
    assert all(visitors.named(f"v1.{name}.1795442400.") == name for name in names)
