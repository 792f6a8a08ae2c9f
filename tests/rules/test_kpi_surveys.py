"""K36, K38 and K39: what patients said of how it was."""

from __future__ import annotations

from recado.rules import kpi_surveys as kpi
from recado.rules.figures import NOTHING, Figure, Part
from recado.rules.kpi_surveys import Asked

from tests.rules.test_surveys import survey


def of(*scores: int | None, kind: str = "nps", taken: int = 0, arrived: int = 0) -> Asked:
    """As many surveys; of the first so many a provider took the message, and so many arrived."""
    found = [survey(one, kind).model_copy(update={"id": f"s{n}"}) for n, one in enumerate(scores)]  # type: ignore[arg-type]
    ids = [one.id for one in found]
    return Asked(found, frozenset(ids[:taken]), frozenset(ids[:arrived]))


def test_content_is_who_gives_four_or_five() -> None:
    found = kpi.csat(of(5, 4, 3, 1, None, kind="csat"))
    assert (found.value, found.n) == (0.5, 4)
    assert 0 < (found.parts["low"].value or 0) < 0.5 < (found.parts["high"].value or 0) < 1


def test_few_answers_are_shown_as_few() -> None:
    found = kpi.nps(of(10, 9, 8, 2))
    assert (found.value, found.n) == (25.0, 4)
    assert (found.parts["promoters"], found.parts["enough"]) == (Part(0.5, 4), Part(0.0, 4))
    assert kpi.nps(of(*[10] * 30)).parts["enough"] == Part(1.0, 30)


def test_of_those_that_arrived_counts_who_answered() -> None:
    assert kpi.response_rate(of(9, None, None, 3, taken=3, arrived=2)) == Figure(
        0.5, 2, {"taken": Part(0.3333, 3)}
    )


def test_without_surveys_there_is_no_number() -> None:
    assert (kpi.nps(of()), kpi.csat(of()).value, kpi.response_rate(of()).value) == (NOTHING, None, None)
