"""Where records end, however the bytes come."""

from hypothesis import given
from hypothesis import strategies as st
from recado.rules.imports.buffer import LONGEST, Buffer, Frame
from recado.rules.imports.frames import cells, lines, rows

from tests.rules.imports.files import pieces

TEXT = st.characters(codec="utf-8", exclude_characters='"\r\n;')
TABLE = b'a;b;c\r\n1;"two\r\nlines";3\r\n\r\n"4";"5 ""five""";6\n7;8;9'


def all_rows(content: bytes, size: int = 65_536, width: int = 3) -> list[Frame]:
    return list(rows(Buffer(pieces(content, size)), ";", width))


def test_a_cell_in_quotation_marks_may_have_several_lines() -> None:
    found = [one.content for one in all_rows(TABLE)]
    assert found == [b"a;b;c", b'1;"two\r\nlines";3\r\n', b"", b'"4";"5 ""five""";6', b"7;8;9"]


@given(st.integers(1, 60))
def test_how_the_bytes_come_makes_no_difference(size: int) -> None:
    assert all_rows(TABLE, size) == all_rows(TABLE)


def test_each_row_says_where_the_next_one_begins() -> None:
    for one in all_rows(TABLE)[:-1]:
        rest = list(rows(Buffer(iter((TABLE[one.end :],)), one.end), ";", 3))
        assert rest == [later for later in all_rows(TABLE) if later.end > one.end]


def test_a_quotation_mark_that_nobody_closed_costs_its_own_line_only() -> None:
    found = all_rows(b'a;b;c\n"Maria;x;y\n1;2;3\n4;"5";6\n')
    assert [(one.content, one.cut) for one in found] == [
        (b"a;b;c", False),
        (b'"Maria;x;y', True),
        (b"1;2;3", False),
        (b'4;"5";6', False),
    ]


def test_a_line_that_is_too_long_is_cut_and_the_next_one_is_read() -> None:
    for size in (1000, 65_536, 1_000_000):
        found = all_rows(b"x" * (3 * LONGEST) + b"\n1;2;3\n", size)
        assert [(len(one.content), one.cut) for one in found] == [(LONGEST, True), (5, False)]
        assert found[1].content == b"1;2;3"


def test_a_line_of_the_longest_length_is_a_whole_one() -> None:
    found = list(lines(Buffer(iter((b"x" * LONGEST + b"\ny",)))))
    assert [(len(one.content), one.cut) for one in found] == [(LONGEST, False), (1, False)]


def test_lines_end_as_on_any_system() -> None:
    found = [one.content for one in lines(Buffer(iter((b"a\r\nb\rc\n\nd",))))]
    assert found == [b"a", b"b", b"c", b"", b"d"]


@given(st.lists(st.text(TEXT, min_size=1), min_size=1, max_size=9))
def test_cells_are_counted_in_and_out_of_quotation_marks(texts: list[str]) -> None:
    quoted = ";".join(f'"{one};{one}"' for one in texts)
    assert cells(";".join(texts).encode(), ";") == len(texts)
    assert cells(quoted.encode(), ";") == len(texts)


@given(st.binary(max_size=400), st.integers(1, 50))
def test_whatever_the_bytes_are_they_are_all_passed_once(content: bytes, size: int) -> None:
    for found in (all_rows(content, size), list(lines(Buffer(pieces(content, size))))):
        ends = [one.end for one in found]
        assert ends == sorted(set(ends))
        assert ends[-1:] == [len(content)] * bool(content)
