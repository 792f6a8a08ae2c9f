"""The part of the stand-in API that keeps the agenda: who sees patients, what is free, what is booked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]

ZONE = ZoneInfo("America/Sao_Paulo")
PRADO = {"id": "d1", "version": 1, "name": "Dr Prado", "active": True, "languages": []}
LIMA = {"id": "d2", "version": 1, "name": "Dra Lima", "active": True, "languages": []}
NO_PREPARATION: Json = {"practitioners": [], "preparation": {}}
CHECKUP = {"id": "t1", "version": 1, "name": "Check-up", "minutes": 30, "buffer": 0} | NO_PREPARATION
CHECKUP |= {"active": True, "bookable": True}
NO_SCHEDULE: Json = {"version": 0, "location": "", "timezone": None, "weekly": [], "special": []}
NO_SCHEDULE |= {"grid": 15, "capacity": 1, "valid_from": None, "valid_until": None}
NO_SCHEDULE |= {"lead_minutes": 120, "horizon_days": 90}
STATES = {"arrive": "arrived", "fulfil": "fulfilled", "noshow": "noshow", "reopen": "booked"}


def utc(local: str) -> str:
    """`2026-11-24T09:30` at the demo clinic, as an instant."""
    moment = datetime.fromisoformat(local).replace(tzinfo=ZONE).astimezone(UTC)
    return moment.isoformat().replace("+00:00", "Z")


def today(wall: str) -> str:
    """This wall time of the demo clinic's present day."""
    return f"{datetime.now(ZONE).date()}T{wall}"


def slot(local: str, practitioner: Json = PRADO) -> Json:
    """A free time for a check-up."""
    who = {"practitioner_id": practitioner["id"], "practitioner": practitioner["name"]}
    place = {"timezone": str(ZONE), "minutes": 30, "location": ""}
    return who | place | {"type_id": "t1", "start": utc(local), "local_start": local}


def visit(ident: str, local: str, name: str, practitioner: Json = PRADO, **values: Any) -> Json:
    """A check-up that is booked and not confirmed, unless told otherwise."""
    return {
        "id": ident,
        "version": 1,
        "patient": f"p-{ident}",
        "patient_name": name,
        "start": utc(local),
        "local_start": local,
        "timezone": str(ZONE),
        "practitioner": practitioner["name"],
        "practitioner_id": practitioner["id"],
        "type": "Check-up",
        "type_id": "t1",
        "location": None,
        "minutes": 30,
        "status": "booked",
        "confirmation": "none",
        "reminders": [],
        "history": [{"what": "booked", "at": "2026-11-02T12:00:00Z", "by": "agent:ana", "channel": ""}],
    } | values


@dataclass
class Agenda:
    """Who works, what is free, and what was asked for."""

    practitioners: list[Json] = field(default_factory=lambda: [dict(PRADO), dict(LIMA)])
    types: list[Json] = field(default_factory=lambda: [dict(CHECKUP)])
    slots: list[Json] = field(default_factory=list)
    taken: dict[str, list[Json]] = field(default_factory=dict)
    """By the start that is asked for: it is taken, and these are free."""
    asked: list[tuple[str, Json]] = field(default_factory=list)
    schedules: dict[str, Json] = field(default_factory=dict)


class AgendaRoutes:
    """Practitioners, types, free times and visits, over one World."""

    world: Any

    def get_practitioners(self, rest: list[str], *_: Any) -> Response:
        if rest:
            return JSONResponse(
                self.world.agenda.schedules.get(rest[0], NO_SCHEDULE | {"practitioner": rest[0]})
            )
        return JSONResponse({"items": self.world.agenda.practitioners, "next": None})

    def put_practitioners(self, rest: list[str], _: Request, body: Json) -> Response:
        self.world.agenda.asked.append(("/".join(rest), body))
        kept = body | {"practitioner": rest[0], "version": body["version"] + 1}
        self.world.agenda.schedules[rest[0]] = kept
        return JSONResponse(kept)

    def post_practitioners(self, rest: list[str], _: Request, body: Json) -> Response:
        if rest:
            self.world.agenda.asked.append(("/".join(rest), {}))
            return JSONResponse({"url": "https://clinic.example/calendar/c1.ics"}, 201)
        return self._add(self.world.agenda.practitioners, PRADO | {"id": "d9"} | body)

    def delete_practitioners(self, rest: list[str], *_: Any) -> Response:
        self.world.agenda.asked.append((f"end {'/'.join(rest)}", {}))
        return JSONResponse({"url": None})

    def patch_practitioners(self, rest: list[str], _: Request, body: Json) -> Response:
        return self._change(self.world.agenda.practitioners, rest[0], body)

    def post_appointment_types(self, _: list[str], __: Request, body: Json) -> Response:
        return self._add(self.world.agenda.types, CHECKUP | {"id": "t9"} | body)

    def patch_appointment_types(self, rest: list[str], _: Request, body: Json) -> Response:
        return self._change(self.world.agenda.types, rest[0], body)

    def _add(self, items: list[Json], new: Json) -> Response:
        items.append(new)
        return JSONResponse(new, 201)

    def _change(self, items: list[Json], ident: str, body: Json) -> Response:
        self.world.agenda.asked.append((ident, body))
        place = next(at for at, one in enumerate(items) if one["id"] == ident)
        items[place] = items[place] | body | {"version": items[place]["version"] + 1}
        return JSONResponse(items[place])

    def get_appointment_types(self, *_: Any) -> Response:
        return JSONResponse({"items": self.world.agenda.types, "next": None})

    def get_slots(self, _: list[str], request: Request, __: Json) -> Response:
        asked = request.query_params
        since, until = (datetime.fromisoformat(asked[name]) for name in ("from", "until"))
        free = [
            one
            for one in self.world.agenda.slots
            if since <= datetime.fromisoformat(one["start"]) < until
            and one["type_id"] == asked["type"]
            and one["practitioner_id"] == asked.get("practitioner", one["practitioner_id"])
        ]
        return JSONResponse({"items": free, "next": None})

    def get_appointments(self, rest: list[str], request: Request, __: Json) -> Response:
        if rest == ["export"]:
            return Response(f"id,start\n{request.query_params['until']}\n", media_type="text/csv")
        if rest:
            return JSONResponse(self._visit(rest[0]))
        day, patient = (request.query_params.get(name) for name in ("day", "patient"))
        items = [
            one
            for one in self.world.appointments
            if (one["local_start"][:10] == day if day else one["patient"] == patient)
        ]
        return JSONResponse({"items": items, "next": None})

    def post_appointments(self, rest: list[str], _: Request, body: Json) -> Response:
        self.world.agenda.asked.append(("/".join(rest), body))
        if rest == ["import"]:
            return JSONResponse(self.world.identity.imports[0], 202)
        if rest[1:] and rest[1] != "move":
            found = self._visit(rest[0])
            found.update(status=STATES.get(rest[1], "cancelled"), version=found["version"] + 1)
            return JSONResponse(found)
        free = self.world.agenda.taken.get(body["start"])
        if free is not None and not body.get("overbook"):
            error = {"code": "slot_taken", "message": "This time is taken.", "field": "start"}
            return JSONResponse({"error": error, "alternatives": free}, 409)
        return self._put(rest, body)

    def _put(self, rest: list[str], body: Json) -> Response:
        """Book, or move; what was free there is free no more."""
        start = body["start"] if body["start"].endswith("Z") else utc(body["start"])
        local = (datetime.fromisoformat(start).astimezone(ZONE)).strftime("%Y-%m-%dT%H:%M")
        agenda = self.world.agenda
        agenda.slots = [one for one in agenda.slots if one["start"] != start]
        if rest:
            found = self._visit(rest[0])
            found.update(start=start, local_start=local, version=found["version"] + 1)
            return JSONResponse(found)
        booked = visit(f"a{len(self.world.appointments)}", local, body.get("name") or "Sam O'Neill")
        reminder = {"step": "24h", "due_at": start, "state": "planned"}
        booked |= {name: value for name, value in body.items() if name in booked and value}
        booked |= {"start": start, "reminders": [reminder]}
        self.world.appointments.append(booked)
        return JSONResponse(booked, 201)

    def _visit(self, ident: str) -> Json:
        found: Json = next(one for one in self.world.appointments if one["id"] == ident)
        return found
