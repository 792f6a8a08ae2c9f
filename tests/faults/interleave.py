"""Two workers at once: every order in which their calls to AWS and to the provider can fall.

Each worker is a greenlet that stops before each of its calls; a scheduler decides who goes on. It explores
the orders like a tree: run once, note where the other could have gone on instead, and go there next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from greenlet import getcurrent, greenlet
from recado.errors import Stale, Unavailable

from tests.faults.stage import Stage

Worker = Callable[[], object]


class Run(NamedTuple):
    """One order of calls: which worker made each, and whether each worker came to its end."""

    order: tuple[int, ...]
    succeeded: tuple[bool, ...]


def every_order(stage: Stage, reset: Callable[[], None], *workers: Worker) -> Iterator[Run]:
    """Run the workers in every order of their calls, each time from `reset` on; yields after each run."""
    ahead: list[tuple[int, ...]] = [()]
    while ahead:
        prefix = ahead.pop()
        reset()
        order, choices, succeeded = _run(stage, prefix, workers)
        for place in range(len(prefix), len(order)):
            ahead += [(*order[:place], other) for other in choices[place] if other != order[place]]
        yield Run(tuple(order), succeeded)


def _run(
    stage: Stage, prefix: tuple[int, ...], workers: tuple[Worker, ...]
) -> tuple[list[int], list[tuple[int, ...]], tuple[bool, ...]]:
    """Follow the prefix, then always the first that can go on: what was chosen, from what, how it ended."""
    scheduler = getcurrent()
    ended = [False] * len(workers)

    def lead(number: int) -> greenlet:
        def live() -> None:
            try:
                workers[number]()
                ended[number] = True
            except (Stale, Unavailable):
                """It gives up: the queue brings the message back."""

        return greenlet(live, scheduler)

    lives = [lead(number) for number in range(len(workers))]
    order: list[int] = []
    choices: list[tuple[int, ...]] = []
    stage.process.step = lambda: scheduler.switch() if getcurrent() is not scheduler else None
    try:
        for one in lives:
            one.switch()  # up to its first call
        while alive := tuple(number for number, one in enumerate(lives) if not one.dead):
            chosen = prefix[len(order)] if len(order) < len(prefix) else alive[0]
            order.append(chosen)
            choices.append(alive)
            lives[chosen].switch()
    finally:
        stage.process.step = None
    return order, choices, tuple(ended)
