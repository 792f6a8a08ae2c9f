"""A fake of Amazon Connect: a call comes in, the flow asks the voice function, the caller hangs up, Connect reports."""

from typing import Any, Literal

from infra.local.clinics import Clinic
from infra.local.emulator import Emulator

Json = dict[str, Any]


class Connect:
    """The telephone network of the demo clinics; `function` is the voice function that the flow invokes."""

    def __init__(self, emulator: Emulator, function: str) -> None:
        self._emulator = emulator
        self._function = function

    async def call(self, clinic: Clinic, caller: str, hang_up: Literal["queue", "menu"]) -> Json:
        """Let somebody call and hang up unanswered."""
        raise NotImplementedError
