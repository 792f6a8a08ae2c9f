"""The part of the stand-in API that writes to people: campaigns, surveys, authorisations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]

MADE: Json = {"version": 1, "created_at": "2026-11-02T12:00:00Z", "created_by": "role:admin"}
QUERY: Json = {"kinds": ["patient"], "languages": [], "age_from": 40, "age_to": None, "type_id": None}
QUERY |= {"seen_before_days": 180, "seen_within_days": None, "missed_last": False, "nothing_booked": True}
PAGES: list[Json] = [
    {"looked_at": 100, "people": 30, "unwilling": 3, "unnamed": 0, "unreached": 2, "held_out": 2}
    | {"channels": {"sms": 20, "whatsapp": 3}, "steps": [23, 23], "first_at": None, "last_at": None},
    {"looked_at": 40, "people": 12, "unwilling": 0, "unnamed": 1, "unreached": 0, "held_out": 2}
    | {"channels": {"sms": 9}, "steps": [9, 9]}
    | {"first_at": "2026-11-23T12:00:00Z", "last_at": "2026-11-28T12:16:00Z"},
]
"""What a preview says, page by page."""
NOBODY: Json = {
    "treated": 0,
    "controls": 0,
    "sent": 0,
    "messages": 0,
    "delivered": 0,
    "answered": 0,
    "yes": 0,
}
NOBODY |= {"unreached": 0, "opted_out": 0, "booked": 0, "booked_controls": 0, "effect": None, "figures": []}
NO_SCORES: Json = {"asked": 0, "answered": 0}
NO_SCORES |= {"csat": {"answers": 0, "content": 0, "share": None, "low": None, "high": None}}
NO_NPS: Json = {"answers": 0, "promoters": 0, "detractors": 0, "score": None, "low": None, "high": None}
NO_SCORES |= {"nps": NO_NPS | {"enough": False}}
AFTER = {"launch": "running", "resume": "running", "pause": "paused", "end": "ended"}


def segment(ident: str, name: str, **query: Any) -> Json:
    """Patients of forty and more who were last seen half a year ago."""
    return MADE | {"id": ident, "name": name, "query": QUERY | query}


def campaign(ident: str, name: str, **values: Any) -> Json:
    """An invitation that is drafted, for the segment s1."""
    steps = [{"text": "recall", "minutes": 0}, {"text": "recall_again", "minutes": 7200}]
    plan = {"purpose": "recall", "steps": steps, "days": 14, "control": 0.1, "per_hour": 120}
    times = {"launched_at": None, "walked_at": None, "ended_at": None}
    what = {"id": ident, "name": name, "segment": "s1", "query": QUERY, "state": "draft"}
    return MADE | what | plan | times | values


def survey(ident: str, score: int | None, **values: Any) -> Json:
    """Whether Sam would recommend the clinic."""
    who = {"patient": "p3", "patient_name": "Sam O'Neill", "appointment": "a1", "about_contact": None}
    asked = {"kind": "nps", "practitioner": "Dr Prado", "type_id": "t1", "channel": "whatsapp"}
    times = {"asked_at": "2026-11-23T12:00:00Z", "answered_at": "2026-11-23T13:00:00Z"}
    said = {"low": False, "comment": None, "contact": None}
    return {"id": ident, "score": score} | who | asked | times | said | values


def authorisation(ident: str, name: str, **values: Any) -> Json:
    """One whose patient was written to."""
    what = {"id": ident, "patient": "p3", "patient_name": name, "number": "987", "type_id": "t1"}
    times = {"issued_at": "2026-11-20T12:00:00Z", "expires_at": "2099-01-01T02:59:00Z", "booked_at": None}
    return what | times | {"state": "open"} | values


@dataclass
class Outreach:
    """Groups, campaigns, answers and authorisations, and what was asked for."""

    segments: dict[str, Json] = field(default_factory=dict)
    campaigns: dict[str, Json] = field(default_factory=dict)
    results: Json = field(default_factory=dict)
    """What of a campaign's results is not nothing."""
    surveys: list[Json] = field(default_factory=list)
    scores: Json = field(default_factory=dict)
    churn_risks: list[Json] = field(default_factory=list)
    ratings: list[Json] = field(default_factory=list)
    authorisations: list[Json] = field(default_factory=list)
    asked: list[tuple[str, Json]] = field(default_factory=list)


class OutreachRoutes:
    """The routes, over one World."""

    world: Any

    def get_segments(self, *_: Any) -> Response:
        return JSONResponse({"items": list(self.world.outreach.segments.values()), "next": None})

    def post_segments(self, rest: list[str], _: Request, body: Json) -> Response:
        known = self.world.outreach
        known.asked.append(("/".join(rest), body))
        if rest == ["preview"]:
            return JSONResponse(_page(body.get("next")))
        known.segments["new"] = segment("new", body["name"]) | {"query": body["query"]}
        return JSONResponse(known.segments["new"], 201)

    def put_segments(self, rest: list[str], _: Request, body: Json) -> Response:
        known = self.world.outreach.segments
        known[rest[0]] |= body | {"version": body["version"] + 1}
        return JSONResponse(known[rest[0]])

    def delete_segments(self, rest: list[str], *_: Any) -> Response:
        return JSONResponse(self.world.outreach.segments.pop(rest[0]))

    def get_campaigns(self, rest: list[str], request: Request, _: Json) -> Response:
        known = self.world.outreach
        if rest[1:] == ["preview"]:
            return JSONResponse(_page(request.query_params.get("next")))
        if rest[1:] == ["results"]:
            return JSONResponse(known.campaigns[rest[0]] | NOBODY | known.results)
        return JSONResponse({"items": list(known.campaigns.values()), "next": None})

    def post_campaigns(self, rest: list[str], _: Request, body: Json) -> Response:
        known = self.world.outreach
        known.asked.append(("/".join(rest), body))
        if not rest:
            known.campaigns["new"] = campaign("new", "") | body
            return JSONResponse(known.campaigns["new"], 201)
        found = known.campaigns[rest[0]]
        found |= {"state": AFTER[rest[1]], "version": found["version"] + 1}
        return JSONResponse(found)

    def put_campaigns(self, rest: list[str], _: Request, body: Json) -> Response:
        known = self.world.outreach
        known.asked.append(("/".join(rest), body))
        known.campaigns[rest[0]] |= body | {"version": body["version"] + 1}
        return JSONResponse(known.campaigns[rest[0]])

    def delete_campaigns(self, rest: list[str], *_: Any) -> Response:
        return JSONResponse(self.world.outreach.campaigns.pop(rest[0]))

    def get_surveys(self, rest: list[str], *_: Any) -> Response:
        known = self.world.outreach
        if rest:
            return JSONResponse(NO_SCORES | known.scores)
        return JSONResponse({"items": known.surveys, "next": None})

    def get_churn_risks(self, *_: Any) -> Response:
        return JSONResponse({"items": self.world.outreach.churn_risks, "next": None})

    def get_ratings(self, *_: Any) -> Response:
        return JSONResponse({"items": self.world.outreach.ratings, "next": None})

    def put_ratings(self, rest: list[str], _: Request, body: Json) -> Response:
        self.world.outreach.asked.append((rest[0], body))
        noted = {"noted_at": "2026-11-23T12:00:00Z", "noted_by": "role:admin"}
        return JSONResponse({"day": rest[0]} | body | noted)

    def delete_ratings(self, rest: list[str], *_: Any) -> Response:
        self.world.outreach.asked.append((rest[0], {}))
        return JSONResponse({"day": rest[0]})

    def get_authorisations(self, *_: Any) -> Response:
        return JSONResponse({"items": self.world.outreach.authorisations, "next": None})

    def post_authorisations(self, _: list[str], __: Request, body: Json) -> Response:
        known = self.world.outreach
        known.asked.append(("authorisations", body))
        known.authorisations.append(authorisation(body["id"], "Sam O'Neill"))
        return JSONResponse(known.authorisations[-1], 201)


def _page(asked: str | None) -> Json:
    return PAGES[1] | {"next": None} if asked else PAGES[0] | {"next": "on"}
