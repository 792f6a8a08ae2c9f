"""A link in the clinic's name leads to where its admin has said, and nowhere else."""

from __future__ import annotations

import pytest
from recado.rules.results import may_lead

HOSTS = ("resultados.boavista.example", "lab.example")


@pytest.mark.parametrize("path", ["", "/", "/sso/9c1f?x=1#a"])
def test_it_leads_to_any_page_of_a_host_that_was_named(path: str) -> None:
    assert may_lead(f"https://lab.example{path}", HOSTS)


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/lab.example/",
        "https://lab.example.evil.example/",
        "https://www.lab.example/",
        "https://lab.example@evil.example/",
        "https://evil.example\\@lab.example/",
        "https://lab.example:8443/",
        "https://lab.example\\.evil.example/",
        "http://lab.example/",
    ],
)
def test_it_leads_to_no_other(link: str) -> None:
    assert not may_lead(link, HOSTS)


def test_where_none_was_named_it_leads_nowhere() -> None:
    assert not may_lead("https://lab.example/", ())
