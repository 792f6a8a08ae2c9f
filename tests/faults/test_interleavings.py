"""Two workers at once, in every order of their calls to AWS and to the provider."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from recado.actions.deliver import claim, deliver, settle
from recado.actions.record import record

from tests.faults import oracle, planted
from tests.faults.interleave import every_order
from tests.faults.oracle import rows
from tests.faults.stage import Stage
from tests.faults.worlds_inbound import answered, said
from tests.samples import received


def two_at(
    stage: Stage,
    *workers: Callable[[], object],
    accepted: tuple[str, ...],
    after: Callable[[], object] = lambda: None,
) -> tuple[int, list[str]]:
    """How many orders there are, and what did not hold after them. Who gave up gets the message again."""
    saved, found, runs = stage.save(), [], 0

    def reset() -> None:
        stage.restore(saved)

    for run in every_order(stage, reset, *workers):
        runs += 1
        for worker, succeeded in zip(workers, run.succeeded, strict=True):
            if not succeeded:
                worker()
        stage.carry()
        after()
        held = [*stage.troubles, *oracle.violations(stage, "boavista", accepted)]
        found += [f"{run.order}: {one}" for one in held]
    return runs, found


def test_two_workers_on_one_message_store_it_once(stage: Stage) -> None:
    stage.fresh()

    def worker() -> None:
        record("boavista", received("oi"), stage.now)

    runs, found = two_at(stage, worker, worker, accepted=("wamid.1",))
    assert runs >= 5
    assert found == []


def test_two_messages_of_one_new_person_make_one_patient_and_one_contact(stage: Stage) -> None:
    stage.fresh()
    workers = [
        lambda number=number: record("boavista", received("oi", f"wamid.{number}"), stage.now)
        for number in (1, 2)
    ]
    runs, found = two_at(stage, *workers, accepted=("wamid.1", "wamid.2"))
    # Either may be first: they are two deliveries, and the queue's order is not under test here.
    assert runs >= 5
    assert [one for one in found if "timeline" not in one] == []


def answer(stage: Stage) -> tuple[str, tuple[str, ...]]:
    stage.fresh()
    accepted = said(stage, "oi")
    written = answered(stage)
    stage.cloud.streamed()  # the stream is lost: only these two workers deliver it
    return written, accepted


def test_two_workers_on_one_answer_send_it_once(stage: Stage) -> None:
    written, accepted = answer(stage)
    runs, found = two_at(stage, *[lambda: deliver("boavista", written, stage.now)] * 2, accepted=accepted)
    assert runs >= 8
    assert found == []


@pytest.mark.parametrize(("words", "given_back"), [("Temos sim.", 0), ("Temos sim. 🙂", 1)])
def test_an_answer_that_comes_back_while_it_is_settled_stays_one(
    stage: Stage, words: str, given_back: int
) -> None:
    written, accepted = answer(stage)
    claimed = claim("boavista", written, stage.now)
    assert claimed is not None
    stage.provider.taken.append({"biz_opaque_callback_data": written})
    stage.given_back = given_back
    back = received(words, "wamid.out.1", name="")._replace(kind="echo", key="echo")
    authors: set[tuple[str, ...]] = set()
    runs, found = two_at(
        stage,
        lambda: settle("boavista", claimed, "wamid.out.1", stage.now),
        lambda: record("boavista", back, stage.now),
        accepted=accepted,
        after=lambda: authors.add(sent_by(stage)),
    )
    assert runs >= 5
    assert (found, authors) == ([], {("agent:ana",)})


def sent_by(stage: Stage) -> tuple[str, ...]:
    said = rows(stage, "boavista").communications
    return tuple(one.author for one in said if one.direction == "outbound")


def test_two_deliveries_that_check_send_and_mark_are_caught(stage: Stage) -> None:
    written, accepted = answer(stage)
    worker = lambda: planted.check_send_mark("boavista", written)  # noqa: E731
    _, found = two_at(stage, worker, worker, accepted=accepted)
    assert any("was sent 2 times" in one for one in found)


def test_two_dedupes_with_separate_writes_are_caught(stage: Stage) -> None:
    stage.fresh()
    worker = lambda: planted.store_in_steps("boavista", received("oi"), stage.now)  # noqa: E731
    _, found = two_at(stage, worker, worker, accepted=("wamid.1",))
    assert found
    assert rows(stage, "boavista").communications
