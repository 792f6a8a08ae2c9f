"""Jobs on a queue: in order within their group, and in as few calls as that allows."""

from __future__ import annotations

from recado.store import queues

from tests.cloud import Cloud
from tests.store.conftest import Faulty


def test_groups_that_come_in_runs_fill_their_batches_and_keep_their_order(
    cloud: Cloud, faulty: Faulty
) -> None:
    jobs = [
        queues.Job((f"group {group}",), (f"{group} {turn}",), {"group": group, "turn": turn})
        for group in range(10)
        for turn in range(4)
    ]
    with faulty.at() as process:
        queues.send("inbound", jobs)
        assert len(process.calls) == 4
    bodies = [record["body"] for record in cloud.queued("inbound")["Records"]]
    for group in range(10):
        assert [one for one in bodies if f'"group":{group},' in one] == [
            f'{{"group":{group},"turn":{turn}}}' for turn in range(4)
        ]
