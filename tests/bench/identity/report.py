"""The identity bench: our matcher, online, six reads a record at most, beside splink on the whole file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from tests.bench.identity import goals
from tests.bench.identity.batch import splink
from tests.bench.identity.disclosure import AGAIN, KINDS, TOLD, Calls, calls
from tests.bench.identity.febrl import NAMES, febrl, without_document
from tests.bench.identity.goals import Goal
from tests.bench.identity.hardness import hardness
from tests.bench.identity.measures import Measured, Pairs, measure
from tests.bench.identity.people import END
from tests.bench.identity.population import world
from tests.bench.identity.recipes import OF_POPULATION, of_febrl
from tests.bench.identity.rows import Row
from tests.bench.identity.runs import run
from tests.bench.tables import say, table

SEEDS: Final = (1, 2)
"""Of the populations. The weights were fitted on others."""


class Judged(NamedTuple):
    """A figure beside its goal."""

    what: str
    figure: float
    form: str
    goal: Goal

    def row(self) -> list[str]:
        floor = "told" if self.goal.floor is None else self._bound(self.goal.floor)
        state = "met" if self.goal.met(self.figure) else "short"
        if self.goal.fails(self.figure):
            state = "FAILS"
        return [self.what, self.form.format(self.figure), self._bound(self.goal.reach), floor, state]

    def _bound(self, bound: float) -> str:
        return f"{'≥' if self.goal.least else '≤'} {self.form.format(bound)}"


def main() -> int:
    """Print the tables; 1 when a figure is below its floor."""
    judged = [*_febrl(), *_populations()]
    failed = [one for one in judged if one.goal.fails(one.figure)]
    for one in failed:
        say(f"BELOW ITS FLOOR  {one.what}: {one.form.format(one.figure)}")
    return 1 if failed else 0


def _febrl() -> Iterator[Judged]:
    say("IDENTITY, FEBRL: pairs of records that are one person's, after closure\n")
    head = ["", "records", "F1", "goal", "floor", "", "precision", "recall", "alone: P", "R", "review"]
    rows = []
    for name in NAMES:
        whole = febrl(name)
        for document in (True, False):
            data = whole if document else without_document(whole)
            goal = (goals.FEBRL if document else goals.WITHOUT_DOCUMENT)[name]
            found, batch = _measured(data), splink(data, of_febrl(name, document=document))
            judged = Judged(
                name if document else f"{name} without document", found.answered.f1, "{:.4f}", goal
            )
            rows.append(_febrl_row(judged, len(data), found, batch))
            yield judged
    say(table([*head, "reads", "most", "splink F1", "precision", "recall"], rows))
    say("alone: without those to review. splink: as its tutorials do it, at the best of seven thresholds.\n")


def _febrl_row(judged: Judged, records: int, found: Measured, batch: Pairs) -> list[str]:
    what, figure, *bounds = judged.row()
    return [
        what,
        f"{records:,}",
        figure,
        *bounds,
        *_percent(*found.answered, *found.automatic, found.review),
        f"{found.reads_mean:.2f}",
        str(found.reads_most),
        f"{batch.f1:.4f}",
        *_percent(*batch),
    ]


def _percent(*figures: float) -> list[str]:
    return [f"{figure:.1%}" for figure in figures]


def _measured(rows: list[Row]) -> Measured:
    return measure(run(rows).lines, {row.record_id: row.truth for row in rows})


def _populations() -> Iterator[Judged]:
    for seed in SEEDS:
        people = world(seed)
        rows = people.rows
        true = {row.record_id: row.truth for row in rows}
        say(f"IDENTITY, OUR PEOPLE, seed {seed}: {len(rows):,} records, {len(set(true.values())):,} people\n")
        say(f"{hardness(rows)}\n")
        done = run(rows)
        found, batch = measure(done.lines, true), splink(rows, OF_POPULATION)
        called = calls(people, done.records, END)
        judged = [*_judged(found, done.cpu_ms), *_disclosure(called)]
        say(table(["", "now", "goal", "floor", ""], [one.row() for one in judged]))
        say(_beside(found, batch))
        _say_calls(called)
        yield from judged


def _judged(found: Measured, cpu_ms: float) -> Iterator[Judged]:
    yield Judged("F1 as answered", found.answered.f1, "{:.3f}", goals.F1)
    yield Judged("merged without asking: precision", found.automatic.precision, "{:.4f}", goals.MERGED_RIGHT)
    yield Judged("merged without asking: recall", found.automatic.recall, "{:.3f}", goals.MERGED)
    yield Judged("to review", found.review, "{:.1%}", goals.REVIEW)
    yield Judged("reads a record", found.reads_mean, "{:.2f}", goals.READS)
    yield Judged("reads, the most", found.reads_most, "{:.0f}", goals.MOST_READS)
    yield Judged("people, off by", abs(found.summed), "{:.1%}", goals.PEOPLE)
    yield Judged("CPU a record, median, ms", cpu_ms, "{:.2f}", goals.CPU_MS)


def _disclosure(called: dict[str, Calls]) -> Iterator[Judged]:
    yield Judged("calls in the end that show another's data", called[TOLD].wrong, "{:.0f}", goals.DISCLOSED)
    yield Judged("calls meanwhile that do", called[AGAIN].wrong, "{:.0f}", goals.DISCLOSED_MEANWHILE)


def _beside(found: Measured, batch: Pairs) -> str:
    ours, theirs = (
        f"F1 {one.f1:.3f}, precision {one.precision:.3f}, recall {one.recall:.3f}"
        for one in (found.answered, batch)
    )
    return (
        f"online: {ours}; splink, the whole file at the best of seven thresholds: {theirs}\n"
        f"people by counting: {found.counted:+.1%}; by adding up the chance of each to be new: "
        f"{found.summed:+.1%}\n"
    )


def _say_calls(called: dict[str, Calls]) -> None:
    rows = [[kind, *(f"{count:,}" for count in called[kind])] for kind in KINDS]
    say(table(["who calls, and when", "calls", "told something", "told another's"], rows))
    say("Judged are those who gave name and number: of others no record tells that they have that phone.\n")
