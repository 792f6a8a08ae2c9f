"""Whatever befalls a handler at whichever call: nothing is lost, nothing done twice, nobody else's touched.

By default each single fault that may leave something else behind, once at each place of each handler. Every
one in every situation, by whichever lines, with RECADO_FAULTS=all; every pair, for the night (hours), with
RECADO_FAULTS=pairs.
"""

from __future__ import annotations

import os

import pytest

from tests.faults.enumerate import Way, World, described, enumerate_world, table
from tests.faults.seam import Site
from tests.faults.stage import Stage
from tests.faults.worlds import ALL

SCOPE = os.environ.get("RECADO_FAULTS")
KNOWN: dict[str, set[Way]] = {world.function: set() for world in ALL}
"""Of each handler, what its worlds have met so far."""


@pytest.mark.parametrize(
    "world",
    [
        pytest.param(one, id=f"{one.function}: {one.name}", marks=pytest.mark.xdist_group("faults"))
        for one in ALL
    ],
)
@pytest.mark.filterwarnings("ignore:No application metrics to publish")
def test_no_fault_at_any_call_loses_or_doubles_anything(
    world: World, stage: Stage, met: dict[str, set[Site]]
) -> None:
    known = None if SCOPE in ("all", "pairs") else KNOWN[world.function]
    report = enumerate_world(stage, world, pairs=SCOPE == "pairs", known=known)
    met[world.name] = report.sites
    assert report.calls, "a handler that calls nobody is not under test"
    assert SCOPE == "pairs" or not report.idle, "a planned fault befell nothing"
    assert not report.bad, "\n".join([table([report]), *map(described, report.bad)])
