"""The part of the stand-in API that keeps self-service: its flows in their versions, and whether it is on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]


def words(english: str) -> Json:
    """What is said, in English only."""
    return {"en": english}


NODES: Json = {
    "find": {"kind": "do", "deed": "find_slots", "then": {"found": "offer", "none": "person"}},
    "offer": {
        "kind": "ask",
        "text": words("These times are free. Which one would you like?"),
        "expects": "choice",
        "among": "slots",
        "saves": "slot",
        "next": "booked",
        "choices": [{"id": "more", "title": words("Other times"), "next": "find", "means": ""}],
    },
    "booked": {"kind": "end", "disposition": "booked", "text": words("Done.")},
    "person": {"kind": "person"},
}


def flow(number: int, **values: Any) -> Json:
    """A version of how a visit is booked."""
    saved = {"by": "role:admin", "at": "2026-11-02T12:00:00Z", "note": ""}
    shipped = {"by": "", "at": None, "note": ""}
    drawn = {"id": "book", "number": number, "start": "find", "nodes": NODES}
    return drawn | (saved if number else shipped) | values


@dataclass
class Flows:
    """The versions of one flow, which of them holds, and the settings."""

    versions: list[Json] = field(default_factory=lambda: [flow(1, note="Kinder words"), flow(0)])
    current: int = 1
    settings: Json = field(
        default_factory=lambda: (
            {"bot": "off", "address": "Rua A, 1", "review_link": "", "result_hosts": []}
            | {"survey_minutes": 0, "hosted_intents": "off"}
            | {"emergency": {"es": "Llame."}, "emergency_number": "192"}
        )
    )


class FlowRoutes:
    """The routes, over one World."""

    world: Any

    def _held(self) -> Json:
        known = self.world.flows
        held: Json = next(one for one in known.versions if one["number"] == known.current)
        return held

    def get_flows(self, rest: list[str], *_: Any) -> Response:
        if rest[1:]:
            return JSONResponse({"items": self.world.flows.versions, "next": None})
        return JSONResponse(self._held() if rest else {"items": [self._held()], "next": None})

    def put_flows(self, _: list[str], __: Request, body: Json) -> Response:
        self.world.flows.current = body["number"]
        return JSONResponse(self._held())

    def get_self_service(self, *_: Any) -> Response:
        return JSONResponse(self.world.flows.settings)

    def put_self_service(self, _: list[str], __: Request, body: Json) -> Response:
        self.world.flows.settings = body | {"emergency_number": "192"}
        return JSONResponse(self.world.flows.settings)
