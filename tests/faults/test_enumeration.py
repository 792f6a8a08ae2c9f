"""Whatever befalls a handler at whichever call: nothing is lost, nothing done twice, nobody else's touched.

By default every single fault in the first situation of each handler, and in the others those that the SDK
does not make good by itself. Every one everywhere with RECADO_FAULTS=all; every pair, for the night (hours),
with RECADO_FAULTS=pairs.
"""

from __future__ import annotations

import os

import pytest

from tests.faults.enumerate import World, described, enumerate_world, table
from tests.faults.stage import Stage
from tests.faults.worlds import ALL

PAIRS = os.environ.get("RECADO_FAULTS") == "pairs"
FIRST = {world.function: world.name for world in reversed(ALL)}


@pytest.mark.parametrize("world", [pytest.param(one, id=f"{one.function}: {one.name}") for one in ALL])
@pytest.mark.filterwarnings("ignore:No application metrics to publish")
def test_no_fault_at_any_call_loses_or_doubles_anything(world: World, stage: Stage) -> None:
    thorough = FIRST[world.function] == world.name or os.environ.get("RECADO_FAULTS") == "all"
    report = enumerate_world(stage, world, pairs=PAIRS, all_of_them=thorough)
    assert report.calls, "a handler that calls nobody is not under test"
    assert PAIRS or not report.idle, "a planned fault befell nothing"
    assert not report.bad, "\n".join([table([report]), *map(described, report.bad)])
