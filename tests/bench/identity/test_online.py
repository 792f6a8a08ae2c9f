from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.identity import online
from tests.bench.identity.__main__ import main
from tests.bench.identity.online import Line

HEAD = "record_id\ttenant\tts\tname\tphone"


def matched(folder: Path, *lines: str, head: str = HEAD) -> list[Line]:
    path = folder / "in.tsv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return list(online.match(online.records(path)))


def test_a_person_is_known_again(tmp_path: Path) -> None:
    one, other = matched(
        tmp_path,
        "a\tt\t2026-01-01T00:00:00Z\tZuleide Moreira\t+55 11 98765-4321",
        "b\tt\t2026-01-05T00:00:00Z\tzuleide moreira\t5511987654321",
    )
    assert (one.decision, other.decision) == ("new", "same")
    assert one.person_id == other.person_id


def test_rows_are_fed_in_the_order_of_time(tmp_path: Path) -> None:
    lines = matched(tmp_path, "b\tt\t2026-01-05T00:00:00Z\tAna\t", "a\tt\t2026-01-01T00:00:00Z\tAna\t")
    assert [line.record_id for line in lines] == ["a", "b"]


def test_clinics_are_worlds_of_their_own(tmp_path: Path) -> None:
    one, other = matched(tmp_path, *(f"{t}\t{t}\t\tZuleide Moreira\t+5511987654321" for t in "ab"))
    assert one.person_id != other.person_id


def test_a_national_number_is_of_the_country_where_the_clinic_s_numbers_are(tmp_path: Path) -> None:
    *_, other = matched(
        tmp_path,
        "a\tt\t2026-01-01T00:00:00Z\tZuleide Moreira\t+5511987654321",
        "b\tt\t2026-01-05T00:00:00Z\tZuleide Moreira\t(11) 98765-4321",
    )
    assert other.decision == "same"


def test_nobody_becomes_the_same_through_a_record_under_review(tmp_path: Path) -> None:
    head = f"{HEAD}\tbirth_date\tdocument"
    rows = (
        "a\tt\t2026-01-01T00:00:00Z\tZuleide Wanzeller\t+5511987654321\t1980-12-03\t",
        "b\tt\t2026-01-02T00:00:00Z\tZuleide Wanzeller\t+5511987654321\t1980-12-08\t52998224725",
        "c\tt\t2026-01-03T00:00:00Z\tZuleide Wanzeller\t\t1980-12-08\t52998224725",
    )
    one, asked = matched(tmp_path, *rows[:2], head=head)
    assert (asked.decision, asked.person_id) == ("review", one.person_id)
    one, asked, joined = matched(tmp_path, *rows, head=head)
    assert (asked.decision, joined.decision) == ("review", "review")
    assert joined.person_id == asked.person_id == one.person_id


@pytest.mark.parametrize(
    "line",
    [
        "",
        "x",
        "\t\t\t\t\t\t\t\t\t\t",
        'a\tt\tyesterday\t"Ana\tcall me',
        "a\tt\t1e400\t\x00\t+",
        "a\t\t-1\tAna\t9" * 40,
    ],
)
def test_no_cell_breaks_it(tmp_path: Path, line: str) -> None:
    found = matched(tmp_path, "z\tt\t2026-01-01T00:00:00Z\tAna\t+5511987654321", line)
    assert len(found) == (2 if line.strip() else 1)


def test_columns_may_be_missing(tmp_path: Path) -> None:
    (only,) = matched(tmp_path, "Ana", head="name")
    assert (only.decision, only.reads) == ("new", 0)


def test_the_command_writes_a_line_for_each_record(tmp_path: Path) -> None:
    (tmp_path / "in.tsv").write_text(f"{HEAD}\na\tt\t\tAna Souza\t\n", encoding="utf-8")
    assert main(["--records", str(tmp_path / "in.tsv"), "--out", str(tmp_path / "out.tsv")]) == 0
    head, line = (tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == ["record_id", "person_id", "decision", "score", "reads"]
    assert line.split("\t")[0] == "a"
