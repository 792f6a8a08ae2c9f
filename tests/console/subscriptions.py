"""The part of the stand-in API that tells other systems of visits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]

NOT_PAUSED: Json = {"paused_at": None, "paused_by": "", "reason": "", "failing_since": None}


def subscription(ident: str, url: str, **values: Any) -> Json:
    """One that works, is told of everything, and shares no more than ids."""
    told: Json = {"events": [], "fields": [], "state": "active", "retry_at": None, "rotating": False}
    made = {"created_at": "2026-11-02T12:00:00Z", "created_by": "role:admin", "name": ""}
    return {"id": ident, "version": 1, "url": url} | NOT_PAUSED | told | made | values


def notice(ident: str, **values: Any) -> Json:
    """One that was sent at the first try."""
    times = {"at": "2026-11-23T12:00:00Z", "due_at": None, "sent_at": "2026-11-23T12:00:01Z"}
    what = {"event": "appointment.booked", "appointment": "a1", "version": 1}
    return {"id": ident, "state": "sent", "attempts": 1, "status": 204, "error": None} | times | what | values


@dataclass
class Subscriptions:
    """The webhooks, their notices, and what was asked for."""

    items: dict[str, Json] = field(default_factory=dict)
    notices: list[Json] = field(default_factory=list)
    asked: list[tuple[str, Json | None]] = field(default_factory=list)


class SubscriptionRoutes:
    """The routes, over one World."""

    world: Any

    def get_subscriptions(self, rest: list[str], *_: Any) -> Response:
        known = self.world.subscriptions
        if rest[1:] == ["notices"]:
            return JSONResponse({"items": known.notices, "next": None})
        if rest:
            return JSONResponse(known.items[rest[0]])
        return JSONResponse({"items": list(known.items.values()), "next": None})

    def post_subscriptions(self, rest: list[str], _: Request, body: Json) -> Response:
        known = self.world.subscriptions
        known.asked.append(("/".join(rest), body))
        if not rest:
            made = known.items["new"] = subscription("new", "") | body
            return JSONResponse(made | {"secret": "whsec_first"}, 201)
        if rest[1:] == ["replay"]:
            return JSONResponse({"replayed": 2, "next": None if "next" in body else "on"}, 202)
        if rest[1] == "notices":
            return JSONResponse(known.notices[0], 202)
        after = {"secret": {"rotating": True}, "pause": {"state": "paused", "paused_by": "role:admin"}}
        after |= {"finish": {"rotating": False}, "resume": {"state": "active", "paused_by": ""}, "test": {}}
        known.items[rest[0]] |= after[rest[-1]]
        secret = {"secret": "whsec_second"} if rest[-1] == "secret" else {}
        return JSONResponse(known.items[rest[0]] | secret)

    def put_subscriptions(self, rest: list[str], _: Request, body: Json) -> Response:
        self.world.subscriptions.items[rest[0]] |= body
        return JSONResponse(self.world.subscriptions.items[rest[0]])

    def delete_subscriptions(self, rest: list[str], *_: Any) -> Response:
        del self.world.subscriptions.items[rest[0]]
        return JSONResponse({"id": rest[0]})
