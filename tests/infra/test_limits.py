"""How fast the fakes let their customers send."""

from infra.local.fakes.limits import Limit


def test_after_a_burst_each_has_to_wait_its_turn() -> None:
    now = [0.0]
    limit = Limit(per_second=0.5, burst=2, clock=lambda: now[0])
    assert [limit.take("a"), limit.take("a"), limit.take("a")] == [0, 0, 2]
    assert limit.take("b") == 0, "another's turn is its own"
    now[0] = 1
    assert limit.take("a") == 1
    now[0] = 2
    assert limit.take("a") == 0
