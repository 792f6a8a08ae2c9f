from __future__ import annotations

import pytest
from recado.channels import Outgoing, Template
from recado.channels.buttons import written
from recado.rules.replies import read

ASKED = Outgoing("c-1", "5511987654321", "Você vem?", buttons=[("confirm:1", "Sim"), ("cancel:1", "Não")])


def test_options_stand_numbered_under_the_text() -> None:
    assert written(ASKED) == "Você vem?\n\n1 Sim\n2 Não"


def test_a_template_s_options_do_too() -> None:
    template = Template("reminder", "pt-BR", {}, ASKED.buttons)
    assert written(ASKED._replace(buttons=(), template=template)) == written(ASKED)


def test_without_options_it_is_the_text() -> None:
    assert written(ASKED._replace(buttons=())) == "Você vem?"


@pytest.mark.parametrize(("number", "payload"), [("1", "confirm:1"), ("2", "cancel:1")])
def test_the_number_that_is_shown_means_what_the_button_means(number: str, payload: str) -> None:
    assert read(number).kind == read("", payload).kind
