"""What the fake providers and the phones saw, kept in a journal so that it survives a stop and a start."""

import json
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Item = dict[str, Any]
RANK = {"accepted": 0, "sent": 1, "delivered": 2, "read": 3, "failed": 4}
WINDOW = timedelta(hours=24)
USUAL = "whatsapp"
"""The channel of an item that names none: it was kept when there was no other."""


def bare(address: str) -> str:
    """An address without the `+` that senders put before a number."""
    return address.removeprefix("+")


class Outbox:
    """Items sent by clinics (`outbound`) and by patients' phones (`inbound`), oldest first."""

    def __init__(self, journal: Path | None) -> None:
        self._journal = journal
        self._lock = threading.Lock()
        self._items: dict[str, Item] = {}
        for entry in _read(journal):
            self._apply(entry)

    def add(self, item: Item) -> bool:
        """Keep an item; False when its id is known already."""
        with self._lock:
            if item["id"] in self._items:
                return False
            self._write(item)
            return True

    def move(self, item_id: str, state: str) -> bool:
        """Move an item's state forward; False when it is there or beyond."""
        with self._lock:
            item = self._items.get(item_id)
            if item is None or RANK[state] <= RANK[item["state"]]:
                return False
            self._write({"id": item_id, "state": state})
            return True

    def get(self, item_id: str) -> Item | None:
        return self._items.get(item_id)

    def outbound(self) -> list[Item]:
        """What clinics sent, newest last, as `GET /outbox` shows it."""
        return [
            _without_direction(item) for item in list(self._items.values()) if item["direction"] == "outbound"
        ]

    def conversation(self, account: str, person: str, channel: str = USUAL) -> list[Item]:
        """Everything between one person and one account, both ways, oldest first."""
        found = (
            item
            for item in list(self._items.values())
            if item["account"] == account and item.get("channel", USUAL) == channel
        )
        return [
            item
            for item in found
            if bare(item["to" if item["direction"] == "outbound" else "from"]) == bare(person)
        ]

    def window_open(
        self, account: str, person: str, now: datetime, channel: str = USUAL, window: timedelta = WINDOW
    ) -> bool:
        """Whether this person wrote to this account lately: only then free text may go out."""
        inbound = self._inbound(account, person, channel)
        return any(now - datetime.fromisoformat(item["at"]) < window for item in inbound)

    def has_written(self, account: str, person: str, channel: str) -> bool:
        """Whether this person ever wrote to this account."""
        return bool(self._inbound(account, person, channel))

    def has_stopped(self, account: str, person: str, channel: str) -> bool:
        """Whether this person said that they want nothing from this account, and nothing else since."""
        said = [item["consent"] for item in self._inbound(account, person, channel) if item.get("consent")]
        return bool(said) and said[-1] == "stop"

    def _inbound(self, account: str, person: str, channel: str) -> list[Item]:
        items = self.conversation(account, person, channel)
        return [item for item in items if item["direction"] == "inbound"]

    def _write(self, entry: Item) -> None:
        self._apply(entry)
        if self._journal:
            self._journal.parent.mkdir(parents=True, exist_ok=True)
            with self._journal.open("a") as file:
                file.write(json.dumps(entry) + "\n")

    def _apply(self, entry: Item) -> None:
        self._items[entry["id"]] = {**self._items.get(entry["id"], {}), **entry}


def stamp() -> str:
    """Now, as the journal keeps it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _without_direction(item: Item) -> Item:
    return {name: value for name, value in item.items() if name != "direction"}


def _read(journal: Path | None) -> Iterator[Item]:
    lines: Iterable[str] = journal.read_text().splitlines() if journal and journal.exists() else ()
    for line in lines:
        yield json.loads(line)
