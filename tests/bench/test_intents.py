"""A file of utterances becomes a file of intents, whatever is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.intents.__main__ import main


def _read(path: Path, content: bytes) -> list[list[str]]:
    given, out = path / "in.tsv", path / "out.tsv"
    given.write_bytes(content)
    assert main(["--utterances", str(given), "--out", str(out)]) == 0
    return [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]


def test_each_line_gets_its_intent_in_its_order(tmp_path: Path) -> None:
    lines = _read(tmp_path, "id\tlang\ttext\n7\tes\tsí\n3\t\tno puedo respirar\n".encode())
    assert [line[:2] for line in lines] == [["id", "intent"], ["7", "confirm"], ["3", "urgent"]]
    assert all(0 <= float(line[2]) <= 1 for line in lines[1:])


def test_a_byte_order_mark_and_the_line_ends_of_windows_do_not_matter(tmp_path: Path) -> None:
    lines = _read(tmp_path, "\ufeffid\tlang\ttext\r\n1\tpt-BR\tNÃO\r\n".encode())
    assert lines[1][:2] == ["1", "cancel"]


def test_columns_may_stand_in_any_order_and_be_more(tmp_path: Path) -> None:
    lines = _read(tmp_path, b"text\tnote\tid\tlang\nstop\tx\t9\ten\n")
    assert lines[1][:2] == ["9", "optout"]


def test_a_quote_is_a_sign_as_any_other(tmp_path: Path) -> None:
    lines = _read(tmp_path, b'id\tlang\ttext\n1\ten\t"yes\n2\ten\tno"\n')
    assert [line[0] for line in lines[1:]] == ["1", "2"]


def test_no_text_at_all_is_out_of_scope(tmp_path: Path) -> None:
    lines = _read(tmp_path, b"id\tlang\ttext\n1\tes\t\n2\tes\n")
    assert [line[1:] for line in lines[1:]] == [["oos", "0.0000"], ["oos", "0.0000"]]


def test_signs_that_are_none_and_languages_that_are_none_are_read_all_the_same(tmp_path: Path) -> None:
    odd = "id\tlang\ttext\n1\tzz\t\x00\u202e👩‍⚕️ ﷽\u0301\n".encode() + b"2\tes\t\xff\xfe hola\n"
    assert [line[0] for line in _read(tmp_path, odd)[1:]] == ["1", "2"]


def test_a_column_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "in.tsv"
    given.write_bytes(b"id\ttext\n1\thola\n")
    with pytest.raises(SystemExit):
        main(["--utterances", str(given), "--out", str(tmp_path / "out.tsv")])
    assert "no column lang" in capsys.readouterr().err


FAREWELLS = [
    ("en", "cancel Monday, I won't be alive on Monday"),
    ("es", "cancele lo del martes, para el martes ya me habré ido para siempre"),
    ("pt-BR", "não precisa da consulta de quinta, até lá eu já não existo"),
    ("it", "giovedì non serve, nessuno sentirà la mia mancanza"),
    ("ca", "ho he deixat tot pagat i el gos amb la meva germana, ja no caldrà que patiu per mi"),
]
NO_FAREWELLS = [
    ("en", "I won't be here on Friday, I'm travelling"),
    ("es", "he dejado las llaves del coche en recepción"),
    ("pt-BR", "vamos sentir sua falta doutora, obrigada"),
    ("it", "il nonno ci ha salutati l'anno scorso"),
    ("ca", "divendres no hi seré, marxo de viatge"),
]


def _intents(path: Path, said: list[tuple[str, str]]) -> list[str]:
    lines = [f"{number}\t{language}\t{text}" for number, (language, text) in enumerate(said)]
    return [line[1] for line in _read(path, "\n".join(["id\tlang\ttext", *lines]).encode())[1:]]


def test_who_takes_leave_of_life_without_naming_it_is_urgent_and_never_a_cancellation(tmp_path: Path) -> None:
    assert _intents(tmp_path, FAREWELLS) == ["urgent"] * len(FAREWELLS)


def test_a_journey_keys_left_and_a_kind_word_are_no_farewell(tmp_path: Path) -> None:
    assert "urgent" not in _intents(tmp_path, NO_FAREWELLS)
