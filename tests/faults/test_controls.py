"""The enumerator can fail: two handlers, wrong in well-known ways, are found out by the same worlds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.faults import planted
from tests.faults.enumerate import World, enumerate_world
from tests.faults.stage import Stage
from tests.faults.worlds import ALL


def with_handler(name: str, handler: Callable[..., Any]) -> World:
    """The world of this name, with another handler in the place of ours."""
    (world,) = (one for one in ALL if one.name == name)
    return world._replace(handler=handler)


def found(stage: Stage, world: World) -> set[str]:
    return {what for outcome in enumerate_world(stage, world).bad for what in outcome.violations}


def test_a_delivery_that_checks_sends_and_marks_is_caught_sending_twice(stage: Stage) -> None:
    bad = found(stage, with_handler("an answer", planted.sends_then_marks))
    assert "conversation by agent:ana was sent 2 times" in bad


def test_a_dedupe_with_new_ids_and_separate_writes_is_caught_with_doubles_and_halves(stage: Stage) -> None:
    bad = found(stage, with_handler("the first message of a new person", planted.stores_in_steps))
    assert "accepted ['wamid.1'] but stored ['wamid.1', 'wamid.1']" in bad
    assert any("counts 3 communications and has 2" in one for one in bad)
