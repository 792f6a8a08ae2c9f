"""Numbers of official documents, as people write them."""

from __future__ import annotations

import pytest
from recado.errors import Invalid
from recado.rules.documents import KINDS, guessed, is_document, number, point

REAL = {
    "ad/nrt": ("L-707161-L", "L707161L"),
    "ar/dni": ("20.123.456", "20123456"),
    "br/cns": ("700 0000 0000 0005", "700000000000005"),
    "br/cpf": ("390.533.447-05", "39053344705"),
    "cl/rut": ("12.531.909-2", "125319092"),
    "es/dni": ("54362315-k", "54362315K"),
    "es/nie": ("x-2482300w", "X2482300W"),
    "gb/nhs": ("943-476-5870", "9434765870"),
    "it/codicefiscale": ("rccmnl83s18d969h", "RCCMNL83S18D969H"),
    "mx/curp": ("BOXW310820HNERXN09", "BOXW310820HNERXN09"),
    "pe/cui": ("10117410-2", "101174102"),
    "pt/cc": ("000000000ZZ4", "000000000ZZ4"),
}
"""The examples that those who issue them, or python-stdnum, publish: nobody's."""


def test_every_document_that_we_know_has_an_example() -> None:
    assert set(REAL) == KINDS


@pytest.mark.parametrize("name", sorted(REAL))
def test_a_number_is_kept_without_what_stands_between_its_digits(name: str) -> None:
    typed, plain = REAL[name]
    assert number(name, typed) == plain
    assert number(name, plain) == plain
    assert is_document(name)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("br/cpf", "390.533.447-06"),
        ("br/cpf", "39053344"),
        ("br/cpf", "111.111.111-1x"),
        ("br/cpf", "111.111.111-11"),
        ("br/cns", "700000000000006"),
        ("br/cns", "300000000000005"),
        ("es/dni", "54362315A"),
        ("it/codicefiscale", "RCCMNL83S18D969I"),
        ("mx/curp", ""),
        ("pt/passport", "AB"),
        ("pt/passport", "PASSPORT"),
        ("xx/unheard_of", "1"),
        ("xx/passport", "CA123456"),
        ("br", "39053344705"),
        ("br/cpf/x", "39053344705"),
    ],
)
def test_what_cannot_be_its_number_is_refused_by_the_document_s_name(name: str, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        number(name, typed)
    assert refused.value.field == name
    assert not typed or typed not in str(refused.value)


def test_a_passport_may_be_any_country_s() -> None:
    assert number("pt/passport", "ca 123 456") == "CA123456"


def test_a_number_tells_which_document_of_the_country_it_is_of() -> None:
    assert guessed("390.533.447-05", "BR") == ("br/cpf", "39053344705")
    assert guessed("700000000000005", "BR") == ("br/cns", "700000000000005")
    assert guessed("54362315K", "ES") == ("es/dni", "54362315K")
    assert guessed("390.533.447-05", "ES") is None
    assert guessed("nenhum", "BR") is None


def test_one_country_s_number_is_not_another_s() -> None:
    assert point("br/cpf", "39053344705").value == "br/cpf:39053344705"
    assert point("br/cpf", "39053344705").system == "document"
