"""Two workers at once: every order in which their calls to AWS and to the provider can fall.

Each worker is a greenlet that stops before each of its calls; a scheduler decides who goes on. It explores
the orders like a tree: run once, note where the other could have gone on instead, and go there next. Of
orders that differ only in which of two reads came first, one is run (sleep sets: Godefroid, Partial-Order
Methods for the Verification of Concurrent Systems, 1996).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from greenlet import getcurrent, greenlet
from recado.errors import Stale, Unavailable

from tests.faults.seam import READS
from tests.faults.stage import Stage

Worker = Callable[[], object]


class Run(NamedTuple):
    """One order of calls: which worker made each, and whether each worker came to its end."""

    order: tuple[int, ...]
    succeeded: tuple[bool, ...]


class _Branch(NamedTuple):
    """Where to go next: who is chosen up to there, and whose waiting read need not be the next call then."""

    order: tuple[int, ...]
    asleep: frozenset[int]


def every_order(stage: Stage, reset: Callable[[], None], *workers: Worker) -> Iterator[Run]:
    """Run the workers in every order of their calls, each time from `reset` on; yields after each run."""
    ahead = [_Branch((), frozenset())]
    while ahead:
        branch = ahead.pop()
        reset()
        lives = _Lives(stage, workers)
        ahead += _follow(lives, branch)
        if not lives.alive:
            yield Run(tuple(lives.order), tuple(lives.ended))
        lives.end()


def _follow(lives: _Lives, branch: _Branch) -> Iterator[_Branch]:
    """Go this way, then always on with the first that is awake; yields where another could have gone on.

    Where all sleep there is nothing new, and it ends there.
    """
    for chosen in branch.order:
        lives.go_on(chosen)
    asleep = branch.asleep
    while awake := [one for one in lives.alive if one not in asleep]:
        for place, other in enumerate(awake[1:], 1):
            order = (*lives.order, other)
            yield _Branch(order, lives.still_asleep(asleep | {*awake[:place]}, other))
        asleep = lives.still_asleep(asleep, awake[0])
        lives.go_on(awake[0])


class _Lives:
    """The workers of one run, each before its next call."""

    def __init__(self, stage: Stage, workers: tuple[Worker, ...]) -> None:
        self._stage, self._scheduler = stage, getcurrent()
        self.order: list[int] = []
        self.ended = [False] * len(workers)
        self._waiting: dict[int, str] = {}
        self._lives = [self._lead(number, worker) for number, worker in enumerate(workers)]
        stage.process.step = self._step
        for one in self._lives:
            one.switch()  # up to its first call

    @property
    def alive(self) -> list[int]:
        return [number for number, one in enumerate(self._lives) if not one.dead]

    def go_on(self, number: int) -> None:
        """One call of a worker, and whatever it does up to the next one."""
        self.order.append(number)
        self._lives[number].switch()

    def still_asleep(self, asleep: frozenset[int], chosen: int) -> frozenset[int]:
        """Of these, whose read comes to the same after the call of the chosen one."""
        if self._waiting[chosen] not in READS:
            return frozenset()
        return frozenset(one for one in asleep if self._waiting[one] in READS)

    def end(self) -> None:
        """Nobody is left behind."""
        self._stage.process.step = None
        for one in self._lives:
            one.throw()

    def _lead(self, number: int, worker: Worker) -> greenlet:
        def live() -> None:
            try:
                worker()
                self.ended[number] = True
            except (Stale, Unavailable):
                """It gives up: the queue brings the message back."""

        return greenlet(live, self._scheduler)

    def _step(self, operation: str) -> None:
        current = getcurrent()
        if current is not self._scheduler:
            self._waiting[self._lives.index(current)] = operation
            self._scheduler.switch()
