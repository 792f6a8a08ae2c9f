"""Which records of a batch come again: every subset of failures."""

from __future__ import annotations

import base64
import itertools
import json
from typing import Any

import pytest
from recado import batches

GROUPS = 5
POSITIONS = range(10)
SUBSETS = [set(some) for size in range(11) for some in itertools.combinations(POSITIONS, size)]


class Words(Exception):  # noqa: N818
    """A failure whose text nobody may see."""


def queue_event() -> dict[str, Any]:
    """Ten messages of five groups, in turns."""
    return {
        "Records": [
            {
                "messageId": str(number),
                "body": json.dumps({"n": number}),
                "attributes": {"MessageGroupId": f"g{number % GROUPS}"},
            }
            for number in POSITIONS
        ]
    }


def again(answer: dict[str, Any]) -> set[int]:
    return {int(one["itemIdentifier"]) for one in answer["batchItemFailures"]}


def test_a_failure_holds_back_its_own_group_s_tail_and_nobody_else_s() -> None:
    for failing in SUBSETS:
        tried: list[int] = []

        def do(body: dict[str, Any], tried: list[int] = tried, failing: set[int] = failing) -> None:
            tried.append(body["n"])
            if body["n"] in failing:
                raise Words("Maria's words")

        told: list[str] = []
        answer = batches.queued(queue_event(), do, told.append)
        held = {n for n in POSITIONS if any(f < n and f % GROUPS == n % GROUPS for f in failing)}
        assert again(answer) == failing | held
        assert set(tried) == set(POSITIONS) - held
        assert set(told) <= {"Words"}


def test_a_change_that_fails_is_named_by_its_place_in_the_stream() -> None:
    event = {"Records": [{"dynamodb": {"SequenceNumber": str(number)}} for number in POSITIONS]}

    def do(record: Any) -> None:
        if record["dynamodb"]["SequenceNumber"] == "3":
            raise Words

    assert again(batches.changed(event, do, lambda _: None)) == {3}


def test_a_record_of_kinesis_is_its_bytes() -> None:
    data = base64.b64encode(b"\xff{").decode()
    event = {"Records": [{"kinesis": {"sequenceNumber": "1", "data": data}}]}
    seen: list[bytes] = []
    assert again(batches.streamed(event, seen.append, lambda _: None)) == set()
    assert seen == [b"\xff{"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_the_end_of_the_process_is_no_record_s_failure(error: type[BaseException]) -> None:
    def do(_: Any) -> None:
        raise error

    with pytest.raises(error):
        batches.queued(queue_event(), do, lambda _: None)
