from __future__ import annotations

import re

import pytest
from recado import errors
from recado.errors import (
    Busy,
    Invalid,
    NotFound,
    Outcome,
    RecadoError,
    SendFailed,
    Stale,
    TooMany,
    Unavailable,
)


def tree(root: type[RecadoError]) -> list[type[RecadoError]]:
    return [root, *(one for child in root.__subclasses__() for one in tree(child))]


def test_the_drawing_at_the_top_shows_every_error_with_its_status_and_code() -> None:
    drawn = re.findall(r"^\W*(\w+) +(\d{3}) (\w+)", errors.__doc__ or "", re.MULTILINE)
    assert set(drawn) == {(one.__name__, str(one.status), one.code) for one in tree(RecadoError)}


def test_every_code_is_one_error_s_alone() -> None:
    codes = [one.code for one in tree(RecadoError)]
    assert len(codes) == len(set(codes))


def test_a_missing_thing_and_another_clinic_s_are_told_in_the_same_bytes() -> None:
    assert NotFound().body() == {"error": {"code": "not_found", "message": "Not found.", "field": None}}


def test_an_invalid_value_names_its_field() -> None:
    told = Invalid("phone", "Too short.").body()
    assert told == {"error": {"code": "invalid", "message": "Too short.", "field": "phone"}}


@pytest.mark.parametrize(
    ("error", "retryable"),
    [
        (Unavailable(), True),
        (Busy(), True),
        (TooMany(), True),
        (Stale(), False),
        (NotFound(), False),
    ],
)
def test_only_what_may_pass_by_itself_is_retryable(error: RecadoError, retryable: bool) -> None:
    assert error.retryable is retryable


@pytest.mark.parametrize(
    ("outcome", "retryable"),
    [("retry", True), ("wait", True), ("unknown", False), ("bad_address", False), ("fix_account", False)],
)
def test_only_a_send_that_certainly_failed_may_be_repeated(outcome: Outcome, retryable: bool) -> None:
    assert SendFailed(outcome).retryable is retryable
