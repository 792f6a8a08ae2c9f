"""What all fakes share: taking a message in, or refusing it; telling how it fares; hearing a patient."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.responses import Response
from starlette.routing import Route

from infra.local.clinics import Line
from infra.local.fakes.faults import Fault, Faults
from infra.local.fakes.limits import Limit
from infra.local.fakes.people import Item, Person, Said
from infra.local.fakes.post import Post
from infra.local.outbox import Outbox, stamp

Json = dict[str, Any]

RECEIPT_SECONDS = 0.3
"""Between one status and the next: long enough for a person to see the ticks change."""


class Refused(Exception):  # noqa: N818 (named as in recado.errors)
    """The provider says no, in its own form."""

    def __init__(self, code: int | str, title: str, *, status: int = 400, **more: Any) -> None:
        super().__init__(title)
        self.code, self.title, self.status, self.more = code, title, status, more

    def answer(self) -> Response:
        """The answer that the sender gets."""
        raise NotImplementedError


@dataclass(frozen=True)
class Keys:
    """What one account sends with, and what its webhooks are verified with."""

    credentials: Mapping[str, Any]
    webhook: Mapping[str, Any]


@dataclass
class Site:
    """What every fake stands on. `keys` are by (channel, account)."""

    outbox: Outbox
    post: Post
    keys: Mapping[tuple[str, str], Keys]
    app_secret: str = ""
    """Of the one Meta app."""

    def credential(self, channel: str, account: str, name: str) -> str:
        """One credential of an account, "" when there is none: then nothing fits."""
        found = self.keys.get((channel, account))
        return str(found.credentials.get(name, "")) if found else ""


class Provider:
    """The fake of one provider on one of our channels. A subclass says what is its own."""

    channel: ClassVar[str]
    app: ClassVar[str]
    """Which app of a patient's phone it is."""
    reports: ClassVar[tuple[str, ...]] = ("sent", "delivered")
    """The states that it tells of when all goes well."""
    reads: ClassVar[bool] = True
    """Whether it tells that a message was read."""
    pace: ClassVar[tuple[float, float]] = (100, 100)
    """Messages a second of one account, and how many at once."""
    pair_pace: ClassVar[tuple[float, float]] = (100, 100)
    """The same to one person."""
    refusal: ClassVar[type[Refused]] = Refused
    usual: ClassVar[tuple[int | str, int]] = (0, 400)
    """The error code and HTTP status of a fault that names none."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.outbox = site.outbox
        self.faults = Faults()
        self._of_account, self._of_pair = Limit(*self.pace), Limit(*self.pair_pace)
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        """Where it stands."""
        return []

    def address(self, person: Person) -> str:
        """What it calls this person."""
        return person.number

    async def write(self, line: Line, person: Person, said: Said) -> Item | None:
        """Let somebody write to a clinic; the item, or None when the clinic's webhook refused it."""
        raise NotImplementedError

    def heard(self, account: str, body: Any) -> Iterator[Item]:
        """The messages of patients in the body of a webhook, as items. May raise what a wrong body raises."""
        raise NotImplementedError

    async def tell(self, item: Item, state: str, error: Json | None) -> None:
        """Tell the clinic how a message fares."""

    def too_fast(self, wait: float, *, pair: bool) -> Refused:
        """What a sender is told who has to wait so many seconds."""
        raise NotImplementedError

    def lost(self) -> Response:
        """The answer that says nothing about what was sent."""
        return Response("upstream connect error", 503)

    def read(self, raw: bytes) -> Any:
        """A webhook's body as what `heard` takes."""
        return json.loads(raw)

    def hear(self, account: str, raw: bytes) -> list[Item]:
        """Keep what a patient wrote, from an accepted webhook, whoever posted it: it opens the window."""
        try:
            found = list(self.heard(account, self.read(raw)))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return []  # Whatever intake makes of it, a phone would not have sent it.
        return [item for item in found if self.outbox.add(item)]

    async def mark_read(self, account: str, address: str) -> None:
        """The phone shows its conversation: what was delivered is now read."""
        if not self.reads:
            return
        for item in self.outbox.conversation(account, address, self.channel):
            if item["direction"] == "outbound" and item["state"] == "delivered":
                self._soon(self._report(item, ("read",), None))

    async def stop(self) -> None:
        """Report nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def admit(self, item: Item) -> Fault | None:
        """The failure that this message has, if any. Raises Refused when it is sent too fast, or by order."""
        if wait := self._of_account.take(item["account"]):
            raise self.too_fast(wait, pair=False)
        if wait := self._of_pair.take(f"{item['account']}/{item['to']}"):
            raise self.too_fast(wait, pair=True)
        fault = self.faults.take(item["account"], item["to"].removeprefix("+"))
        if fault and fault.kind == "refuse":
            code, status = self._usual(fault)
            raise self.refusal(code, "Told to refuse", status=status)
        return fault

    async def settle(
        self, item: Item, fault: Fault | None, answer: Response, failure: Json | None = None
    ) -> Response:
        """Keep the message, let it fare as told, and answer. `failure` is its own, found after accepting."""
        kind = fault.kind if fault else ""
        self.outbox.add(item)
        if fault and kind == "undeliverable":
            failure = {"code": self._usual(fault)[0], "title": "Told to fail"}
        if failure:
            self._soon(self._report(item, ("failed",), failure))
        elif kind != "no_receipts":
            self._soon(self._report(item, self.reports, None))
        if fault and kind == "hang":
            await asyncio.sleep(fault.seconds)
        return self.lost() if kind == "lost" else answer

    def item_in(self, account: str, ident: str, sender: str, **more: Any) -> Item:
        """An item for what a patient wrote; `more` are its type, text and whatever else is known."""
        return {
            "direction": "inbound",
            "channel": self.channel,
            "account": account,
            "id": ident,
            "from": sender,
            "type": "text",
            "text": "",
            "buttons": [],
            "attachments": [],
            "reply_to": None,
            "at": stamp(),
            "state": "delivered",
            **more,
        }

    def item_out(self, account: str, ident: str, to: str, body: Any, **more: Any) -> Item:
        """An item for what a clinic sent; `body` is the request as it came."""
        return {
            "direction": "outbound",
            "provider": self.channel,
            "channel": self.channel,
            "account": account,
            "id": ident,
            "to": to,
            "type": "text",
            "text": "",
            "buttons": [],
            "attachments": [],
            "reply_to": None,
            "body": body,
            "reference": "",
            "at": stamp(),
            "state": "accepted",
            **more,
        }

    def _usual(self, fault: Fault) -> tuple[int | str, int]:
        return fault.code or self.usual[0], fault.status or self.usual[1]

    async def _report(self, item: Item, states: tuple[str, ...], error: Json | None) -> None:
        for state in states:
            await asyncio.sleep(RECEIPT_SECONDS)
            if self.outbox.move(item["id"], state):
                await self.tell(item, state, error)

    def _soon(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def unreachable(address: str) -> bool:
    """Whether nobody is there: by agreement, where the address ends with four noughts."""
    return address.partition("@")[0].endswith("0000")


def random_id(prefix: str, characters: int = 32) -> str:
    """An id of so many hexadecimal digits."""
    return prefix + secrets.token_hex(characters // 2)
