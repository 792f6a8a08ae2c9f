"""Prints the table of all worlds; with words after it, of those whose names hold one of them."""

from __future__ import annotations

import contextlib
import io
import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "functions"))

from tests.cloud import Cloud
from tests.faults.enumerate import described, enumerate_world, table
from tests.faults.stage import staged
from tests.faults.worlds import ALL

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    wanted = [
        one
        for one in ALL
        if not sys.argv[1:] or any(word in f"{one.function} {one.name}" for word in sys.argv[1:])
    ]
    reports = []
    with staged(Cloud()) as stage:
        for world in wanted:
            began = time.process_time()
            with contextlib.redirect_stdout(io.StringIO()):
                reports.append(enumerate_world(stage, world))
            took = time.process_time() - began
            sys.stderr.write(f"{took:6.1f} s  {world.function}: {world.name}\n")
    sys.stdout.write(f"{table(reports)}\n")
    for report in reports:
        for outcome in report.bad:
            sys.stdout.write(f"{described(outcome)}\n")
