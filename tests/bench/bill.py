"""What AWS would ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from tests.bench import prices
from tests.bench.meter import Call


class Bill(NamedTuple):
    """What one way cost; all figures are for one of the `shared_by` messages that it carried."""

    calls: tuple[Call, ...] = ()
    invocations: Mapping[str, int] = MappingProxyType({})
    """By function."""
    polls: Mapping[str, int] = MappingProxyType({})
    """By function, the requests by which Lambda takes a batch off its queue: to receive, to delete."""
    gateways: Mapping[str, float] = MappingProxyType({})
    """By function, what its API gateway charges, in dollars per million."""
    shared_by: int = 1

    def functions(self) -> list[str]:
        """All that ran or, of a difference, made calls; in their order."""
        return list(dict.fromkeys([*(call.function for call in self.calls), *self.invocations]))

    def called(self, *functions: str) -> float:
        """The calls to AWS that these functions made."""
        return sum(call.function in functions for call in self.calls) / self.shared_by

    def units(self, kind: str, *functions: str) -> float:
        """`write_units`, `index_units`, `read_units` or `requests` (of SQS) by these functions."""
        found = (getattr(call, kind) for call in self.calls if call.function in functions)
        return float(sum(found)) / self.shared_by

    def written(self, *functions: str) -> float:
        """Write units of tables and indexes."""
        return self.units("write_units", *functions) + self.units("index_units", *functions)

    def invoked(self, *functions: str) -> float:
        """How often these functions ran."""
        return _of(self.invocations, functions) / self.shared_by

    def polled(self, *functions: str) -> float:
        """Requests of SQS that took batches off the queues for these functions."""
        return _of(self.polls, functions) / self.shared_by

    def dollars(self, *functions: str) -> float:
        """List price per million, with the gateways and the queues before these functions."""
        total = sum(_price(call) for call in self.calls if call.function in functions)
        total += prices.INVOCATION * _of(self.invocations, functions)
        total += prices.SQS_FIFO * _of(self.polls, functions) + _of(self.gateways, functions)
        return total / self.shared_by

    def operations(self, function: str) -> str:
        """Its calls by operation, `Query 2, TransactWriteItems`."""
        told = Counter(call.operation for call in self.calls if call.function == function)
        each = {name: count / self.shared_by for name, count in told.items()}
        return ", ".join(name if count == 1 else f"{name} {count:g}" for name, count in each.items())

    def less(self, fixed: Bill) -> Bill:
        """Without what would have been done anyway."""
        calls = list(self.calls)
        for call in fixed.calls:
            calls.remove(call)
        left = Counter(self.invocations) - Counter(fixed.invocations)
        return self._replace(calls=tuple(calls), invocations=left)


def _of(counts: Mapping[str, float], functions: Sequence[str]) -> float:
    return sum(counts.get(one, 0) for one in functions)


def _price(call: Call) -> float:
    match call.service:
        case "dynamodb":
            written = (call.write_units + call.index_units) * prices.WRITE_UNIT
            return written + call.read_units * prices.READ_UNIT
        case "sqs":
            return call.requests * prices.SQS_FIFO
        case "s3":
            return prices.S3_PUT
    return prices.SECRET
