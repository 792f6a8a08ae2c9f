"""The part of the stand-in API that knows who is who."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]


def side(record: str, name: str, **values: Any) -> Json:
    """A record of a pair that says no more than a name, unless told otherwise."""
    return {
        "record": record,
        "patient": record,
        "name": name,
        "kind": "lead",
        "fields": {"name": name},
        "told": {},
        "contact_points": [],
        "first_seen_at": "2026-08-20T12:00:00Z",
        "latest_at": "2026-11-20T12:00:00Z",
    } | values


def review(one: Json, other: Json, **values: Any) -> Json:
    """A pair that waits to be decided."""
    return {
        "id": f"{one['record']}.{other['record']}",
        "state": "open",
        "joined": False,
        "reason": "likely",
        "score": 0.93,
        "rule": "1",
        "evidence": [
            {"field": "phone", "level": "same, of 1", "weight": 4.2},
            {"field": "name", "level": "given part, family same, phone", "weight": 2.5},
            {"field": "birth_date", "level": "conflict", "weight": -3.0},
        ],
        "differs": [],
        "records": [one, other],
        "raised_at": "2026-11-22T12:00:00Z",
        "decided_by": None,
        "decided_at": None,
    } | values


@dataclass
class Identity:
    """Pairs, by their ids, and what was decided about them."""

    pairs: dict[str, Json] = field(default_factory=dict)
    decided: list[tuple[str, str]] = field(default_factory=list)
    """Each decision, and each join and parting, in order."""
    people: dict[str, Json] = field(default_factory=dict)
    """What is known of somebody beside their name and number, by patient."""
    others: dict[str, list[Json]] = field(default_factory=dict)
    """Lists about a patient, by the last part of their path: `why`, `related`."""
    household: list[Json] = field(default_factory=list)
    """Whose a household's contact may be."""
    near: list[Json] = field(default_factory=list)
    """Who else is reached at a number."""
    said: list[tuple[str, Json]] = field(default_factory=list)
    """What was noted of a patient: the last part of the path, and the body."""
    imports: list[Json] = field(default_factory=list)
    """How far an import is, one answer after the other; the last one stays."""
    rows: list[Json] = field(default_factory=list)
    """What became of each row."""

    def add(self, *pairs: Json) -> None:
        """Pairs in the order in which they were raised."""
        self.pairs |= {one["id"]: one for one in pairs}

    def settle(self, pair: str, decision: str) -> Json:
        """As the server does: a record that was joined hangs on the one known before."""
        found = self.pairs[pair]
        older, younger = found["records"]
        same = decision == "same"
        younger["patient"] = older["record"] if same else younger["record"]
        found.update(state=decision, joined=same, decided_by="agent:ana")
        self.decided.append((pair, decision))
        return found


class IdentityRoutes:
    """The routes, over the world of the Stub that they are part of."""

    world: Any

    def get_reviews(self, rest: list[str], request: Request, _: Json) -> Response:
        pairs: dict[str, Json] = self.world.identity.pairs
        if rest:
            return JSONResponse(pairs[rest[0]])
        joined = request.query_params.get("state") == "joined"
        found = [one for one in pairs.values() if one["state"] == "open" and one["joined"] == joined]
        return JSONResponse({"items": found, "next": None})

    def post_reviews(self, rest: list[str], _: Request, body: Json) -> Response:
        return JSONResponse(self.world.identity.settle(rest[0], body["decision"]))

    def join(self, patient: str, record: str) -> Response:
        """Two records are one person's."""
        return JSONResponse(self.world.identity.settle(f"{patient}.{record}", "same"), 201)

    def about(self, rest: list[str]) -> Response | None:
        """What is read of a patient beside the patient; none: something else is asked for."""
        known: Identity = self.world.identity
        if not rest:
            return JSONResponse({"items": known.near, "next": None})
        if rest[0] == "imports":
            return self._imported(known, rest)
        if rest[1:] == ["why"]:
            return JSONResponse({"patient": rest[0], "records": known.others.get("why", [])})
        if rest[1:] == ["related"]:
            return JSONResponse({"items": known.others.get("related", [])})
        return None

    def _imported(self, known: Identity, rest: list[str]) -> Response:
        if rest[-1] == "rows":
            return JSONResponse({"items": known.rows, "next": None})
        if rest[1:]:
            return JSONResponse(known.imports.pop(0) if len(known.imports) > 1 else known.imports[0])
        return JSONResponse({"items": known.imports[:1], "next": None})

    def note(self, rest: list[str], body: Json) -> Response:
        """What is said of a patient."""
        self.world.identity.said.append((rest[-1], body))
        return JSONResponse({"items": []}, 201)

    def attribute(self, found: Json, body: Json) -> Response:
        """A household's contact is somebody's."""
        known: Identity = self.world.identity
        known.said.append(("attribution", body))
        names = {one["patient"]: one["name"] for one in known.household}
        found.update(patient_name=body.get("name") or names[body["patient"]], version=found["version"] + 1)
        known.people[found["patient"]]["kind"] = "lead"
        return JSONResponse(found)

    def delete_patients(self, rest: list[str], *_: Any) -> Response:
        patient, record = rest[0], rest[-1]
        return JSONResponse(self.world.identity.settle(f"{patient}.{record}", "different"))
