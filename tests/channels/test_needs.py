"""What is kept of an account's secrets: what is needed is there, and two are live while one changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import Need, needs
from recado.channels.needs import Documents
from recado.errors import Conflict, Invalid

TWILIO = (
    Need("account_sid", secret=False),
    Need("auth_token", verifies="auth_tokens"),
    Need("messaging_service_sid", secret=False, optional=True),
)
BOT = (Need("bot_token"), Need("secret_token", made=True, sends=False, verifies="secret_tokens"))
FORM = (
    Need("origins", secret=False, many=True, sends=False, verifies="origins"),
    Need("captcha_secret", optional=True, sends=False, verifies="captcha_secrets"),
)
SID = {"account_sid": "AC1"}


def test_what_sends_and_what_verifies_are_kept_apart() -> None:
    kept = needs.documents(TWILIO, SID, {"auth_token": "a"})
    assert kept.credentials == {"account_sid": "AC1", "auth_token": "a"}
    assert kept.webhook == {"auth_tokens": ["a"]}


def test_what_no_person_has_to_invent_we_make() -> None:
    one, other = needs.secrets(BOT, {"bot_token": "1:a"}), needs.secrets(BOT, {"bot_token": "1:a"})
    assert one["bot_token"] == "1:a"
    assert len(one["secret_token"]) >= 32
    assert one["secret_token"] != other["secret_token"]


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "secrets.bot_token"), ({"bot_token": ""}, "secrets.bot_token"), ({"token": "a"}, "secrets.token")],
)
def test_a_secret_that_is_missing_or_unknown_is_named(given: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        needs.secrets(BOT, given)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "settings.origins"),
        ({"origins": ()}, "settings.origins"),
        ({"origins": "https://a.example"}, "settings.origins"),
        ({"origins": ("https://a.example",), "captcha_secret": "x"}, "settings.captcha_secret"),
    ],
)
def test_a_setting_that_is_missing_wrong_or_secret_is_named(given: needs.Given, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        needs.settings(FORM, given)
    assert refusal.value.field == field


def test_what_we_should_have_made_is_made_with_the_next_change() -> None:
    later = needs.changed(BOT, {"bot_token": "1:b"}, Documents({"bot_token": "1:a"}, {}))
    assert set(later) == {"bot_token", "secret_token"}
    whole = needs.documents(BOT, {}, later)
    assert needs.changed(BOT, {"bot_token": "1:c"}, whole) == {"bot_token": "1:c"}


@pytest.mark.parametrize("given", [{}, {"bot_token": ""}, {"colour": "red"}])
def test_a_change_of_nothing_or_of_the_unknown_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        needs.changed(BOT, given, Documents())


def test_while_a_secret_changes_the_one_before_it_is_good_too() -> None:
    first = needs.documents(TWILIO, SID, {"auth_token": "a"})
    second = needs.documents(TWILIO, SID, {"auth_token": "b"}, first)
    assert second.webhook == {"auth_tokens": ["b", "a"]}
    assert second.credentials["auth_token"] == "b"
    assert second.credentials["previous"] == first.credentials
    assert needs.rotating(TWILIO, second)


@pytest.mark.parametrize(("keep", "token"), [("newest", "b"), ("previous", "a")])
def test_a_rotation_ends_with_the_one_that_works(keep: needs.Kept, token: str) -> None:
    first = needs.documents(TWILIO, SID, {"auth_token": "a"})
    second = needs.documents(TWILIO, SID, {"auth_token": "b"}, first)
    done = needs.finished(TWILIO, second, keep)
    assert done == needs.documents(TWILIO, SID, {"auth_token": token})
    with pytest.raises(Conflict):
        needs.finished(TWILIO, done, keep)


def test_a_setting_changes_without_a_rotation() -> None:
    first = needs.documents(FORM, {"origins": ("https://a.example",)}, {"captcha_secret": "k"})
    second = needs.documents(FORM, {"origins": ("https://a.example", "https://b.example")}, {}, first)
    assert second.webhook["captcha_secrets"] == ["k"]
    assert len(second.webhook["origins"]) == 2
    assert not needs.rotating(FORM, second)


def test_what_is_missing_is_told_by_its_name() -> None:
    assert needs.missing(BOT, Documents({"bot_token": "1:a"}, {})) == ["secret_token"]
    assert needs.missing(BOT, needs.documents(BOT, {}, needs.secrets(BOT, {"bot_token": "1:a"}))) == []
    assert needs.missing(FORM, Documents({}, {"origins": ["https://a.example"]})) == []


@given(st.lists(st.text("abc", min_size=1, max_size=1), min_size=1, max_size=6))
def test_however_often_it_changes_at_most_two_are_live_and_the_newest_sends(tokens: list[str]) -> None:
    held = Documents()
    for token in tokens:
        before = held
        held = needs.documents(TWILIO, SID, {"auth_token": token}, held)
        assert needs.documents(TWILIO, SID, {"auth_token": token}, held) == held
        assert len(held.webhook["auth_tokens"]) <= 2
        assert set(before.webhook.get("auth_tokens", [])[:1]) <= set(held.webhook["auth_tokens"])
    assert held.credentials["auth_token"] == held.webhook["auth_tokens"][0] == tokens[-1]
    older = held.credentials.get("previous", {})
    assert "previous" not in older
    assert [older["auth_token"]] == held.webhook["auth_tokens"][1:] if older else True
