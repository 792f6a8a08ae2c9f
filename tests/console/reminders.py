"""The part of the stand-in API that keeps policies of reminders, and what was missed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]


def step(name: str, minutes: int, **values: Any) -> Json:
    """A reminder for everybody, by message."""
    told: Json = {"purpose": "reminder", "text": "", "channels": [], "only": None, "by": "message"}
    return {"name": name, "minutes": minutes} | told | values


def policy(*steps: Json, **values: Any) -> Json:
    """The clinic's own, unless told otherwise."""
    caps = {"day": 3, "week": 8, "promotions": 2, "survey_days": 90}
    quiet = {"quiet_from": "21:00", "quiet_until": "08:00", "on_closed_days": False}
    whose = {"type_id": None, "type": None, "version": 1, "language": None}
    return whose | quiet | {"steps": list(steps), "caps": caps, "words": {}} | values


@dataclass
class Reminders:
    """The policies, what a preview answers, what was missed, and what was asked for."""

    policies: list[Json] = field(
        default_factory=lambda: [policy(step("24h", -1440), step("3h", -180, only="unconfirmed"))]
    )
    planned: list[Json] = field(default_factory=list)
    outage: Json | None = None
    missed: list[Json] = field(default_factory=list)
    asked: list[tuple[str, Json]] = field(default_factory=list)
    calls: Json = field(
        default_factory=lambda: (
            {"numbers": ["+551140001111"], "number": None, "says": "Hello. This is Clínica Boa Vista."}
            | {"quiet_from": "21:00", "quiet_until": "08:00"}
        )
    )


class ReminderRoutes:
    """The routes, over one World."""

    world: Any

    def get_reminder_calls(self, *_: Any) -> Response:
        return JSONResponse(self.world.reminders.calls)

    def put_reminder_calls(self, _: list[str], __: Request, body: Json) -> Response:
        self.world.reminders.calls |= body
        return JSONResponse(self.world.reminders.calls)

    def get_reminder_policies(self, *_: Any) -> Response:
        return JSONResponse({"items": self.world.reminders.policies, "next": None})

    def put_reminder_policies(self, rest: list[str], _: Request, body: Json) -> Response:
        self.world.reminders.asked.append(("/".join(rest), body))
        whose = {"type_id": rest[0], "type": "Check-up"} if rest else {"type_id": None, "type": None}
        return JSONResponse(body | whose | {"version": body["version"] + 1})

    def delete_reminder_policies(self, rest: list[str], *_: Any) -> Response:
        self.world.reminders.asked.append((f"drop {rest[0]}", {}))
        return JSONResponse({})

    def post_reminder_policies(self, rest: list[str], _: Request, body: Json) -> Response:
        self.world.reminders.asked.append(("/".join(rest), body))
        return JSONResponse({"items": self.world.reminders.planned, "next": None})

    def get_reminders(self, *_: Any) -> Response:
        known = self.world.reminders
        return JSONResponse({"outage": known.outage, "items": known.missed, "next": None})

    def post_reminders(self, _: list[str], __: Request, body: Json) -> Response:
        self.world.reminders.asked.append(("seen", body))
        seen = {"seen_by": "agent:ana", "seen_at": "2026-11-23T12:00:00Z"}
        return JSONResponse(self.world.reminders.outage | seen)
