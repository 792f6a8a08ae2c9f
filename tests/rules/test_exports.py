"""Tables for spreadsheets."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.rules.exports import table


@pytest.mark.parametrize(
    "cell", ["=1+1", "+55 11", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "=cmd|' /C calc'!A0"]
)
def test_no_cell_is_a_formula(cell: str) -> None:
    ((found,),) = _cells(cell)
    assert found == f"'{cell}"


def _cells(cell: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table(["a"], [[cell]]), newline="")))[1:]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_all_else_is_as_it_was(cell: str) -> None:
    ((found,),) = _cells(cell)
    assert found.removeprefix("'") == cell.removeprefix("'")
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_what_is_not_known_is_empty() -> None:
    assert table(["a", "b"], [[None, 0.5]]) == '"a","b"\r\n"","0.5"\r\n'
