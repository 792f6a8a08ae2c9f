"""Files of patients, read."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Invalid, UnreadableInput
from recado.model.patient_import import Format
from recado.rules.imports.buffer import LONGEST
from recado.rules.imports.entry import Agreed
from recado.rules.imports.reading import opened

from infra.local.places import ROOT
from tests.rules.imports.files import begun, bundle, entries, patient, read

NAMES = re.findall(
    r"\w+",
    """id name given family telecom system value use period end rank identifier type coding code address line
    city country birthDate gender communication language active contact phones""",
)
MARIA = "1;Maria;da Silva;03/04/1980;(11) 98765-4321;MARIA@x.com.br;390.533.447-05"
HEADER = "Código;Nome;Sobrenome;Data de nascimento;Celular;E-mail;CPF"


SAMPLES: dict[str, Format] = {"csv": "csv", "ndjson": "jsonl", "json": "bundle"}


@pytest.mark.parametrize("path", sorted((ROOT / "events" / "imports").iterdir()), ids=lambda one: one.name)
def test_the_samples_are_read_to_the_last_cell(path: Path) -> None:
    found = entries(path.read_bytes(), SAMPLES[path.suffix[1:]])
    assert len(found) >= 2
    assert all(one.own_id and not one.issues for one in found)


def test_a_row_says_who_somebody_is() -> None:
    (one,) = entries(f"{HEADER}\n{MARIA}\n")
    assert one.own_id == "1"
    assert one.facts == {
        "given_name": "Maria",
        "family_name": "da Silva",
        "birth_date": "1980-04-03",
        "br/cpf": "39053344705",
    }
    assert (one.phones, one.emails, one.issues) == (("(11) 98765-4321",), ("maria@x.com.br",), ())


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_however_it_was_saved_it_says_the_same(mark: str, encoding: str, end: str) -> None:
    table = f"{HEADER}\n{MARIA}\n2;João;Conceição;;;;\n".replace(";", mark).replace("\n", end)
    first, second = entries(table.encode(encoding))
    assert first.facts["br/cpf"] == "39053344705"
    assert second.facts == {"given_name": "João", "family_name": "Conceição"}


def test_what_a_spreadsheet_says_of_its_delimiter_is_passed_over() -> None:
    assert len(entries(f"sep=;\r\n{HEADER}\r\n{MARIA}\r\n")) == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n \n",
        "Maria Silva;11 98765-4321\nJoão;",
        "Telefone;E-mail\n1;2",
        "\0\0",
        "Nome;N\ufffdo contatar\nAna;sim",
        "x" * 70_000,
    ],
)
def test_a_table_that_does_not_name_its_columns_is_refused_at_once(content: str) -> None:
    with pytest.raises(Invalid) as refused:
        begun(content.encode(), "csv")
    assert refused.value.field in ("header", "body")
    assert "Maria" not in str(refused.value)


def test_one_of_more_columns_than_anybody_has_is_refused() -> None:
    with pytest.raises(Invalid, match="200"):
        begun(";".join(["Nome", *("x" * 200)]).encode(), "csv")


def test_utf_16_is_refused_with_what_to_do() -> None:
    with pytest.raises(Invalid, match="UTF-8"):
        opened("csv", f"{HEADER}\n{MARIA}".encode("utf-16"))


def test_empty_rows_are_none() -> None:
    found = read(f"{HEADER}\n;;;;;;\n\n{MARIA}\n   \n")
    assert [one.entry is None for one in found] == [True, True, False, True]


def test_a_bad_cell_is_left_out_and_named() -> None:
    (one,) = entries(f"{HEADER};Sexo\n1;Maria;Silva;31/02/1980;;maria@;111;Q\n", country="ES")
    assert one.facts == {"given_name": "Maria", "family_name": "Silva"}
    assert [issue.field for issue in one.issues] == ["birth_date", "sex", "document", "email"]
    told = " ".join(issue.message for issue in one.issues)
    assert not any(value in told for value in ("31", "maria", "111"))


def test_a_row_that_cannot_be_told_apart_is_an_issue_and_the_next_one_is_read() -> None:
    found = entries(f'{HEADER}\n"1;Maria;x\n1;2;3;4;5;6;7;8;9\n{MARIA}\n')
    assert [[issue.field for issue in one.issues] for one in found] == [["row"], ["row"], []]
    assert found[2].own_id == "1"


def test_names_are_read_as_they_are_written() -> None:
    table = "nombre y apellidos\nGarcía López, Ana María\nJosé Pérez\nPérez, José, hijo\n"
    assert [dict(one.facts) for one in entries(table)] == [
        {"given_name": "Ana María", "family_name": "García López"},
        {"name": "José Pérez"},
        {"name": "Pérez, José, hijo"},
    ]


def test_two_surnames_are_one_family_name() -> None:
    (one,) = entries("nombre;primer apellido;segundo apellido\nAna;García;López")
    assert one.facts == {"given_name": "Ana", "family_name": "García López"}


def test_several_numbers_may_stand_in_a_cell() -> None:
    (one,) = entries("nome;telefone;telefone 2\nAna;11 98765-4321 / 11 3000-0000;(11) 98765-4321")
    assert one.phones == ("11 98765-4321", "11 3000-0000", "(11) 98765-4321")


def test_a_document_is_known_by_its_number_and_country() -> None:
    table = "nombre,documento,pais\nAna,12345678-Z,\nEva,X1234567L,España\nMax,390.533.447-05,Brasil\n"
    assert [[name for name in one.facts if "/" in name] for one in entries(table, country="ES")] == [
        ["es/dni"],
        ["es/nie"],
        ["br/cpf"],
    ]


def test_a_wish_to_be_left_alone_is_heard_unless_it_is_clearly_none() -> None:
    table = "nome;não contatar\nA;sim\nB;não\nC;\nD;só e-mail\n"
    assert [one.opted_out for one in entries(table)] == ["sim", "", "", "só e-mail"]


def test_marketing_needs_its_evidence() -> None:
    table = (
        "nome;consentimento marketing;evidência;data do consentimento\n"
        "A;sim;formulário no site;01/02/2026\nB;sim;;\nC;não;formulário;\nD;;formulário;\n"
    )
    found = entries(table)
    assert found[0].agreed is not None
    assert found[0].agreed.evidence == "formulário no site"
    assert str(found[0].agreed.on) == "2026-02-01"
    assert [one.agreed for one in found[1:]] == [None, None, None]
    assert [[issue.field for issue in one.issues] for one in found] == [[], ["marketing"], [], []]


def test_who_has_died_or_is_not_in_use_is_told() -> None:
    table = "nome;data do óbito;ativo\nA;01/02/2020;sim\nB;;não\nC;não;\nD;;\n"
    assert [one.gone for one in entries(table)] == ["deceased", "inactive", "", ""]


def test_objects_have_our_own_names() -> None:
    said = {
        "id": 7,
        "given_name": "Ana",
        "family_name": "Lima",
        "birth_date": "1990-01-02",
        "phones": ["+55 11 98765-4321", "11 3000-0000"],
        "email": "ana@x.com",
        "documents": {"br/cpf": "390.533.447-05", "xx/none": "1"},
        "opted_out": True,
        "kind": "member",
        "language": "pt-BR",
        "notes": {"deep": ["ignored"]},
    }
    (one,) = entries(json.dumps(said), "jsonl")
    assert (one.own_id, one.kind, one.language, one.opted_out) == ("7", "member", "pt-BR", "yes")
    assert one.phones == ("+55 11 98765-4321", "11 3000-0000")
    assert one.facts["br/cpf"] == "39053344705"
    assert [issue.field for issue in one.issues] == ["document"]


def test_a_line_that_is_no_object_is_an_issue_and_the_next_one_is_read() -> None:
    lines = ["{", "[]", '"x"', "[" * 1000, '{"name": NaN}', "x" * (LONGEST + 1), '{"name": "Ana"}', ""]
    found = read("\n".join(lines), "jsonl")
    assert [[issue.field for issue in row.entry.issues] for row in found if row.entry] == [["row"]] * 6 + [[]]


def test_lines_may_be_fhir_patients_and_other_resources_are_passed_over() -> None:
    lines = [json.dumps(one) for one in (patient(name=[{"text": "Ana"}]), {"resourceType": "Encounter"})]
    assert [dict(one.facts) for one in entries("\n".join(lines), "jsonl")] == [{"name": "Ana"}]


def test_a_bundle_is_read_to_its_end() -> None:
    people = [patient(id=f"p{number}", name=[{"given": ["Ana"], "family": "Lima"}]) for number in range(5)]
    found = entries(bundle(*people, {"resourceType": "Observation"}), "bundle")
    assert [one.own_id for one in found] == ["p0", "p1", "p2", "p3", "p4"]


def test_a_bundle_that_is_cut_short_gives_what_came_before() -> None:
    content = bundle(patient(name=[{"text": "Ana"}]), patient(id="p2"))
    with pytest.raises(UnreadableInput):
        read(content[:-40], "bundle")


def test_evidence_is_kept_as_it_was_said() -> None:
    assert Agreed("x", None)._asdict() == {"evidence": "x", "on": None}


@given(
    st.sampled_from([b"nome;telefone\n", b"{", b'{"resourceType":"Bundle","entry":[', b""]),
    st.binary(max_size=300),
    st.sampled_from(["csv", "jsonl", "bundle"]),
    st.integers(1, 70),
)
def test_nothing_crashes_whatever_the_bytes_are(
    beginning: bytes, rest: bytes, form: Format, size: int
) -> None:
    try:
        found = read(beginning + rest, form, size=size)
    except (Invalid, UnreadableInput):
        return
    ends = [one.end for one in found]
    assert ends == sorted(ends)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(NAMES),
                inner,
                max_size=6,
            )
        ),
        max_leaves=30,
    )
)
def test_nor_whatever_is_where_something_else_belongs(said: object) -> None:
    held = said if isinstance(said, dict) else {"name": said}
    for document in (held, {**held, "resourceType": "Patient"}):
        (one,) = read(json.dumps(document), "jsonl")
        assert one.entry is not None
