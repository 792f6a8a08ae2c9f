"""Request units as AWS documents them."""

import pytest
from recado.store.clients import client

from tests.bench.meter import Meter, entry_units, kilobytes, size
from tests.cloud import Cloud

INDEX = ("due", "due_at")


def item(**more: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": "T#a#P#1"}, "sk": {"S": "P"}, **{name: {"S": value} for name, value in more.items()}}


def test_an_items_size_is_that_of_its_names_and_values_in_bytes() -> None:
    assert size({"pk": {"S": "é"}, "n": {"N": "12345"}, "opted_out": {"SS": ["care", "x"]}}) == 4 + 5 + 14


@pytest.mark.parametrize(("length", "units"), [(0, 1), (1000, 1), (1011, 1), (1012, 2), (5000, 5)])
def test_a_write_costs_a_unit_for_each_kilobyte_begun(length: int, units: int) -> None:
    assert kilobytes({}, {"body": {"S": "x" * length}, "pk": {"S": "T#a#P#1"}}, 1) == units


def test_a_smaller_item_costs_what_the_one_before_it_did() -> None:
    assert kilobytes(item(body="x" * 3000), item(), 1) == 3


@pytest.mark.parametrize(
    ("before", "after", "units"),
    [
        (item(), item(due="d", due_at="1"), 1),
        (item(due="d", due_at="1"), item(), 1),
        (item(due="d", due_at="1"), item(due="d", due_at="2"), 2),
        (item(due="d", due_at="1"), item(due="d", due_at="1", body="changed"), 0),
        (item(), item(body="never in it"), 0),
    ],
    ids=["appears", "goes", "moves", "stays as it is", "never was there"],
)
def test_an_index_of_keys_costs_only_what_changes_in_it(
    before: dict[str, dict[str, str]], after: dict[str, dict[str, str]], units: int
) -> None:
    assert entry_units(before, after, INDEX, whole=False) == units


def test_an_index_of_whole_items_costs_each_change() -> None:
    before, after = item(due="d", due_at="1"), item(due="d", due_at="1", body="changed")
    assert entry_units(before, after, INDEX, whole=True) == 1


def test_a_transaction_costs_twice_and_a_read_by_its_consistency(cloud: Cloud) -> None:
    table = "recado-test-patients"
    put = {"Put": {"TableName": table, "Item": item(body="x" * 1500)}}
    meter = Meter()
    meter.function = "bench"
    with meter.attached():
        client("dynamodb").transact_write_items(TransactItems=[put])
        for consistent in (True, False):
            key = {"pk": {"S": "T#a#P#1"}, "sk": {"S": "P"}}
            client("dynamodb").get_item(TableName=table, Key=key, ConsistentRead=consistent)
    assert [(one.write_units, one.read_units) for one in meter.calls] == [(4, 0), (0, 1), (0, 0.5)]


def test_what_no_function_does_is_not_noted(cloud: Cloud) -> None:
    meter = Meter()
    with meter.attached():
        cloud.items("patients")
    assert meter.calls == []
