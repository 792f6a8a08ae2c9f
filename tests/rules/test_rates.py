"""How fast we may send, and which provider to lean on."""

import itertools

from hypothesis import given
from hypothesis import strategies as st
from recado.rules.rates import FAILURES, WITHIN, WORKERS, Bucket, Health, failed, shunned, taken

from tests.cloud import TEMPLATE


def waits(times: list[float], rate: float, burst: float) -> list[float]:
    """When each message that is asked for at these times may go."""
    bucket: Bucket | None = None
    found = []
    for now in times:
        bucket, wait = taken(bucket, now, rate=rate, burst=burst)
        found.append(now + wait)
    return found


def test_a_burst_goes_at_once_and_the_next_one_waits_its_turn() -> None:
    assert waits([0, 0, 0, 0], rate=0.5, burst=2) == [0, 0, 2, 4]


def test_time_that_passes_fills_the_bucket_and_no_more_than_fills_it() -> None:
    assert waits([0, 0, 1000, 1000, 1000], rate=1, burst=2) == [0, 0, 1000, 1000, 1001]


@given(
    gaps=st.lists(st.floats(0, 10), min_size=1, max_size=40),
    rate=st.floats(0.1, 50),
    burst=st.integers(1, 50),
)
def test_no_stretch_of_time_ever_holds_more_than_burst_and_rate_allow(
    gaps: list[float], rate: float, burst: int
) -> None:
    sent = waits(list(itertools.accumulate(gaps)), rate, burst)
    assert sent == sorted(sent)
    for first, last in itertools.combinations(range(len(sent)), 2):
        stretch = sent[last] - sent[first]
        assert last - first + 1 <= burst + stretch * rate + 1e-6 * len(sent)


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    assert waits([10, 5], rate=1, burst=1) == [10, 6]


def after(*times: float) -> Health:
    """An account that failed at these times."""
    health = Health()
    for now in times:
        health = failed(health, now)
    return health


def test_some_failures_in_a_minute_and_an_account_is_shunned_for_a_minute() -> None:
    health = after(*range(FAILURES))
    assert shunned(health, FAILURES)
    assert shunned(health, FAILURES - 1 + WITHIN - 1)
    assert not shunned(health, FAILURES - 1 + WITHIN)


def test_a_few_failures_or_slow_ones_shun_nobody() -> None:
    assert not shunned(after(*range(FAILURES - 1)), FAILURES)
    assert not shunned(after(*(WITHIN * one for one in range(20))), WITHIN * 20)
    assert not shunned(None, 0)


def test_each_worker_reckons_with_as_many_others_as_the_template_lets_run() -> None:
    outbound = TEMPLATE["Resources"]["DeliveryFunction"]["Properties"]["Events"]["Outbound"]
    assert outbound["Properties"]["ScalingConfig"]["MaximumConcurrency"] == WORKERS
