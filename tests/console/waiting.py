"""The part of the stand-in API that keeps the waiting list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]

ANY_TIME: Json = {"practitioners": [], "weekdays": [], "parts": [], "earliest": None, "latest": None}
NO_END: Json = {"offer": None, "instead_of": None, "appointment": None, "ended_at": None}


def entry(ident: str, name: str, **values: Any) -> Json:
    """Somebody who waits for a check-up at any time, and was offered nothing yet."""
    who = {"id": ident, "version": 1, "patient": f"p-{ident}", "patient_name": name, "type_id": "t1"}
    place = {"since": "2026-11-02T12:00:00Z", "priority": 0, "reason": "", "state": "waiting", "offers": 0}
    return who | ANY_TIME | place | {"created_by": "agent:ana"} | NO_END | values


def offer(ident: str, start: str, until: str) -> Json:
    """A time with Dr Prado that is held for one entry."""
    asked = [{"entry": ident, "channel": "sms", "answer": "none"}]
    made = {"made_at": "2026-11-23T12:00:00Z", "made_by": "recado", "taken_by": None}
    return (
        {"id": "o1", "practitioner_id": "d1", "start": start, "until": until, "asked": asked}
        | made
        | {"state": "open"}
    )


@dataclass
class WaitingList:
    """Who waits, how times are offered, and what was asked for."""

    items: dict[str, Json] = field(default_factory=dict)
    offering: Json = field(default_factory=lambda: {"hold_minutes": 60, "at_once": 1})
    asked: list[tuple[str, Json]] = field(default_factory=list)


class WaitingRoutes:
    """The routes, over one World."""

    world: Any

    def get_waiting_list(self, rest: list[str], *_: Any) -> Response:
        items = self.world.waiting.items
        if rest:
            return JSONResponse(items[rest[0]])
        ordered = sorted(items.values(), key=lambda one: -one["priority"])
        return JSONResponse({"items": [one | {"offer": None} for one in ordered], "next": None})

    def post_waiting_list(self, rest: list[str], _: Request, body: Json) -> Response:
        known = self.world.waiting
        known.asked.append(("/".join(rest), body))
        if not rest:
            known.items["new"] = entry("new", "Sam O'Neill") | body
            return JSONResponse(known.items["new"], 201)
        after = body
        if rest[1] == "offer":
            held = offer(rest[0], body["start"], "2099-11-24T12:00:00Z")
            after = {"state": "offered", "offers": 1, "offer": held}
        known.items[rest[0]] |= after
        return JSONResponse(known.items[rest[0]])

    def delete_waiting_list(self, rest: list[str], *_: Any) -> Response:
        return JSONResponse(self.world.waiting.items.pop(rest[0]) | {"state": "left"})

    def get_offering(self, *_: Any) -> Response:
        return JSONResponse(self.world.waiting.offering)

    def put_offering(self, _: list[str], __: Request, body: Json) -> Response:
        self.world.waiting.offering = body
        return JSONResponse(body)
