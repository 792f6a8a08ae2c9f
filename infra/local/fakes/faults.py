"""Failures that a fake provider can be told to have, for demonstrations and for tests."""

from dataclasses import asdict, dataclass
from typing import Any

KINDS = {
    "refuse": "answers `status` with the error `code`; nothing is sent",
    "lost": "sends, but answers 503: the sender cannot know",
    "hang": "sends, but answers only after `seconds`",
    "undeliverable": "accepts, then reports that it failed with the error `code`",
    "no_receipts": "sends, and never says how it fared",
}


@dataclass
class Fault:
    """One kind of failure, for the next `times` sends (of one account, to one person, or of and to any).

    `code` is the provider's own, a number or a name; 0 and `status` 0 mean the provider's usual ones.
    """

    kind: str
    code: int | str = 0
    status: int = 0
    seconds: float = 15.0
    times: int = 1
    account: str = ""
    to: str = ""


class Faults:
    """The failures to come, first told first had."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, wish: Any) -> Fault | None:
        """Add a failure from its JSON; None when it makes no sense."""
        try:
            fault = Fault(**wish)
        except TypeError:
            return None
        if fault.kind not in KINDS:
            return None
        self._planned.append(fault)
        return fault

    def take(self, account: str, to: str) -> Fault | None:
        """The failure that this send has, if any."""
        for fault in self._planned:
            if fault.account in {"", account} and fault.to.removeprefix("+") in {"", to}:
                fault.times -= 1
                if fault.times <= 0:
                    self._planned.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._planned.clear()

    def listing(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._planned]
