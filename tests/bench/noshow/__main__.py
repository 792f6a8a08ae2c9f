"""Who does not come, on the public data set.   python -m tests.bench.noshow PATH

PATH is KaggleV2-May-2016.csv, or the zip with it (Medical Appointment No Shows; CC BY-NC-SA 4.0, so that
neither its rows nor what is fitted to them is part of Recado). Learned is on the first days and predicted the
others, learning again each Monday; nothing is known of a visit but what was on the night before its day. The
table says, for two splits, with and without bookings of the same day: AUC, Brier score, calibration error,
and of the fifth with the highest risk which share was missed, and which share of all that were missed it is.

What it is compared with needs the packages of tests/bench/identity/requirements.txt. The last model's weights
are shown with --weights.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from tests.bench.noshow import walk
from tests.bench.noshow.measures import measured, reliability
from tests.bench.noshow.rows import Row, rows
from tests.bench.noshow.walk import Said
from tests.bench.tables import say, table

SPLITS: Final = (0.4, 0.3)
HEAD: Final = ["", "AUC", "Brier", "calibration", "top fifth missed", "of the missed"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.noshow",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("path", type=Path, metavar="PATH", help="the data set, .csv or .zip")
    parser.add_argument("--weights", action="store_true", help="show the last model's weights")
    options = parser.parse_args(arguments)
    data = rows(options.path)
    tables = _rivals(data)
    for share in SPLITS:
        first = walk.split(data, share)
        _compared(data, first, tables, weights=options.weights)
    return 0


def _rivals(data: Sequence[Row]) -> dict[str, Callable[[date], Said]]:
    from tests.bench.noshow import rivals  # noqa: PLC0415 - what it needs is the bench's own

    usual, everything = rivals.usual(data), rivals.everything(data)
    return {
        "lead time alone": lambda first: rivals.lead_alone(data, first),
        "logistic regression": lambda first: rivals.logistic(data, usual, first),
        "gradient boosting": lambda first: rivals.boosting(data, usual, first),
        "gradient boosting, all that ours sees": lambda first: rivals.boosting(data, everything, first),
    }


def _compared(
    data: Sequence[Row], first: date, others: dict[str, Callable[[date], Said]], *, weights: bool
) -> None:
    later = [one for one in data if one.visit.day >= first]
    missed = sum(one.missed for one in later)
    say(f"\nPredicted: {len(later):,} visits from {first} on, {missed / len(later):.1%} missed")
    own, model = walk.ours(data, first)
    said = {name: rival(first) for name, rival in others.items()} | {"Recado": own}
    ahead = [index for index, one in enumerate(later) if one.visit.lead > 0]
    for title, those in (("All visits", range(len(later))), ("Without bookings of the same day", ahead)):
        say(f"\n{title}\n")
        say(table(HEAD, [_line(name, each, later, those) for name, each in said.items()]))
    say("\nRecado, by tenths of the visits: said / missed")
    say("  ".join(f"{a:.3f}/{b:.3f}" for a, b, _ in reliability(own, [one.missed for one in later])))
    if weights:
        say(table(["feature", "log-odds"], [[k, f"{v:+.2f}"] for k, v in sorted(model.weights.items())]))


def _line(name: str, said: Said, later: Sequence[Row], those: Sequence[int]) -> list[str]:
    found = measured([said[index] for index in those], [later[index].missed for index in those])
    order = [f"{found.precision:.3f}", f"{found.found:.1%}"]
    if name == "lead time alone":
        return [name, f"{found.area:.4f}", "", "", *order]
    return [name, f"{found.area:.4f}", f"{found.brier:.4f}", f"{found.error:.4f}", *order]


if __name__ == "__main__":
    sys.exit(main())
