"""A stand-in for the front door and the REST API, as small as the console's tests allow.

It answers in the shapes that the console relies on and keeps its state in memory. It decides nothing: no
routing, no reminders, no access rules. What the real server does is tested elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.console.accounts import AccountRoutes, Accounts
from tests.console.agenda import Agenda, AgendaRoutes
from tests.console.articles import ArticleRoutes, Articles
from tests.console.figures import FigureRoutes, Figures
from tests.console.flows import FlowRoutes, Flows
from tests.console.identity import Identity, IdentityRoutes
from tests.console.outreach import Outreach, OutreachRoutes
from tests.console.reminders import ReminderRoutes, Reminders
from tests.console.risks import RiskRoutes, Risks
from tests.console.subscriptions import SubscriptionRoutes, Subscriptions
from tests.console.waiting import WaitingList, WaitingRoutes

CONSOLE = Path(__file__).parents[2] / "infra" / "console"
POLICY = {"Content-Security-Policy": "default-src 'self'"}

Json = dict[str, Any]


def ago(**span: float) -> str:
    """An instant in the past, as JSON has it."""
    return (datetime.now(UTC) - timedelta(**span)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def contact(number: int, name: str, text: str, **values: Any) -> Json:
    """A contact of the demo clinic; waiting, with one unread message, unless told otherwise."""
    return {
        "id": f"p{number}.1",
        "version": 1,
        "patient": f"p{number}",
        "patient_name": name,
        "channel": "whatsapp",
        "address_hint": f"…{1000 + number}",
        "queue": "reception",
        "state": "waiting",
        "agent": None,
        "agent_name": None,
        "reason": "message",
        "opened_at": ago(minutes=number),
        "waiting_since": ago(minutes=number),
        "answered_at": None,
        "last_inbound_at": ago(minutes=number),
        "last_outbound_at": None,
        "last_text": text,
        "unread": 1,
        "callback": None,
        "disposition": None,
        "language": "en",
    } | values


def message(ident: str, text: str, **values: Any) -> Json:
    """An entry of a timeline: an inbound text unless told otherwise."""
    return {
        "id": ident,
        "channel": "whatsapp",
        "direction": "inbound",
        "kind": "text",
        "text": text,
        "at": ago(minutes=5),
        "state": "received",
        "author": "patient",
        "contact": None,
    } | values


def attempted(found: Json, body: Json) -> Json:
    """The contact after a call: reached, or put off until a later one."""
    tries = (found.get("follow_up") or {"attempts": []})["attempts"]
    one = {"id": f"t{len(tries)}", "at": ago(), "by": "agent:ana", "note": "", **body}
    found["follow_up"] = {"since": ago(hours=1), "attempts": [*tries, one], "end": None, "ended_at": None}
    later = {"state": "scheduled", "callback": found["callback"] | {"due_at": "2099-01-02T13:00:00Z"}}
    ours = {"state": "assigned", "agent": "ana", "agent_name": "Ana Souza", "callback": None}
    found.update(ours if body["outcome"] == "reached" else later, version=found["version"] + 1)
    return found


@dataclass
class World:
    """All that the stub knows, and the faults that a test has asked for."""

    contacts: dict[str, Json] = field(default_factory=dict)
    timelines: dict[str, list[Json]] = field(default_factory=dict)
    appointments: list[Json] = field(default_factory=list)
    phone: list[Json] = field(default_factory=list)
    phone_counts: dict[str, int] = field(default_factory=dict)
    """How often the clinic has written to the phone, by app."""
    stopped: set[str] = field(default_factory=set)
    keys: dict[str, Json] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    """What the server says of a file, by `<message>/<number>`."""
    kept: list[Json] = field(default_factory=list)
    """The files that were given to be sent."""
    breaches: list[Json] = field(default_factory=list)
    consents: list[Json] = field(default_factory=list)
    preferences: Json = field(default_factory=dict)
    metrics: Json = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    refuse: dict[str, tuple[int, Json]] = field(default_factory=dict)
    """Answers to give instead, by the last part of the path."""
    lose_answers: int = 0
    """How many replies are stored and then answered with a 503."""
    older: list[list[Json]] = field(default_factory=list)
    """The later pages of closed contacts; as with the real server, a page may be empty."""
    accounts: Accounts = field(default_factory=Accounts)
    agenda: Agenda = field(default_factory=Agenda)
    articles: Articles = field(default_factory=Articles)
    figures: Figures = field(default_factory=Figures)
    flows: Flows = field(default_factory=Flows)
    identity: Identity = field(default_factory=Identity)
    outreach: Outreach = field(default_factory=Outreach)
    reminders: Reminders = field(default_factory=Reminders)
    risks: Risks = field(default_factory=Risks)
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    waiting: WaitingList = field(default_factory=WaitingList)
    demo: bool = True
    language: str = "en"
    options: Json = field(default_factory=dict)
    """What differs from OPTIONS."""

    def add(self, new: Json, *items: Json) -> None:
        """A contact with its timeline."""
        self.contacts[new["id"]] = new
        self.timelines.setdefault(new["patient"], []).extend(items)


OPTIONS: Json = {
    "free_text": True,
    "free_text_until": None,
    "why_not": None,
    "max_text": 4096,
    "templates": [],
}
"""What an agent may answer with."""

AGENTS = [
    {"id": "ana", "name": "Ana Souza", "state": "available", "assigned": 1},
    {"id": "rui", "name": "Rui Prado", "state": "away", "assigned": 0},
]


APPS = [
    {"app": "whatsapp", "lines": [{"channel": "whatsapp", "display": "+55 11 3000-0000"}]},
    {
        "app": "sms",
        "lines": [
            {"channel": "twilio_sms", "display": "+55 11 3000-0001"},
            {"channel": "aws_sms", "display": "+55 11 3000-0002"},
        ],
    },
    *(
        {"app": app, "lines": [{"channel": app, "display": "Clínica Boa Vista"}]}
        for app in ("telegram", "messenger", "instagram", "email")
    ),
    {
        "app": "webchat",
        "lines": [{"channel": "webchat", "display": "boavista.example"}],
        "page": "/site/boavista",
    },
]


def problem(status: int, code: str, message: str, at: str | None = None) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, "field": at}}, status)


class Stub(
    AccountRoutes,
    AgendaRoutes,
    ArticleRoutes,
    FigureRoutes,
    FlowRoutes,
    IdentityRoutes,
    OutreachRoutes,
    ReminderRoutes,
    RiskRoutes,
    SubscriptionRoutes,
    WaitingRoutes,
):
    """The routes, over one World."""

    def __init__(self, world: World) -> None:
        self.world = world

    def app(self) -> Starlette:
        routes = [
            Route("/demo", self.demo),
            Route("/phone/clinics", self.phone_clinics),
            Route("/phone/counts", self.phone_counts),
            Route("/phone/call", self.phone_call, methods=["POST"]),
            Route("/site/boavista", self.site),
            Route("/phone/{app}", self.phone_read, methods=["GET"]),
            Route("/phone/{app}", self.phone_write, methods=["POST"]),
            Mount(
                "/api",
                routes=[Route("/{path:path}", self.api, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])],
            ),
            Mount("/", StaticFiles(directory=CONSOLE, html=True)),
        ]
        return Starlette(routes=routes)

    async def demo(self, request: Request) -> Response:
        if not self.world.demo:
            return JSONResponse({}, 404)
        people = [
            ("supervisor", "Carla Rocha", None),
            ("agent", "Ana Souza", "ana"),
            ("agent", "Rui Prado", "rui"),
        ]
        staff = [
            {"role": role, "name": name, "agent": agent, "token": f"token-{role}-{agent}"}
            for role, name, agent in people
        ]
        tokens = {str(one["role"]): one["token"] for one in reversed(staff)}
        clinic = {"id": "boavista", "name": "Clínica Boa Vista", "timezone": "America/Sao_Paulo"}
        doors = {"language": self.world.language, "tokens": tokens, "staff": staff}
        return JSONResponse({"clinics": [clinic | doors]})

    async def api(self, request: Request) -> Response:
        parts = request.path_params["path"].split("/")
        self.world.requests.append(f"{request.method} /{'/'.join(parts)}")
        if not request.headers.get("authorization", "").startswith("Bearer token-"):
            return problem(401, "unauthorised", "Please sign in.")
        if parts[-1] in self.world.refuse:
            status, body = self.world.refuse[parts[-1]]
            return JSONResponse(body, status)
        typed = request.headers.get("content-type") == "application/json"
        body = await request.json() if typed else {"file": (await request.body()).decode()}
        answer = getattr(self, f"{request.method.lower()}_{parts[0].replace('-', '_')}")
        response: Response = answer(parts[1:], request, body)
        return response

    def get_me(self, _: list[str], request: Request, __: Json) -> Response:
        clinic = {"id": "boavista", "name": "Clínica Boa Vista", "timezone": "America/Sao_Paulo"}
        token = request.headers["authorization"]
        role = token.split("-")[1]
        agent = AGENTS[1] if token.endswith("-rui") else AGENTS[0]
        return JSONResponse(
            {
                "tenant": "boavista",
                "clinic": clinic | {"language": self.world.language, "queues": ["reception"]},
                "agent": agent if role == "agent" else None,
                "role": role,
                "dispositions": ["resolved", "booked", "cancelled", "no_answer", "spam"],
            }
        )

    def get_agents(self, *_: Any) -> Response:
        return JSONResponse({"items": AGENTS, "next": None})

    def put_agents(self, _: list[str], __: Request, body: Json) -> Response:
        return JSONResponse(AGENTS[0] | body)

    def post_patients(self, rest: list[str], _: Request, body: Json) -> Response:
        if rest == ["import"]:
            self.world.identity.said.append(("import", body))
            return JSONResponse(self.world.identity.imports[0], 202)
        if rest[1:] == ["joins"]:
            return self.join(rest[0], body["record"])
        if rest[-1] in ("related", "erasure"):
            return self.note(rest, body)
        told = {"source": "agent:ana", "channel": "", "at": ago(), "recorded_at": ago()}
        self.world.consents.append(body | told | {"evidence": body["note"]})
        return JSONResponse({}, 201)

    def put_patients(self, rest: list[str], _: Request, body: Json) -> Response:
        if rest[1:] != ["preferences"]:
            return self.note(rest, body)
        self.world.preferences = body
        return JSONResponse({})

    def get_contacts(self, rest: list[str], request: Request, _: Json) -> Response:
        if rest[1:2] == ["media"]:
            return JSONResponse(self.world.files[f"{rest[2]}/{rest[3]}"])
        if rest[1:] == ["attribution"]:
            return JSONResponse({"items": self.world.identity.household})
        if rest[1:] == ["options"]:
            return JSONResponse(OPTIONS | self.world.options)
        if rest:
            found = self.world.contacts.get(rest[0])
            return JSONResponse(found) if found else problem(404, "not_found", "Not found.")
        wanted = request.query_params.get("state", "open")
        states = {"open": ("new", "waiting", "scheduled", "assigned")}.get(wanted, (wanted,))
        items = [one for one in self.world.contacts.values() if one["state"] in states]
        start = int(request.query_params.get("next", 0))
        if wanted == "closed" and self.world.older:
            pages = [items, *self.world.older]
            return JSONResponse(
                {"items": pages[start], "next": str(start + 1) if start + 1 < len(pages) else None}
            )
        more = str(start + 50) if len(items) > start + 50 else None
        return JSONResponse({"items": items[start : start + 50], "next": more})

    def get_breaches(self, *_: Any) -> Response:
        return JSONResponse({"items": self.world.breaches, "next": None})

    def post_contacts(self, rest: list[str], request: Request, body: Json) -> Response:
        found, step = self.world.contacts[rest[0]], rest[1]
        if step == "media":
            self.world.kept.append(body)
            return JSONResponse({"id": f"f{len(self.world.kept)}"}, 201)
        if step == "attribution":
            return self.attribute(found, body)
        if step == "replies":
            return self.reply(found, request, body)
        if body.get("version") != found["version"]:
            return problem(409, "stale", "Someone else changed this in the meantime.")
        ours = {"state": "assigned", "agent": "ana", "agent_name": "Ana Souza"}
        theirs = {"state": "assigned", "agent": "rui", "agent_name": "Rui Prado"}
        back = {"state": "waiting", "agent": None, "agent_name": None}
        if step == "attempts":
            return JSONResponse(attempted(found, body), 201)
        changes: Json = {
            "take": ours,
            "transfer": back if "queue" in body else theirs,
            "close": {"state": "closed", "disposition": body.get("disposition"), "note": body.get("note")},
        }[step]
        found.update(changes, version=found["version"] + 1)
        return JSONResponse(found)

    def reply(self, found: Json, request: Request, body: Json) -> Response:
        key = request.headers["idempotency-key"]
        if key not in self.world.keys:
            text = body.get("text") or f"({body.get('template', 'a file')})"
            sent = message(f"o{len(self.world.keys)}", text, direction="outbound", state="queued")
            self.world.keys[key] = sent | {"author": "agent:ana", "at": ago(), "contact": found["id"]}
            self.world.timelines[found["patient"]].append(self.world.keys[key])
            found.update(last_outbound_at=ago(), last_text=text, unread=0, version=found["version"] + 1)
        if self.world.lose_answers:
            self.world.lose_answers -= 1
            return problem(503, "unavailable", "Try again.")
        return JSONResponse(self.world.keys[key], 201)

    def get_patients(self, rest: list[str], _: Request, __: Json) -> Response:
        if about := self.about(rest):
            return about
        if rest[1:] == ["timeline"]:
            return JSONResponse({"items": self.world.timelines.get(rest[0], []), "next": None})
        mine = [one for one in self.world.contacts.values() if one["patient"] == rest[0]]
        point = {"system": "phone", "value": "+5511900000101"}
        person = {"id": rest[0], "version": 1, "name": mine[0]["patient_name"], "language": "en"}
        stopped = {
            purpose: one["action"] == "stop" for one in self.world.consents for purpose in one["purposes"]
        }
        person |= {"opted_out": [one for one in stopped if stopped[one]], "consents": self.world.consents}
        person |= {"channels": [], **self.world.preferences, "version": 1}
        person |= {"kind": "lead", "contact_points": [point], "phone": point["value"]}
        none: Json = {
            name: [] for name in ("fields", "disputes", "ask_to_book", "ask_to_register", "records")
        }
        return JSONResponse(person | none | {"care": None} | self.world.identity.people.get(rest[0], {}))

    async def phone_clinics(self, _: Request) -> Response:
        if not self.world.demo:
            return JSONResponse({}, 404)
        clinic = {"id": "boavista", "name": "Clínica Boa Vista", "display": "+55 11 3000-0000"}
        zone = {"timezone": "America/Sao_Paulo", "language": self.world.language}
        return JSONResponse({"items": [clinic | zone | {"apps": APPS}]})

    async def site(self, request: Request) -> Response:
        head = "<!doctype html><html lang=en><title>Boa Vista</title>"
        return HTMLResponse(f"{head}<main><h1>{request.query_params['who']}</h1></main></html>")

    async def phone_counts(self, _: Request) -> Response:
        return JSONResponse({"counts": self.world.phone_counts})

    async def phone_read(self, request: Request) -> Response:
        app = request.path_params["app"]
        items = [one for one in self.world.phone if one.get("app", "whatsapp") == app]
        return JSONResponse({"items": items, "stopped": app in self.world.stopped})

    async def phone_write(self, request: Request) -> Response:
        body, app = await request.json(), request.path_params["app"]
        if body.get("action") == "stop":
            self.world.stopped.add(app)
        text = body.get("text") or body.get("button", {}).get("text") or ""
        number = len(self.world.phone)
        told = {"app": app, "consent": body.get("action"), "subject": body.get("subject")}
        if "file" in body:
            name = {"photo": "photo.png", "voice": "voice.ogg"}[body["file"]]
            told["attachments"] = [{"kind": "image", "name": name}]
        self.world.phone.append(message(f"w{number}", text, at=ago(), state="delivered", **told))
        ident = f"p9{body['from'][-3:]}"
        new = contact(0, body["name"], text, id=f"{ident}.1", patient=ident)
        self.world.add(new, message(f"i{number}", text, at=ago(), contact=new["id"]))
        return JSONResponse({"ok": True})

    async def phone_call(self, request: Request) -> Response:
        body = await request.json()
        self.world.requests.append(f"call {body['hang_up']}")
        return JSONResponse({"ok": True})
