"""What columns hold, by their headings."""

import pytest
from recado.rules.imports.columns import held, is_usable


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        (
            "Código;Nome;Sobrenome;Data de Nascimento;Celular;E-mail;CPF;CEP;Cidade",
            "id;given_name;family_name;birth_date;phone;email;document br/cpf;postcode;city",
        ),
        (
            "NHC;Nombre;Primer apellido;Segundo apellido;Fecha nacimiento;Teléfono móvil;DNI/NIE;Población",
            "id;given_name;family_name;second_name;birth_date;phone;document;city",
        ),
        (
            "Cognome;Nome;Nato il;Codice Fiscale;Cellulare;Indirizzo;CAP;Comune;Sesso",
            "family_name;given_name;birth_date;document it/codicefiscale;phone;street;postcode;city;sex",
        ),
        (
            "Nom i cognoms;Data de naixement;Telèfon;Correu electrònic;Adreça;Llengua",
            "name;birth_date;phone;email;street;language",
        ),
        (
            "Patient ID;First Name;Last Name;DOB;Mobile;Home phone;Opt-out;Marketing consent;Evidence",
            "id;given_name;family_name;birth_date;phone;phone;opted_out;marketing;evidence",
        ),
        ("id;name;given_name;birth_date;opted_out", "id;name;given_name;birth_date;opted_out"),
        ("Telefone 1;Telefone2;TELEFONE_3;Tel.", "phone;phone;phone;phone"),
        ("Convênio;Obs;;?", ";;;"),
    ],
)
def test_headings_are_read_in_english_and_the_five_languages(header: str, meant: str) -> None:
    assert ";".join(held(header.split(";"))) == meant


def test_nome_is_the_whole_name_unless_there_is_a_surname() -> None:
    assert held(["Nome", "Telefone"]) == ("name", "phone")
    assert held(["Nome", "Cognome"]) == ("given_name", "family_name")


def test_a_table_is_of_use_if_it_says_who_somebody_is() -> None:
    assert is_usable(held(["Obs", "Nome"]))
    assert is_usable(held(["NHC", "Telefone"]))
    assert not is_usable(held(["Telefone", "E-mail"]))
    assert not is_usable(held(["Maria Silva", "11 98765-4321"]))
