"""One timeline of several records: in order, and nothing is lost or shown twice over its pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from recado.model.communication import Communication
from recado.rules.timelines import Stretch, united

from tests.samples import NOW


def entry(record: int, place: int, number: int) -> Communication:
    return Communication(
        id=f"{record}.{number}",
        patient=f"p{record}",
        channel="whatsapp",
        account="1",
        address="2",
        direction="inbound",
        kind="text",
        author="patient",
        state="received",
        at=NOW,
        moment=f"{place:03d}",
    )


def stretch(timeline: list[Communication], limit: int, before: str | None) -> Stretch:
    """What a store gives: what has one moment together."""
    earlier = [one for one in timeline if before is None or one.moment < before]
    if len(earlier) <= limit:
        return Stretch(earlier, None)
    more = earlier[-limit].moment
    return Stretch([one for one in earlier if one.moment >= more], more)


@given(st.lists(st.lists(st.integers(0, 30), max_size=25), min_size=1, max_size=5), st.integers(1, 7))
def test_each_entry_is_on_exactly_one_page_in_order(places: list[list[int]], limit: int) -> None:
    timelines = [
        sorted((entry(record, place, n) for n, place in enumerate(found)), key=lambda one: one.moment)
        for record, found in enumerate(places)
    ]
    pages: list[Stretch] = []
    before: str | None = None
    while not pages or before:
        pages.insert(0, united((stretch(one, limit, before) for one in timelines), limit))
        before = pages[0].more
    shown = [one for page in pages for one in page.entries]
    assert sorted(one.id for one in shown) == sorted(one.id for found in timelines for one in found)
    assert [one.moment for one in shown] == sorted(one.moment for one in shown)
    assert all(len(page.entries) >= limit for page in pages[1:])


def test_a_page_ends_above_what_is_not_known_yet_of_one_of_them() -> None:
    known = Stretch([entry(0, 5, 0)], "005")
    assert united([known, Stretch([entry(1, 3, 0), entry(1, 9, 1)], None)], 5).entries == [
        entry(0, 5, 0),
        entry(1, 9, 1),
    ]
