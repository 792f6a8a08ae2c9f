"""The population that the identity bench makes: seeded, and with the truth."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.bench.identity.hardness import hardness
from tests.bench.identity.locales import Drawn, Names
from tests.bench.identity.population import World, world
from tests.bench.identity.rows import COLUMNS, Row, truth, write
from tests.bench.identity.words import WORDS

LISTS = {
    language: Names(Drawn(words.male), Drawn(words.female), Drawn(words.surnames))
    for language, words in WORDS.items()
}
"""In Faker's place, which is not installed where the tests run."""


def made(seed: int = 1) -> World:
    return world(seed, people=700, lists=LISTS)


@pytest.fixture(scope="module")
def small() -> World:
    return made()


def with_number(rows: Sequence[Row], tenant: str, phone: str) -> list[Row]:
    return [row for row in rows if row.tenant == tenant and row.number == phone[-8:]]


def test_a_seed_gives_the_same_records_each_time(small: World) -> None:
    assert made() == small
    assert made(seed=2) != small


def test_records_come_in_order_each_with_its_id_and_of_somebody_of_that_clinic(
    small: World,
) -> None:
    assert [row.ts for row in small.rows] == sorted(row.ts for row in small.rows)
    assert len({row.record_id for row in small.rows}) == len(small.rows)
    assert all(row.truth.startswith(f"{row.tenant}/") for row in small.rows)


def test_a_file_tells_the_records_and_another_whose_they_are(small: World, tmp_path: Path) -> None:
    records, answers = tmp_path / "records.tsv", tmp_path / "truth.tsv"
    write(small.rows, records)
    truth(small.rows, answers)
    head, first, *_ = records.read_text("utf-8").splitlines()
    assert head.split("\t") == list(COLUMNS)
    assert "truth" not in COLUMNS
    assert small.rows[0].truth not in first
    assert answers.read_text("utf-8").splitlines()[1] == f"r000001\t{small.rows[0].truth}"


def test_about_half_of_the_records_are_a_name_and_a_number(small: World) -> None:
    bare = [row for row in small.rows if row.name and row.phone and not (row.email or row.handle)]
    assert 0.4 < len(bare) / len(small.rows) < 0.6
    assert "a name, a number and nothing more" in hardness(small.rows)


def test_five_languages_are_spoken(small: World) -> None:
    assert {row.language for row in small.rows} == {"", "pt-BR", "es", "it", "ca", "en"}


def test_a_number_is_silent_for_three_months_before_a_stranger_has_it(small: World) -> None:
    heirs = [caller for caller in small.callers if caller.kind == "next owner"]
    assert heirs
    for heir in heirs:
        rows = with_number(small.rows, heir.tenant, heir.phone)
        first = min((row.ts for row in rows if row.truth == heir.person), default="9999-01-01T00:00:00Z")
        before = [row.ts for row in rows if row.truth != heir.person]
        last = max(map(datetime.fromisoformat, before), default=None)
        assert last is None or datetime.fromisoformat(first) - last >= timedelta(days=90)


def test_there_are_callers_of_whom_no_record_tells(small: World) -> None:
    known = {row.truth for row in small.rows}
    unknown = [caller for caller in small.callers if caller.kind.startswith("unknown")]
    assert {caller.kind for caller in unknown} == {"unknown relative", "unknown next owner"}
    assert not known & {caller.person for caller in unknown}
