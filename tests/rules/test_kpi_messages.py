"""K40 and K41, of what was written."""

from __future__ import annotations

from recado.model.outcomes import Outcomes
from recado.rules import kpi_messages as kpi
from recado.rules.figures import Part


def test_delivered_is_of_what_the_provider_took_by_template() -> None:
    found = kpi.delivery_rate(Outcomes(accepted={"": 1, "reminder_24h": 3}, delivered={"reminder_24h": 2}))
    assert (found.value, found.n) == (0.5, 4)
    assert found.parts == {"free": Part(0.0, 1), "reminder_24h": Part(0.6667, 3)}


def test_people_who_stopped_are_of_those_who_were_written_to() -> None:
    found = kpi.opt_out_rate(
        Outcomes(
            messaged={"news": frozenset({"p1", "p2"}), "recall": frozenset({"p2", "p3", "p4"})},
            stopped=frozenset({"p2", "p9"}),
        )
    )
    assert (found.value, found.n) == (0.25, 4)
    assert found.parts == {"news": Part(0.5, 2), "recall": Part(0.3333, 3)}


def test_where_nothing_was_written_there_is_no_number() -> None:
    assert {one.formula(Outcomes()).value for one in kpi.KPIS} == {None}
