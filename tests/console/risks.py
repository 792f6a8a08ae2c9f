"""The part of the stand-in API that tells which visits may be missed, and tries other reminders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]

UNTAUGHT: Json = {"state": "off", "definition": "noshow-1", "version": 0, "learned_at": None, "visits": 0}
UNTAUGHT |= {"missed": 0, "intercept": -1.2, "shift": 0.0, "stretch": 1.0, "high_from": 0.35, "trial": None}
UNTAUGHT |= {"weights": {"lead=0": -0.9, "lead=29": 0.3, "age=ahead/61": -0.3, "patient": 0.5, "lead=3": 0.0}}
LEARNED: Json = {"visits": 1200, "missed": 200, "learned_at": "2026-11-20T12:00:00Z", "version": 3}
LEARNED |= {"trial": {"visits": 300, "missed": 50, "brier": 0.121, "plain": 0.139, "area": 0.74}}


def reason(feature: str, value: str, moves: float) -> Json:
    """What makes a visit likelier missed, or less so."""
    return {"feature": feature, "value": value, "moves": moves}


def risk(appointment: str, probability: float, *reasons: Json, **values: Any) -> Json:
    """A booked visit and its risk, high from 35 % on."""
    told: Json = {"probability": probability, "high": probability >= 0.35, "reasons": list(reasons)}
    told |= {"features": {}, "model": 3, "definition": "noshow-1", "at": "2026-11-20T12:00:00Z"}
    whose: Json = {"patient": "p1", "patient_name": "João Reis", "practitioner": "Dr Prado"}
    when = {"local_start": "2099-11-24T09:30", "confirmation": "none"}
    return {"appointment": appointment, "risk": told} | whose | when | values


def experiment(ident: str, **values: Any) -> Json:
    """One that was drawn up and would take nine weeks."""
    estimate: Json = {"kept": 0.8, "a_week": 210.4, "patients": 1890, "weeks": 9}
    made = {"created_at": "2026-11-02T12:00:00Z", "created_by": "role:admin", "version": 1}
    times = {"started_at": None, "stopped_at": None, "state": "draft"}
    steps = [{"name": "48h", "minutes": -2880}]
    drawn = {"name": "Two days before", "type_id": None, "difference": 0.05, "steps": steps}
    return {"id": ident, "estimate": estimate} | drawn | made | times | values


RESULTS: Json = {
    "usual": {"patients": 400, "kept": 320, "missed": 60},
    "tried": {"patients": 410, "kept": 340, "missed": 50},
    "kept": {"of": 0.029, "low": -0.025, "high": 0.083},
    "missed": None,
    "enough": False,
}


@dataclass
class Risks:
    """The model, the risks of any day's visits, the experiments, and what was asked for."""

    model: Json = field(default_factory=lambda: dict(UNTAUGHT))
    visits: list[Json] = field(default_factory=list)
    experiments: dict[str, Json] = field(default_factory=dict)
    asked: list[tuple[str, Json]] = field(default_factory=list)


class RiskRoutes:
    """The routes, over one World."""

    world: Any

    def get_risk(self, rest: list[str], request: Request, _: Json) -> Response:
        if rest:
            day = request.query_params["day"]
            found = [one for one in self.world.risks.visits if one["local_start"][:10] == day]
            return JSONResponse({"items": found, "next": None})
        return JSONResponse(self.world.risks.model)

    def put_risk(self, _: list[str], __: Request, body: Json) -> Response:
        self.world.risks.model |= body
        return JSONResponse(self.world.risks.model)

    def get_experiments(self, rest: list[str], *_: Any) -> Response:
        known = self.world.risks.experiments
        if rest:
            return JSONResponse(known[rest[0]] | RESULTS)
        return JSONResponse({"items": list(known.values()), "next": None})

    def post_experiments(self, rest: list[str], _: Request, body: Json) -> Response:
        known = self.world.risks
        known.asked.append(("/".join(rest), body))
        if not rest:
            known.experiments["new"] = experiment("new", name=body["name"], steps=body["policy"]["steps"])
            return JSONResponse(known.experiments["new"], 201)
        when = "2026-11-20T12:00:00Z"
        after = {
            "start": {"state": "running", "started_at": when},
            "stop": {"state": "stopped", "stopped_at": when},
        }
        known.experiments[rest[0]] |= after[rest[1]]
        return JSONResponse(known.experiments[rest[0]])
