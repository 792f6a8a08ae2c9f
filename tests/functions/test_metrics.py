"""The contacts stream → numbers that repeats, reorder and replays cannot change."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import metrics
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import ClientError
from recado.actions.close import close
from recado.actions.measure import measure
from recado.actions.record import record
from recado.actions.reply import reply
from recado.actions.route import route
from recado.errors import Stale, Unavailable
from recado.model.interval import Counts, IntervalTotal, interval_of
from recado.model.patient import ANONYMOUS
from recado.rules import folds, kpi
from recado.store import contacts, intervals
from recado.store.rows import _connection

from tests.actions.test_record import outbound
from tests.cloud import Cloud
from tests.samples import NOW, later, received

CONTEXT = LambdaContext()
START = interval_of(NOW)
pytestmark = pytest.mark.usefixtures("clinic")


def counted(event: dict[str, Any]) -> Any:
    return metrics.handler(event, CONTEXT)


def total(tenant: str = "boavista", start: datetime = START) -> Counts:
    """What the interval counts on all channels."""
    stored = intervals.total(tenant, start)
    return folds.whole([stored], stored.channels)


def numbers() -> dict[str, Any]:
    return intervals.total("boavista", START).model_dump(exclude={"version"})


def a_day_at_the_desk(clinic: Cloud) -> dict[str, Any]:
    """Three patients write, two are answered, one is closed: all that the stream told of it."""
    for n in range(3):
        record("boavista", received(message_id=f"m{n}", sender=f"551190000000{n}"), later(seconds=n))
    first, second, third = contacts.open_contacts("boavista")[0]
    for contact in (first, second, third):
        route("boavista", contact.id, later(seconds=5))
    reply("boavista", "ana", first.id, "Bom dia", first.opened_at + timedelta(seconds=60))
    reply("boavista", "ana", second.id, "Bom dia", second.opened_at + timedelta(seconds=400))
    close("boavista", first.id, "resolved", later(minutes=10))
    return clinic.streamed()


def test_what_happened_is_counted(clinic: Cloud) -> None:
    assert counted(a_day_at_the_desk(clinic)) == {"batchItemFailures": []}
    found = total()
    assert (found.offered, found.handled, found.waiting) == (3, 2, 0)
    assert (found.waits_s, found.answered_in_target) == ((60, 400), 1)
    assert (found.abandoned, kpi.unique_records(found)) == (0, 3)
    assert (found.inbound, found.outbound) == (3, 2)
    assert list(intervals.total("boavista", START).channels) == ["whatsapp"]
    assert total(start=START + timedelta(minutes=15)) == Counts()


def test_a_batch_that_comes_again_changes_nothing_and_writes_no_total(clinic: Cloud) -> None:
    event = a_day_at_the_desk(clinic)
    counted(event)
    first = intervals.total("boavista", START)
    counted(event)
    assert intervals.total("boavista", START) == first


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_order_and_pieces_it_comes_the_numbers_are_the_same(clinic: Cloud, seed: int) -> None:
    event = a_day_at_the_desk(clinic)
    order = random.Random(seed)
    records = [one for one in event["Records"] for _ in range(order.choice((1, 1, 2)))]
    order.shuffle(records)
    while records:
        size = order.randint(1, 5)
        counted({"Records": records[:size]})
        records = records[size:]
    shuffled, counts = numbers(), total()
    clinic_total = intervals.total("boavista", START)
    intervals.save_total("boavista", IntervalTotal(start=START, version=clinic_total.version))
    counted(event)
    assert numbers() == shuffled
    assert (counts.offered, counts.waits_s) == (3, (60, 400))


def test_a_call_that_began_in_another_interval_is_counted_there_alone(clinic: Cloud) -> None:
    record("boavista", received(), NOW)
    (contact,), _ = contacts.open_contacts("boavista")
    began = NOW - timedelta(minutes=20)
    contacts.save_contact("boavista", contact.model_copy(update={"opened_at": began}))
    event = clinic.streamed()
    for records in (event["Records"], reversed(event["Records"])):
        counted({"Records": list(records)})
        assert total().offered == 0
        assert total(start=interval_of(began)).offered == 1


@pytest.mark.parametrize("seed", range(4))
def test_a_call_that_turns_out_to_be_somebodys_is_one_person_in_any_order(clinic: Cloud, seed: int) -> None:
    outbound(id="call", direction="inbound", patient=ANONYMOUS)
    told = contacts.find_communication("boavista", "call")
    assert told is not None
    contacts.save_communication("boavista", told.model_copy(update={"patient": "p7"}))
    records = clinic.streamed()["Records"]
    random.Random(seed).shuffle(records)
    for one in records:
        counted({"Records": [one]})
    assert total().patients == {"p7"}


def test_two_clinics_in_one_batch_are_counted_apart(clinic: Cloud) -> None:
    record("boavista", received(), NOW)
    record("delsol", received(), NOW)
    counted(clinic.streamed())
    assert [total(one).offered for one in ("boavista", "delsol")] == [1, 1]


@pytest.mark.parametrize("moment", ["after-call.dynamodb.Query", "before-call.dynamodb.PutItem"])
def test_two_who_count_at_once_end_with_every_fact(clinic: Cloud, moment: str) -> None:
    """One has read the facts, or is about to save; just then another notes and counts one more."""
    record("boavista", received(message_id="m1", sender="5511900000001"), NOW)
    first = clinic.streamed()
    record("boavista", received(message_id="m2", sender="5511900000002"), NOW)
    meanwhile = iter([clinic.streamed()])

    def other(params: dict[str, Any] | None = None, **_: object) -> None:
        if params is None or b"#totals#" in params["body"]:
            for event in meanwhile:
                counted(event)

    with hooked(moment, other):
        counted(first)
    assert list(meanwhile) == []
    assert (total().offered, total().inbound) == (2, 2)


@contextmanager
def hooked(moment: str, handler: Callable[..., None]) -> Iterator[None]:
    """Call the handler at this moment of each call of the store."""
    events = _connection.client.meta.events
    events.register(moment, handler)
    try:
        yield
    finally:
        events.unregister(moment, handler)


def test_a_total_that_was_based_on_an_older_one_is_refused() -> None:
    intervals.save_total("boavista", IntervalTotal(start=START))
    with pytest.raises(Stale):
        intervals.save_total("boavista", IntervalTotal(start=START))


def refuse(operation: str, code: str, times: int) -> Any:
    """Let the next calls of a DynamoDB operation fail, as AWS would say it."""
    left = iter(range(times))

    def handler(**_: object) -> None:
        for _left in left:
            raise ClientError({"Error": {"Code": code, "Message": ""}}, operation)

    return handler


def test_what_could_not_be_noted_is_named_and_the_rest_is_counted(clinic: Cloud) -> None:
    for n in range(2):
        record("boavista", received(message_id=f"m{n}", sender=f"551190000000{n}"), NOW)
    event = clinic.streamed()
    with hooked("before-call.dynamodb.PutItem", refuse("PutItem", "InternalServerError", 1)):
        answer = counted(event)
    failed = [one["itemIdentifier"] for one in answer["batchItemFailures"]]
    assert failed == [event["Records"][0]["dynamodb"]["SequenceNumber"]]
    counted(event)
    assert (total().offered, total().inbound) == (2, 2)


def test_an_interval_that_cannot_be_counted_fails_the_batch_so_that_it_comes_again(clinic: Cloud) -> None:
    record("boavista", received(), NOW)
    event = clinic.streamed()
    with (
        hooked("before-call.dynamodb.Query", refuse("Query", "InternalServerError", 99)),
        pytest.raises(Unavailable),
    ):
        counted(event)
    counted(event)
    assert total().offered == 1


def test_rows_that_nobody_counts_are_passed_over(clinic: Cloud) -> None:
    record("boavista", received(), NOW)
    event = clinic.streamed()
    strange = {**event["Records"][0]["dynamodb"]}
    strange["NewImage"] = {"pk": {"S": "T#boavista#X"}, "sk": {"S": "X"}}
    removed = {"eventName": "REMOVE", "dynamodb": {"Keys": {}, "SequenceNumber": "1"}}
    odd = [{**event["Records"][0], "dynamodb": strange}, {**event["Records"][0], **removed}]
    assert counted({"Records": odd}) == {"batchItemFailures": []}
    assert clinic.items("intervals") == []


def test_counting_an_interval_without_facts_writes_nothing(clinic: Cloud) -> None:
    measure("boavista", START)
    assert clinic.items("intervals") == []


def test_facts_and_totals_hold_nobodys_words_name_or_number(clinic: Cloud) -> None:
    counted(a_day_at_the_desk(clinic))
    stored = str(clinic.items("intervals"))
    assert not any(word in stored for word in ("Bom dia", "Olá", "Maria", "55119000"))


def test_the_sample_event_is_counted(clinic: Cloud) -> None:
    sample = json.loads((Path(__file__).parents[2] / "events/metrics.json").read_text())
    assert counted(sample) == {"batchItemFailures": []}
    assert (total().offered, total().inbound, total().outbound) == (1, 1, 0)
    assert clinic.items("intervals")
