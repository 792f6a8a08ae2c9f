"""What a short answer says in spite of a typo."""

from __future__ import annotations

import pytest
from recado.rules.nearly import nearly


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("siii dai", "confirm"),
        ("graccie si", "confirm"),
        ("claro q si", "confirm"),
        ("confrimo obrigda", "confirm"),
        ("no grasie", "cancel"),
        ("nao obrigda", "cancel"),
        ("si no puedo", None),
        ("sim, mas a que horas", None),
        ("siii dai?", None),
        ("tengo", None),
        ("quero outro horário", None),
        ("gracie", None),
        ("dai", None),
        ("3", None),
        ("", None),
    ],
)
def test_a_yes_or_no_with_a_slip_of_the_thumb_is_one(said: str, kind: str | None) -> None:
    found = nearly(said, offered=False)
    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    "said", ["sim quero", "lo quiero!", "sì lo prendo", "I'll take it", "vull aquesta hora"]
)
def test_who_is_offered_something_says_yes_in_more_words(said: str) -> None:
    found = nearly(said, offered=True)
    assert found is not None
    assert found.kind == "confirm"
    assert nearly(said, offered=False) is None


def test_who_does_not_want_it_does_not_take_it() -> None:
    found = nearly("no lo quiero", offered=True)
    assert found is not None
    assert found.kind == "cancel"
