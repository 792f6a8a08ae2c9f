"""The two SQS queues, `inbound` and `outbound`: FIFO, one group for each person on each channel."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import Unavailable
from recado.store.clients import client

_BATCH = 10
_BATCH_BYTES = 240_000
"""Under SQS's limit of 262,144 bytes for a whole batch."""

client("sqs")


class Job(NamedTuple):
    """Something to put on a queue; a group stays in order, a repeat of a key is dropped for 5 minutes."""

    group: tuple[str, ...]
    key: tuple[str, ...]
    body: Mapping[str, Any]


def digest(parts: Iterable[str]) -> str:
    """A name for these parts in which no address can be read (queue attributes appear in logs)."""
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()


def send(queue: str, jobs: Iterable[Job]) -> None:
    """Put jobs on the `inbound` or `outbound` queue, all of them. Raises Unavailable when one was refused."""
    url = os.environ[f"{queue.upper()}_QUEUE_URL"]
    for batch in _batches(_rounds(jobs)):
        try:
            answer = client("sqs").send_message_batch(QueueUrl=url, Entries=batch)
        except (BotoCoreError, ClientError) as error:
            raise Unavailable from error
        if answer.get("Failed"):
            raise Unavailable


def _rounds(jobs: Iterable[Job]) -> Iterable[Job]:
    """The first job of every group, then the second of each, …: so batches fill, however groups are mixed."""
    rounds: list[list[Job]] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for job in jobs:
        if seen[job.group] == len(rounds):
            rounds.append([])
        rounds[seen[job.group]].append(job)
        seen[job.group] += 1
    return chain.from_iterable(rounds)


def _batches(jobs: Iterable[Job]) -> Iterable[list[dict[str, str]]]:
    """At most one job of a group in a batch: were the first refused and the second taken, they would swap."""
    batch: list[dict[str, str]] = []
    groups: set[tuple[str, ...]] = set()
    size = 0
    for job in jobs:
        body = json.dumps(job.body, separators=(",", ":"))
        if batch and (len(batch) == _BATCH or size + len(body) > _BATCH_BYTES or job.group in groups):
            yield batch
            batch, size = [], 0
            groups.clear()
        groups.add(job.group)
        batch.append(
            {
                "Id": str(len(batch)),
                "MessageBody": body,
                "MessageGroupId": digest(job.group),
                "MessageDeduplicationId": digest(job.key),
            }
        )
        size += len(body)
    if batch:
        yield batch
