"""The phone beside the console: a person plays the patient, in every app and on a call."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from infra.local.clinics import CLINICS, Clinic, Line, clinic
from infra.local.connect import Connect
from infra.local.fakes import files
from infra.local.fakes.connect import ConnectApi, Exchange
from infra.local.fakes.network import Network
from infra.local.fakes.people import Item, Person, Said
from infra.local.outbox import Outbox
from infra.local.rings import DOES, FLOW, Rings

NUMBER = re.compile(r"[1-9][0-9]{6,14}")
MAILBOX = re.compile(r"[^\s@]{1,64}@[^\s@]{1,180}")
SHOWN = ("id", "direction", "channel", "type", "text", "buttons", "attachments", "reply_to", "at", "state")
APPS = ("whatsapp", "sms", "telegram", "messenger", "instagram", "email")
Json = dict[str, Any]


class Phone:
    """The /phone endpoints. What it sends takes a provider's way; its calls go to `connect`."""

    def __init__(self, outbox: Outbox, network: Network, connect: Connect) -> None:
        self._outbox = outbox
        self._network = network
        self._connect = connect
        exchange = Exchange(FLOW, {one.phone for one in CLINICS})
        self._rings = Rings(exchange, connect.invoke)
        self.api = ConnectApi(exchange, self._rings.ring)

    async def clinics(self, _: Request) -> Response:
        """GET /phone/clinics: whom one can write to, in which app and on which line, and call."""
        shown = ("id", "name", "timezone", "language", "whatsapp", "display")
        items = [
            {name: getattr(found, name) for name in shown}
            | {"number": found.phone, "apps": self._apps(found)}
            for found in CLINICS
        ]
        return JSONResponse({"items": items})

    async def write(self, request: Request) -> Response:
        """POST /phone/<app> {clinic, from, name, email?, channel?, text|button|file|action, reply_to?}."""
        wish = await json_object(request)
        line, person, said = self._line(request, wish), person_of(wish), self._said(wish)
        if line is None or person is None or said is None:
            return problem(
                400, "invalid", "Say which clinic, who writes, and a text, a button, a file or an action."
            )
        fake = self._network.fakes[line.channel]
        item = await fake.write(line, person, said)
        if item is None:
            return problem(502, "not_delivered", "The clinic's webhook did not accept it.")
        return JSONResponse(_shown(item), status_code=201)

    async def show(self, request: Request) -> Response:
        """GET /phone/<app>?clinic=&from=&email=: the conversation in the app, read by it unless `peek=1`."""
        line, person = self._line(request, request.query_params), person_of(request.query_params)
        if line is None or person is None:
            return problem(400, "invalid", "Say which clinic and who.")
        fake = self._network.fakes[line.channel]
        address = fake.address(person)
        items = self._outbox.conversation(line.account, address, line.channel)
        if "peek" not in request.query_params:
            await fake.mark_read(line.account, address)
        stopped = self._outbox.has_stopped(line.account, address, line.channel)
        return JSONResponse({"items": [_shown(item) for item in items], "stopped": stopped})

    async def counts(self, request: Request) -> Response:
        """GET /phone/counts?clinic=&from=&email=: how often the clinic has written, in each app."""
        target, person = clinic(request.query_params.get("clinic", "")), person_of(request.query_params)
        if target is None or person is None:
            return problem(400, "invalid", "Say which clinic and who.")
        counts: Counter[str] = Counter()
        for line in self._lines(target):
            fake = self._network.fakes[line.channel]
            items = self._outbox.conversation(line.account, fake.address(person), line.channel)
            counts[fake.app] += sum(item["direction"] == "outbound" for item in items)
        return JSONResponse({"counts": counts})

    async def file(self, request: Request) -> Response:
        """GET /phone/files/<name>: a file that the phone has sent, for its own screen."""
        found = files.named(str(request.path_params["name"]))
        return Response(found.content, media_type=found.mime) if found else Response(status_code=404)

    async def call(self, request: Request) -> Response:
        """POST /phone/call {clinic, from, hang_up: "queue" | "menu"}: a call that nobody answers."""
        wish = await json_object(request)
        target, caller = clinic(str(wish.get("clinic"))), number(wish.get("from"))
        hang_up = wish.get("hang_up", "queue")
        if target is None or not caller or hang_up not in {"queue", "menu"}:
            return problem(
                400, "invalid", "Say which clinic, from which number, and where the caller hangs up."
            )
        return JSONResponse(await self._connect.call(target, f"+{caller}", hang_up), status_code=201)

    async def pick_up(self, request: Request) -> Response:
        """POST /phone/pick_up {from, does}: what they do (one of rings.DOES) when a clinic calls next."""
        wish = await json_object(request)
        called, does = number(wish.get("from")), wish.get("does")
        if not called or does not in DOES:
            return problem(400, "invalid", f"Say whose phone, and what they do: {', '.join(DOES)}.")
        self._rings.pick_up(f"+{called}", str(does))
        return JSONResponse({"from": called, "does": does})

    async def rung(self, _: Request) -> Response:
        """GET /phone/rung: the calls that clinics made, what each heard, and what they did."""
        return JSONResponse({"items": self._rings.rung})

    async def stop(self) -> None:
        """Report no more calls."""
        await self._rings.stop()
        await self._connect.stop()

    def _apps(self, target: Clinic) -> list[Json]:
        """The apps in which this clinic can be written to, each with its lines; the first is the usual."""
        apps = []
        for app in APPS:
            found = [line for line in self._lines(target) if self._network.fakes[line.channel].app == app]
            shown = [{"channel": line.channel, "display": line.display} for line in found]
            apps += [{"app": app, "lines": shown}] if shown else []
        chat = target.line("webchat")
        page = [{"channel": "webchat", "display": chat.display}] if chat else []
        return [*apps, {"app": "webchat", "lines": page, "page": f"/site/{target.id}"}]

    def _lines(self, target: Clinic) -> list[Line]:
        """The clinic's lines that a fake stands behind."""
        return [line for line in target.lines if line.channel in self._network.fakes]

    def _line(self, request: Request, wish: Mapping[str, Any]) -> Line | None:
        """The line that is meant: by the app, or by its channel, which an app may have several of."""
        target = clinic(str(wish.get("clinic") or ""))
        if target is None:
            return None
        app = str(request.path_params["app"])
        channel = str(wish.get("channel") or app)
        lines = self._lines(target)
        named = [line for line in lines if line.channel == channel]
        of_app = [line for line in lines if self._network.fakes[line.channel].app == app]
        return next(iter(named or of_app), None)

    def _said(self, wish: Json) -> Said | None:
        text, button, file = wish.get("text"), wish.get("button"), wish.get("file")
        answers = self._outbox.get(str(wish.get("reply_to")))
        subject = str(wish.get("subject") or (answers or {}).get("subject") or "")[:200]
        words = text if isinstance(text, str) and text.strip() else ""
        if isinstance(button, dict):
            title = str(button.get("text") or button.get("title") or "")
            payload = str(button.get("payload") or "")
            pressed = (payload, title) if payload else None
            return Said("" if pressed else title, pressed, answers=answers, subject=subject)
        if file in files.KINDS:
            return Said(words, file=str(file), answers=answers, subject=subject)
        if wish.get("action") in {"stop", "start"}:
            return Said(action=str(wish["action"]))
        return Said(words, answers=answers, subject=subject) if words else None


def person_of(wish: Mapping[str, Any]) -> Person | None:
    """Who writes: a number at least; a name and an e-mail address where they are given."""
    digits = number(wish.get("from"))
    given = str(wish.get("email") or "")
    if not digits or (given and not MAILBOX.fullmatch(given)):
        return None
    return Person(str(wish.get("name") or digits), digits, given)


def _shown(item: Item) -> Item:
    shown = {name: item.get(name) for name in SHOWN}
    return shown | {name: item[name] for name in ("subject", "consent") if item.get(name)}


async def json_object(request: Request) -> Json:
    """The request's JSON object; empty when it is none."""
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def number(value: object) -> str:
    """A phone number as WhatsApp writes it (digits only); empty when it is none."""
    digits = re.sub(r"[\s()+-]", "", value) if isinstance(value, str) else ""
    return digits if NUMBER.fullmatch(digits) else ""


def problem(status: int, code: str, message: str) -> JSONResponse:
    """An error in the API's own shape."""
    return JSONResponse({"error": {"code": code, "message": message, "field": None}}, status_code=status)
